package logyard.core.drain;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import logyard.core.drain.syslog.Rfc3164Format;
import logyard.core.drain.syslog.Rfc5424Format;

/** Finds the format that a drain names (spec 03 §5): one that is built in, a named one, or a template
 * itself. */
public final class Formats {
    /** The formats that are built in. */
    public static final SortedSet<String> BUILT_IN =
            Collections.unmodifiableSortedSet(new TreeSet<>(List.of("json", "raw", "rfc3164", "rfc5424")));

    private Formats() {}

    /**
     * Checks a format that is to be known to all drains by a name.
     *
     * @throws InvalidDrainException if no drain could use it
     */
    public static void check(String name, String template) {
        if (BUILT_IN.contains(name) || name.contains("{{")) {
            throw new InvalidDrainException(
                    "a format cannot be called \"" + name + "\": drains take that for what it says, not for a name");
        }
        var unused = TemplateFormat.parse(name, template);
    }

    /** What a drain of a scheme gets if it names no format. */
    static String usual(String scheme) {
        return scheme.startsWith("syslog+") ? "rfc5424" : "json";
    }

    /**
     * @param drain its name, for error messages
     * @param named template by name
     */
    static MessageFormat find(String drain, String wanted, Map<String, String> named) {
        return switch (wanted) {
            case "json" -> MessageFormat.JSON;
            case "raw" -> MessageFormat.RAW;
            case "rfc5424" -> new Rfc5424Format();
            case "rfc3164" -> new Rfc3164Format();
            default -> {
                String text = named.get(wanted);
                yield text == null ? TemplateFormat.parse(drain, wanted) : TemplateFormat.parse(wanted, text);
            }
        };
    }
}
