package logyard.kato.log.line;

import java.util.regex.Pattern;
import logyard.kato.output.Color;

/** How grave a line of a system log looks: a guess by its words (spec 07 §6.3). */
enum Severity {
    ERROR,
    WARNING,
    NORMAL;

    private static final Pattern ERROR_WORD = Pattern.compile("\\bERROR\\b");
    private static final Pattern WARNING_WORD = Pattern.compile("\\bWARN(?:ING)?\\b");
    private static final Pattern NOT_FOUND = Pattern.compile("\\b404\\b|No such file or directory");

    Color color() {
        return switch (this) {
            case ERROR -> Color.RED;
            case WARNING -> Color.YELLOW;
            case NORMAL -> Color.DEFAULT;
        };
    }

    /** That of a line of the log called {@code component}; those of nginx have a form of their own. */
    static Severity of(String component, String text) {
        boolean isNginx = component.contains("nginx");
        if (isNginx ? text.contains("[error]") : ERROR_WORD.matcher(text).find()) {
            return ERROR;
        }
        return (isNginx ? NOT_FOUND : WARNING_WORD).matcher(text).find() ? WARNING : NORMAL;
    }
}
