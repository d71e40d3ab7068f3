package logyard.kato.log.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import logyard.core.event.Keys;
import logyard.kato.output.Color;
import logyard.kato.output.Colors;
import logyard.kato.output.Printable;

/**
 * Makes of an event, {@code <key> <json>}, the line that an operator reads (spec 07 §6.3). Any thread.
 *
 * <p>What cannot be shown becomes a line that says so: nothing that is sent here can end the stream.
 */
public final class LineRenderer {
    private static final ObjectReader JSON = new JsonMapper().reader();

    /** The process whose daily work is left out: it would be told of each line that it sends us. */
    private static final String CORE = "logyard";

    /** How much is shown of what cannot be shown. */
    private static final int SHOWN = 100;

    private final LineView view;
    private final Colors colors;

    /**
     * Shows events in one way.
     *
     * @param view what of them, and how
     */
    public LineRenderer(LineView view, Colors colors) {
        this.view = view;
        this.colors = colors;
    }

    /** The line to show; empty if this event is not to be shown. */
    public Optional<String> render(String event) {
        try {
            int blank = event.indexOf(' ');
            if (blank < 1) {
                throw new UnreadableEventException("an event without a key: " + beginning(event));
            }
            String key = event.substring(0, blank);
            String value = event.substring(blank + 1);
            return view.json() ? json(key, value) : text(key, new Fields(key, value));
        } catch (UnreadableEventException e) {
            return Optional.of(internal(e.reason));
        }
    }

    /** A line of ours between those of the stream, with its mark where there are no colours, too. */
    private String internal(String message) {
        return colors.paint("INTERNAL", Color.WHITE, Color.RED) + ": "
                + colors.paint(Printable.text(message), Color.RED);
    }

    private static String beginning(String event) {
        return event.length() <= SHOWN ? event : event.substring(0, SHOWN) + "…";
    }

    private Optional<String> json(String key, String value) throws UnreadableEventException {
        if (view.node().isPresent() && !isWanted(new Fields(key, value))) {
            return Optional.empty();
        }
        return Optional.of(colors.paint(Printable.text(key), Color.DARK_CYAN) + " " + Printable.json(value));
    }

    private Optional<String> text(String key, Fields fields) throws UnreadableEventException {
        if (!isWanted(fields)) {
            return Optional.empty();
        }
        return switch (Keys.stream(key)) {
            case "systail" -> systail(fields);
            case "event" -> Optional.of(event(fields));
            case "apptail" -> Optional.of(apptail(fields));
            default -> throw new UnreadableEventException("an event of an unknown stream: " + key);
        };
    }

    private boolean isWanted(Fields fields) throws UnreadableEventException {
        return view.node().isEmpty() || view.node().get().equals(fields.text("node_id"));
    }

    private Optional<String> systail(Fields fields) throws UnreadableEventException {
        String name = fields.text("name");
        String text = fields.text("text");
        if (name.equals(CORE) && text.contains("INFO") && !view.raw() && !view.debug()) {
            return Optional.empty();
        }
        Color color = Severity.of(name, text).color();
        String shown = view.raw() ? text : LeadingTime.strip(text);
        return Optional.of(painted(name, Color.of(name)) + "@" + node(fields) + ": " + painted(shown, color));
    }

    private String event(Fields fields) throws UnreadableEventException {
        String desc = Printable.text(fields.text("desc"));
        String painted = switch (fields.textIfAny("severity")) {
            case "ERROR" -> colors.paint(desc, Color.DEFAULT, Color.RED);
            case "WARNING", "WARN" -> colors.paint(desc, Color.BLACK, Color.YELLOW);
            default -> desc;
        };
        return painted(fields.text("type"), Color.MAGENTA) + "[" + painted(fields.text("process"), Color.BLUE) + "]@"
                + node(fields) + ": " + painted;
    }

    private String apptail(Fields fields) throws UnreadableEventException {
        return painted(fields.text("app_name"), Color.BLUE) + "[" + Printable.text(fields.text("source")) + "]@"
                + node(fields) + ": " + Printable.text(fields.text("text"));
    }

    private String node(Fields fields) throws UnreadableEventException {
        return painted(fields.text("node_id"), Color.GRAY);
    }

    private String painted(String text, Color color) {
        return colors.paint(Printable.text(text), color);
    }

    /** The record of an event. */
    private static final class Fields {
        private final String key;
        private final JsonNode record;

        Fields(String key, String value) throws UnreadableEventException {
            this.key = key;
            try {
                this.record = JSON.readTree(value);
            } catch (JsonProcessingException e) {
                throw new UnreadableEventException(
                        "an event of " + key + " that is not JSON: " + e.getOriginalMessage());
            }
        }

        String textIfAny(String field) {
            return record.path(field).asText();
        }

        String text(String field) throws UnreadableEventException {
            JsonNode value = record.path(field);
            if (!value.isValueNode() || value.isNull()) {
                throw new UnreadableEventException("an event of " + key + " without \"" + field + "\"");
            }
            return value.asText();
        }
    }

    /** This event cannot be shown. */
    private static final class UnreadableEventException extends Exception {
        private final String reason;

        private UnreadableEventException(String reason) {
            super(reason, null, false, false);
            this.reason = reason;
        }
    }
}
