package logyard.kato.events;

import java.util.ArrayList;
import java.util.List;
import logyard.core.sieve.Explanation;
import logyard.core.sieve.Sieve;
import logyard.core.sieve.Trial;

/** Tells people why a line gives an event, or none. */
final class ExplanationReport {
    private final Explanation explanation;
    private final String process;
    private final List<String> lines = new ArrayList<>();

    /** @param process the name of the line's log */
    ExplanationReport(Explanation explanation, String process) {
        this.explanation = explanation;
        this.process = process;
    }

    /** The lines of the report. */
    List<String> lines() {
        if (explanation.isOwnLog()) {
            lines.add("Lines of " + process + " itself never give an event");
        } else {
            if (!process.equals(Sieve.ALL)) {
                tellOfGroup(process, "Specs for lines of " + process);
            }
            tellOfGroup(Sieve.ALL, "Specs for lines of every log (" + Sieve.ALL + ")");
        }
        explanation.failure().ifPresent(reason -> lines.add("The spec that decides fails: " + reason));
        if (explanation.event().isEmpty()) {
            lines.add("no event");
        }
        return lines;
    }

    private void tellOfGroup(String group, String title) {
        List<Trial> trials = explanation.trials().stream()
                .filter(trial -> trial.group().equals(group))
                .toList();
        if (trials.isEmpty()) {
            lines.add(title + ": there are none");
            return;
        }
        boolean isAsked = trials.get(0).isAsked();
        lines.add(title + (isAsked ? ":" : ", which are not asked, as one above has decided:"));
        int width =
                trials.stream().mapToInt(trial -> trial.spec().length()).max().orElse(0);
        for (Trial trial : trials) {
            lines.add("  " + trial.spec() + " ".repeat(width - trial.spec().length()) + "  " + outcome(trial));
        }
    }

    private static String outcome(Trial trial) {
        if (!trial.isAllowed()) {
            return "only lines of " + String.join(", ", trial.processes()) + " may give it";
        }
        if (trial.column() == 0) {
            return "its substring \"" + trial.substring() + "\" is not in the line";
        }
        String place = "its substring \"" + trial.substring() + "\" is at column " + trial.column();
        if (!trial.isAsked()) {
            return place;
        }
        if (!trial.decides()) {
            return place + ", but that of another spec comes first";
        }
        return place + " and comes first, so this spec decides: its regex " + trial.regex()
                + (trial.isFound() ? " is found" : " is not found");
    }
}
