package logyard.core.drain;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the format that a drain names (spec 03 §5): {@code json}, {@code raw}, a named one, or a template itself. */
public final class Formats {
    private static final Set<String> RESERVED = Set.of("json", "raw");

    private Formats() {}

    /**
     * Checks a format that is to be known to all drains by a name.
     *
     * @throws InvalidDrainException if no drain could use it
     */
    public static void check(String name, String template) {
        if (RESERVED.contains(name) || name.contains("{{")) {
            throw new InvalidDrainException(
                    "a format cannot be called \"" + name + "\": drains take that for what it says, not for a name");
        }
        var unused = TemplateFormat.parse(name, template);
    }

    /**
     * @param drain its name, for error messages
     * @param named template by name
     */
    static MessageFormat find(String drain, Optional<String> format, Map<String, String> named) {
        String wanted = format.orElse("json");
        return switch (wanted) {
            case "json" -> MessageFormat.JSON;
            case "raw" -> MessageFormat.RAW;
            default -> {
                String text = named.get(wanted);
                yield text == null ? TemplateFormat.parse(drain, wanted) : TemplateFormat.parse(wanted, text);
            }
        };
    }
}
