package logyard.kato.log.line;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;
import logyard.core.template.Template;

/**
 * What of a stream is shown, and how.
 *
 * @param raw nothing is cut off or left out
 * @param json each event as it came
 * @param debug what the core says of its daily work, too
 * @param times each line with the time at which it came
 * @param filter which events
 * @param marked what is shown in a colour of its own
 * @param template what each line is made by; the form of its stream if empty
 * @param ofOneApp as the log of one application: with the time at which it was logged, and without the application's name
 */
public record LineView(
        boolean raw,
        boolean json,
        boolean debug,
        boolean times,
        LineFilter filter,
        List<Pattern> marked,
        Optional<Template> template,
        boolean ofOneApp) {
    public LineView {
        marked = List.copyOf(marked);
    }

    /** The forms of the streams, and nothing marked. */
    public static LineView of(boolean raw, boolean json, boolean debug, boolean times, LineFilter filter) {
        return new LineView(raw, json, debug, times, filter, List.of(), Optional.empty(), false);
    }

    /** The log of one application. */
    public static LineView ofOneApp(boolean json) {
        return new LineView(false, json, false, false, LineFilter.ALL, List.of(), Optional.empty(), true);
    }
}
