package logyard.kato.output;

import java.util.Locale;
import java.util.function.IntFunction;

/** Text of others made harmless: no escape sequence in it reaches the terminal (09 F-89). */
public final class Printable {
    private Printable() {}

    /** Control characters, except tabs, become what {@code cat -v} makes of them: {@code ^[} for escape. */
    public static String text(String text) {
        return replaced(text, c -> {
            if (c < ' ') {
                return "^" + (char) (c + '@');
            }
            return c == 0x7f ? "^?" : "M-^" + (char) (c - 0x80 + '@');
        });
    }

    /** Control characters in a JSON text, except tabs, become its own escapes; it stays the same JSON. */
    public static String json(String json) {
        return replaced(json, c -> String.format(Locale.ROOT, "\\u%04x", c));
    }

    private static String replaced(String text, IntFunction<String> replacement) {
        StringBuilder harmless = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && c != '\t') {
                if (harmless == null) {
                    harmless = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                harmless.append(replacement.apply(c));
            } else if (harmless != null) {
                harmless.append(c);
            }
        }
        return harmless == null ? text : harmless.toString();
    }
}
