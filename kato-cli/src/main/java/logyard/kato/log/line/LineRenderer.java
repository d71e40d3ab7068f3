package logyard.kato.log.line;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import logyard.kato.output.Color;
import logyard.kato.output.Colors;

/**
 * Makes of an event, {@code <key> <json>}, the line that an operator reads (spec 07 §6.3). Any thread.
 *
 * <p>What cannot be shown becomes a line that says so: nothing that is sent here can end the stream.
 */
public final class LineRenderer {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

    /** How much is shown of what cannot be shown. */
    private static final int SHOWN = 100;

    private final LineView view;
    private final Colors colors;
    private final Optional<TemplateLines> template;

    /**
     * Shows events in one way.
     *
     * @param view what of them, and how
     */
    public LineRenderer(LineView view, Colors colors) {
        this.view = view;
        this.colors = colors;
        this.template = view.template().map(TemplateLines::new);
    }

    /** The line to show; empty if this event is not to be shown. */
    public Optional<String> render(String event) {
        try {
            int blank = event.indexOf(' ');
            if (blank < 1) {
                throw new UnreadableEventException("an event without a key: " + beginning(event));
            }
            return render(event.substring(0, blank), event.substring(blank + 1));
        } catch (UnreadableEventException e) {
            return Optional.of(internal(e.reason()));
        }
    }

    /** The node that an event comes from; empty if it does not say. */
    public static Optional<String> node(String event) {
        return field(event, "node_id");
    }

    /** When an event came in, in seconds since 1970; empty if it does not say. */
    public static Optional<Long> unixTime(String event) {
        return field(event, "unix_time")
                .filter(seconds -> SECONDS.matcher(seconds).matches())
                .map(Long::valueOf);
    }

    private static Optional<String> field(String event, String name) {
        int blank = event.indexOf(' ');
        try {
            return blank < 1
                    ? Optional.empty()
                    : EventFields.of(event.substring(0, blank), event.substring(blank + 1))
                            .textIfAny(name);
        } catch (UnreadableEventException e) {
            return Optional.empty();
        }
    }

    private Optional<String> render(String key, String value) throws UnreadableEventException {
        if (view.json() && !view.filter().looksAtFields()) {
            StyledLine line = view.ofOneApp() ? new StyledLine().addJson(value) : json(key, value);
            return Optional.of(line.render(colors, view.marked()));
        }
        EventFields event = EventFields.of(key, value);
        boolean isLeftOut = !view.json() && !view.raw() && !view.debug() && event.isDailyWork();
        if (!view.filter().wants(event) || isLeftOut) {
            return Optional.empty();
        }
        StyledLine line = line(event, value);
        return event.isLossNotice() || view.filter().wants(line.plain())
                ? Optional.of(line.render(colors, view.marked()))
                : Optional.empty();
    }

    private StyledLine line(EventFields event, String value) throws UnreadableEventException {
        if (view.json()) {
            return json(event.key(), value);
        }
        if (template.isPresent()) {
            return new StyledLine().add(template.get().render(event.key(), value));
        }
        return switch (event.stream()) {
            case "systail" -> systail(event);
            case "event" -> event(event);
            case "apptail" -> view.ofOneApp() ? ofOneApp(event) : apptail(event);
            default -> throw new UnreadableEventException("an event of an unknown stream: " + event.key());
        };
    }

    /** A line of ours between those of the stream, with its mark where there are no colours, too. */
    private String internal(String message) {
        return new StyledLine()
                .add("INTERNAL", Color.WHITE, Color.RED)
                .add(": ")
                .add(message, Color.RED)
                .render(colors, List.of());
    }

    private static String beginning(String event) {
        return event.length() <= SHOWN ? event : event.substring(0, SHOWN) + "…";
    }

    private static StyledLine json(String key, String value) {
        return new StyledLine().add(key, Color.DARK_CYAN).add(" ").addJson(value);
    }

    private StyledLine systail(EventFields event) throws UnreadableEventException {
        String name = event.text("name");
        String text = event.text("text");
        return new StyledLine()
                .add(name, Color.of(name))
                .add("@")
                .add(event.text("node_id"), Color.GRAY)
                .add(": ")
                .add(
                        view.raw() ? text : LeadingTime.strip(text),
                        Severity.of(event).color());
    }

    private static StyledLine event(EventFields event) throws UnreadableEventException {
        String desc = event.text("desc");
        StyledLine line = new StyledLine()
                .add(event.text("type"), Color.MAGENTA)
                .add("[")
                .add(event.text("process"), Color.BLUE)
                .add("]@")
                .add(event.text("node_id"), Color.GRAY)
                .add(": ");
        return switch (Severity.of(event)) {
            case ERROR -> line.add(desc, Color.DEFAULT, Color.RED);
            case WARNING -> line.add(desc, Color.BLACK, Color.YELLOW);
            case NORMAL -> line.add(desc);
        };
    }

    private static StyledLine apptail(EventFields event) throws UnreadableEventException {
        return new StyledLine()
                .add(event.text("app_name"), Color.BLUE)
                .add("[" + event.text("source") + "]@")
                .add(event.text("node_id"), Color.GRAY)
                .add(": ")
                .add(event.text("text"));
    }

    /** As the packaged format {@code apptail}; where the source names no log of an instance, it names the instance itself. */
    private static StyledLine ofOneApp(EventFields event) throws UnreadableEventException {
        String index = event.textIfAny("instance_index", "InstanceIndex").orElse("-1");
        boolean isOfInstance = !index.startsWith("-")
                && !event.textIfAny("filename", "LogFilename").orElse("").isEmpty();
        return new StyledLine()
                .add(event.text("human_time", "HumanTime"), Color.GRAY)
                .add(" ")
                .add(event.text("source", "Source") + (isOfInstance ? "." + index : ""), Color.BLUE)
                .add(": ")
                .add(event.text("text", "Text"), event.isLossNotice() ? Color.RED : Color.DEFAULT);
    }
}
