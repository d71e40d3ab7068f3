package logyard.kato.output;

import java.util.Locale;

/** Text of others made harmless: no escape sequence in it reaches the terminal (09 F-89). */
public final class Printable {
    private static final char FIRST_BEYOND_CONTROLS = 0xa0;

    private Printable() {}

    /**
     * Control characters, except tabs, become what {@code cat -v} makes of them: {@code ^[} for escape. What turns the
     * direction of writing around, so that a line reads other than it is, becomes {@code <U+202E>}.
     */
    public static String text(String text) {
        return replaced(text, (c, isInString) -> {
            if (c >= FIRST_BEYOND_CONTROLS) {
                return String.format(Locale.ROOT, "<U+%04X>", (int) c);
            }
            if (c < ' ') {
                return "^" + (char) (c + '@');
            }
            return c == 0x7f ? "^?" : "M-^" + (char) (c - 0x80 + '@');
        });
    }

    /**
     * The same characters in a JSON text become its own escapes; it stays the same JSON. Between its tokens there may be
     * line ends, which become blanks.
     */
    public static String json(String json) {
        return replaced(
                json,
                (c, isInString) ->
                        !isInString && (c == '\n' || c == '\r') ? " " : String.format(Locale.ROOT, "\\u%04x", (int) c));
    }

    /** Whether there is nothing in a text that {@link #text} would replace. */
    static boolean isHarmless(String text) {
        return text.chars().noneMatch(c -> isHarmful((char) c));
    }

    private interface Replacement {
        /** What a character becomes; {@code isInString} if an odd number of quotes is before it, as in JSON. */
        String of(char c, boolean isInString);
    }

    private static String replaced(String text, Replacement replacement) {
        StringBuilder harmless = null;
        boolean isInString = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            isInString ^= c == '"' && !isEscaped(text, i);
            if (isHarmful(c)) {
                if (harmless == null) {
                    harmless = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                harmless.append(replacement.of(c, isInString));
            } else if (harmless != null) {
                harmless.append(c);
            }
        }
        return harmless == null ? text : harmless.toString();
    }

    private static boolean isHarmful(char c) {
        boolean isLineEnd = c == 0x2028 || c == 0x2029;
        boolean turnsAround = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
        return (Character.isISOControl(c) && c != '\t') || isLineEnd || turnsAround;
    }

    /** Whether an odd number of backslashes is before a place. */
    private static boolean isEscaped(String text, int place) {
        int first = place;
        while (first > 0 && text.charAt(first - 1) == '\\') {
            first--;
        }
        return (place - first) % 2 == 1;
    }
}
