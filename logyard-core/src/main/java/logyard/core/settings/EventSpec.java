package logyard.core.settings;

import java.util.List;
import java.util.Set;
import logyard.config.Problems;
import org.jspecify.annotations.Nullable;

/**
 * How one type of cloud event is recognised in the lines of a log (spec 06 §2). Whether regex and format are any is for
 * {@link logyard.core.sieve.Sieve} to say.
 *
 * @param substring what a line must hold to be looked at
 * @param regex what must be found in it
 * @param sample a line that must give this event
 * @param format the description
 * @param severity INFO, WARNING (as is WARN, the word of the original's manual) or ERROR; INFO if not given
 * @param handlertype how the description is made: simple if not given
 * @param type the type to publish, where it is not the spec's own name
 * @param processes the names of the logs whose lines may give this event; all if there are none
 */
public record EventSpec(
        String substring,
        String regex,
        @Nullable String sample,
        @Nullable String format,
        @Nullable String severity,
        @Nullable String handlertype,
        @Nullable String type,
        List<String> processes) {
    private static final Set<String> SEVERITIES = Set.of("INFO", "WARNING", "ERROR");
    private static final Set<String> HANDLERS = Set.of("", "simple", "json");

    public EventSpec {
        processes = List.copyOf(processes);
        severity = "WARN".equals(severity) ? "WARNING" : severity;
        new Problems()
                .require(!substring.isEmpty(), "substring must not be empty")
                .require(!regex.isEmpty(), "regex must not be empty")
                .require(
                        severity == null || SEVERITIES.contains(severity),
                        "severity must be INFO, WARNING or ERROR, got \"" + severity + "\"")
                .require(
                        handlertype == null || HANDLERS.contains(handlertype),
                        "handlertype must be simple or json, got \"" + handlertype + "\"")
                .throwIfAny();
    }

    /** Whether the description is a template over JSON that the line holds. */
    public boolean isJson() {
        return "json".equals(handlertype);
    }
}
