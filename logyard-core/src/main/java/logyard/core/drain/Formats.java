package logyard.core.drain;

import java.util.Map;
import java.util.Optional;

/** Finds the format that a drain names (spec 03 §5): {@code json}, {@code raw}, a named one, or a template itself. */
final class Formats {
    private Formats() {}

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
