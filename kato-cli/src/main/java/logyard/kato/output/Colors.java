package logyard.kato.output;

import java.util.Map;

/** How much colour a terminal can show, and the escape sequences for it. */
public enum Colors {
    NONE,
    SIXTEEN,
    XTERM_256;

    private static final String RESET = "\033[0m";

    /** None but on a terminal that can show them, and none if {@code NO_COLOR} is set (no-color.org). */
    public static Colors of(Map<String, String> environment, boolean isTerminal) {
        String term = environment.getOrDefault("TERM", "dumb");
        boolean unwanted = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        if (!isTerminal || unwanted || term.equals("dumb")) {
            return NONE;
        }
        return term.endsWith("-256color") ? XTERM_256 : SIXTEEN;
    }

    /** The text in a colour. */
    public String paint(String text, Color foreground) {
        return paint(text, foreground, Color.DEFAULT);
    }

    /** The text in one colour on another. */
    public String paint(String text, Color foreground, Color background) {
        if (this == NONE || (foreground.equals(Color.DEFAULT) && background.equals(Color.DEFAULT))) {
            return text;
        }
        return (this == XTERM_256 ? codes256(foreground, background) : codes16(foreground, background)) + text + RESET;
    }

    private static String codes256(Color foreground, Color background) {
        String codes = foreground.equals(Color.DEFAULT) ? "" : "\033[38;5;" + foreground.of256() + "m";
        return background.equals(Color.DEFAULT) ? codes : codes + "\033[48;5;" + background.of256() + "m";
    }

    /** The original wrote 69 and 89 for the terminal's own colours, which mean nothing: they are 39 and 49. */
    private static String codes16(Color foreground, Color background) {
        boolean bold = foreground.of16() > 7 || background.of16() > 7;
        int front = foreground.equals(Color.DEFAULT) ? 39 : 30 + foreground.of16() % 8;
        int back = background.equals(Color.DEFAULT) ? 49 : 40 + background.of16() % 8;
        return "\033[" + (bold ? 1 : 0) + ";" + front + ";" + back + "m";
    }
}
