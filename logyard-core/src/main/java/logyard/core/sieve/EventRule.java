package logyard.core.sieve;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import logyard.config.ConfigException;
import logyard.config.Problems;
import logyard.core.event.Keys;
import logyard.core.settings.EventSpec;
import logyard.core.sieve.handler.Handler;
import logyard.core.sieve.handler.Handler.Description;
import logyard.core.sieve.handler.HandlerException;
import logyard.core.sieve.handler.JsonHandler;
import logyard.core.sieve.handler.SimpleHandler;

/** A spec that can be used. One thread: its handler keeps scratch memory. */
final class EventRule {
    static final int MAX_SUBSTRING_BYTES = 200;

    private final String name;
    private final EventSpec spec;
    private final String type;
    private final Pattern pattern;
    private final Handler handler;
    private final Set<String> processes;

    private EventRule(String name, EventSpec spec, String type, Pattern pattern, Handler handler) {
        this.name = name;
        this.spec = spec;
        this.type = type;
        this.pattern = pattern;
        this.handler = handler;
        this.processes = Set.copyOf(spec.processes());
    }

    /**
     * The rule of a spec.
     *
     * @param name the spec's own
     * @throws ConfigException naming all that is wrong with it
     */
    static EventRule of(String name, EventSpec spec) {
        String type = spec.type() == null ? name : spec.type();
        var problems = new Problems()
                .require(Keys.isName(type), "type must have letters, digits, _ and - only, got \"" + type + "\"")
                .require(
                        spec.substring().getBytes(StandardCharsets.UTF_8).length <= MAX_SUBSTRING_BYTES,
                        "substring must have " + MAX_SUBSTRING_BYTES + " bytes at most");
        for (String process : spec.processes()) {
            problems.require(
                    Keys.isName(process),
                    "processes must be names of logs (letters, digits, _ and -), got \"" + process + "\"");
        }
        problems.throwIfAny();
        Pattern pattern = RegexLimit.compile(spec.regex());
        return new EventRule(name, spec, type, pattern, handler(name, spec, pattern.groupCount()));
    }

    private static Handler handler(String name, EventSpec spec, int groups) {
        String format = spec.format() == null ? "" : spec.format();
        return spec.isJson() ? JsonHandler.of(name, format, groups) : SimpleHandler.of(format, groups);
    }

    /** The spec's name, which is also the type unless that is another. */
    String name() {
        return name;
    }

    EventSpec spec() {
        return spec;
    }

    /** Whether lines of a process may give this event. */
    boolean mayBeOf(String process) {
        return processes.isEmpty() || processes.contains(process);
    }

    Set<String> processes() {
        return processes;
    }

    /** Whether the regex is found in a line. */
    boolean isFoundIn(String text) {
        return pattern.matcher(text).find();
    }

    /**
     * The event of a line; empty if the regex is not found in it.
     *
     * @throws HandlerException if it is, but what it found is not what the spec makes of it
     */
    Optional<CloudEvent> recognize(String text) throws HandlerException {
        Matcher found = pattern.matcher(text);
        if (!found.find()) {
            return Optional.empty();
        }
        Description description = handler.describe(found);
        String severity = spec.severity() == null ? "INFO" : spec.severity();
        return Optional.of(new CloudEvent(type, description.text(), severity, description.info()));
    }
}
