package logyard.kato.log.line;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;
import logyard.core.event.Keys;

/** An event taken apart: its key, and the fields of its JSON. */
final class EventFields {
    private static final ObjectReader JSON = new JsonMapper().reader();

    /** What a core tells, inside the stream, of events that never come. */
    private static final String LOSS = "messages_dropped";

    private static final String CORE = "logyard";

    private final String key;
    private final JsonNode fields;

    private EventFields(String key, JsonNode fields) {
        this.key = key;
        this.fields = fields;
    }

    /** Of an event as it came, {@code <key> <json>}. */
    static EventFields of(String key, String value) throws UnreadableEventException {
        try {
            return new EventFields(key, JSON.readTree(value));
        } catch (JsonProcessingException e) {
            throw new UnreadableEventException("an event of " + key + " that is not JSON: " + e.getOriginalMessage());
        }
    }

    /** Such as {@code systail}. */
    String stream() {
        return Keys.stream(key);
    }

    String key() {
        return key;
    }

    /** A field that the event must have. */
    String text(String field) throws UnreadableEventException {
        return textIfAny(field)
                .orElseThrow(() -> new UnreadableEventException("an event of " + key + " without \"" + field + "\""));
    }

    Optional<String> textIfAny(String field) {
        JsonNode value = fields.path(field);
        return value.isValueNode() && !value.isNull() ? Optional.of(value.asText()) : Optional.empty();
    }

    /** A field that the event must have, by its name or by that of 2013. */
    String text(String field, String nameOf2013) throws UnreadableEventException {
        return textIfAny(field, nameOf2013).isPresent()
                ? textIfAny(field, nameOf2013).get()
                : text(field);
    }

    Optional<String> textIfAny(String field, String nameOf2013) {
        Optional<String> text = textIfAny(field);
        return text.isPresent() ? text : textIfAny(nameOf2013);
    }

    /** Whether it tells of events that never come: whatever is looked for, that is to be known. */
    boolean isLossNotice() {
        return textIfAny("type").filter(LOSS::equals).isPresent()
                && textIfAny("process").filter(CORE::equals).isPresent();
    }

    /** Whether the core says it of its daily work: it would be told of each line that it sends us. */
    boolean isDailyWork() {
        return stream().equals("systail")
                && textIfAny("name").filter(CORE::equals).isPresent()
                && textIfAny("text").filter(text -> text.contains("INFO")).isPresent();
    }
}
