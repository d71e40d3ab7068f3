package logyard.core.sieve;

import java.util.List;
import java.util.Optional;
import logyard.core.sieve.handler.HandlerException;

/** The rules that are tried together on a line: the one whose substring comes first decides. One thread. */
final class RuleGroup {
    static final RuleGroup EMPTY = new RuleGroup(List.of());

    private final List<EventRule> rules;
    private final SubstringSearch search;

    RuleGroup(List<EventRule> rules) {
        this.rules = List.copyOf(rules);
        this.search = new SubstringSearch(
                rules.stream().map(rule -> rule.spec().substring()).toList());
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    List<EventRule> rules() {
        return rules;
    }

    /** The rule that decides about a line. */
    Optional<EventRule> deciding(TextSlice text) {
        int found = search.find(text.bytes(), text.from(), text.to());
        return found == SubstringSearch.NONE ? Optional.empty() : Optional.of(rules.get(found));
    }

    /** The event that the deciding rule makes of a line; no other is tried. */
    Optional<CloudEvent> recognize(TextSlice text) throws HandlerException {
        Optional<EventRule> rule = deciding(text);
        return rule.isEmpty() ? Optional.empty() : rule.get().recognize(text.toString());
    }
}
