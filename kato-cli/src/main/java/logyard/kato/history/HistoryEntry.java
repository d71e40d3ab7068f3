package logyard.kato.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Something that was done with kato.
 *
 * @param event as it is kept
 * @param node the address of the node it was done on
 * @param unixTime when, in seconds since 1970
 * @param humanTime when, with the offset of that node's zone
 * @param description the command, and whether it succeeded
 */
record HistoryEntry(JsonNode event, String node, long unixTime, String humanTime, String description) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final DateTimeFormatter HUMAN = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

    /** An event as it is kept, with the field names of now or of 2013; empty if it is none. */
    static Optional<HistoryEntry> parse(String text) {
        JsonNode event;
        try {
            event = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (event == null || !event.isObject()) {
            return Optional.empty();
        }
        JsonNode node = field(event, "node_id", "NodeID");
        JsonNode time = field(event, "unix_time", "UnixTime");
        JsonNode description = field(event, "desc", "Desc");
        if (!node.isTextual() || !time.isIntegralNumber() || !description.isTextual()) {
            return Optional.empty();
        }
        String human = field(event, "human_time", "HumanTime").asText();
        return Optional.of(new HistoryEntry(
                event,
                node.textValue(),
                time.longValue(),
                human.isEmpty() ? human(Instant.ofEpochSecond(time.longValue()).atZone(ZoneId.systemDefault())) : human,
                description.textValue()));
    }

    /** One that was done on this node, as the event that cloud_events makes of it. */
    static HistoryEntry of(String node, ZonedDateTime time, String command, String status) {
        String description = command + " (" + status + ")";
        JsonNode event = JsonNodeFactory.instance
                .objectNode()
                .put("type", "kato_action")
                .put("desc", description)
                .put("severity", "INFO")
                .put("process", "kato")
                .put("node_id", node)
                .put("unix_time", time.toEpochSecond())
                .put("human_time", human(time));
        return new HistoryEntry(event, node, time.toEpochSecond(), human(time), description);
    }

    private static String human(ZonedDateTime time) {
        return HUMAN.format(time);
    }

    private static JsonNode field(JsonNode event, String name, String nameOf2013) {
        return event.path(event.has(name) ? name : nameOf2013);
    }

    /** The events of all, as JSON. */
    static ArrayNode array(List<HistoryEntry> entries) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        entries.forEach(entry -> array.add(entry.event()));
        return array;
    }

    /** For people. */
    String line() {
        return String.format(Locale.ROOT, "%s  %-15s  %s", humanTime, node, description);
    }
}
