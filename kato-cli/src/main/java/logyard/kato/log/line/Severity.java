package logyard.kato.log.line;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import logyard.kato.output.Color;

/** How grave an event is: what it says itself, else a guess by the words of its text (spec 07 §6.3). */
public enum Severity {
    ERROR,
    WARNING,
    NORMAL;

    private static final Pattern ERROR_WORD = Pattern.compile("\\bERROR\\b");
    private static final Pattern WARNING_WORD = Pattern.compile("\\bWARN(?:ING)?\\b");
    private static final Pattern NOT_FOUND = Pattern.compile("\\b404\\b|No such file or directory");

    /** The severity that an operator calls {@code ERROR}, or {@code WARN} or {@code WARNING}; empty for another word. */
    public static Optional<Severity> named(String word) {
        return switch (word.toUpperCase(Locale.ROOT)) {
            case "ERROR" -> Optional.of(ERROR);
            case "WARN", "WARNING" -> Optional.of(WARNING);
            default -> Optional.empty();
        };
    }

    /** Whether it is this one or a graver one. */
    boolean isAtLeast(Severity least) {
        return compareTo(least) <= 0;
    }

    Color color() {
        return switch (this) {
            case ERROR -> Color.RED;
            case WARNING -> Color.YELLOW;
            case NORMAL -> Color.DEFAULT;
        };
    }

    /** That of an event of any stream. */
    static Severity of(EventFields event) {
        Optional<String> said = event.textIfAny("severity");
        if (said.isPresent() || event.stream().equals("event")) {
            return said.flatMap(Severity::named).orElse(NORMAL);
        }
        return of(event.textIfAny("name").orElse(""), event.textIfAny("text").orElse(""));
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
