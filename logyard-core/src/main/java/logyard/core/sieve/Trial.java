package logyard.core.sieve;

import java.util.List;

/**
 * How one spec took part in the test of a line.
 *
 * @param group the group of the spec
 * @param spec its name
 * @param substring what it looks for
 * @param processes whose lines may give its event; all if there are none
 * @param isAllowed whether this line's may
 * @param column where the substring begins, from 1; 0 if the line does not hold it
 * @param isAsked whether its group was asked at all
 * @param decides whether the decision was with this spec
 * @param regex what must be found
 * @param isFound whether it is
 */
public record Trial(
        String group,
        String spec,
        String substring,
        List<String> processes,
        boolean isAllowed,
        int column,
        boolean isAsked,
        boolean decides,
        String regex,
        boolean isFound) {

    static Trial of(String group, EventRule rule, SystailLine line, boolean isAsked, boolean decides) {
        String text = line.text().toString();
        return new Trial(
                group,
                rule.name(),
                rule.spec().substring(),
                rule.spec().processes(),
                rule.mayBeOf(line.process()),
                1 + text.indexOf(rule.spec().substring()),
                isAsked,
                decides,
                rule.spec().regex(),
                rule.isFoundIn(text));
    }
}
