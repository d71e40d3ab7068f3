package logyard.core.settings;

import java.util.Set;
import logyard.config.Problems;
import org.jspecify.annotations.Nullable;

/**
 * How one type of cloud event is recognised in the lines of a log (spec 06 §2). Whether the regex compiles is for
 * cloud_events to say.
 *
 * @param substring what a line must hold to be looked at
 * @param regex what must be found in it
 * @param sample a line that must give this event
 * @param format the description
 * @param severity INFO if not given
 * @param handlertype how the description is made: simple if not given
 * @param type the type to publish, where it is not the spec's own name
 */
public record EventSpec(
        String substring,
        String regex,
        @Nullable String sample,
        @Nullable String format,
        @Nullable String severity,
        @Nullable String handlertype,
        @Nullable String type) {
    private static final Set<String> SEVERITIES = Set.of("INFO", "WARNING", "ERROR");
    private static final Set<String> HANDLERS = Set.of("", "simple", "json");

    public EventSpec {
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
}
