package logyard.kato.log.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Optional;

/**
 * A line of an application, with the field names of now or of 2013.
 *
 * @param json as it was published
 * @param node the address of the node that published it; empty if it does not say
 * @param unixTime when it was read, in seconds since 1970
 */
record AppRecord(String json, JsonNode fields, String node, long unixTime) {
    private static final ObjectReader JSON = new JsonMapper().reader();

    /** What is one; a line end behind it does not count. Empty if it is none. */
    static Optional<AppRecord> parse(String text) {
        JsonNode fields;
        try {
            fields = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        JsonNode time = field(fields, "unix_time", "UnixTime");
        if (!fields.isObject() || !time.isIntegralNumber()) {
            return Optional.empty();
        }
        String node = field(fields, "node_id", "NodeID").asText();
        return Optional.of(new AppRecord(text.stripTrailing(), fields, node, time.longValue()));
    }

    private static JsonNode field(JsonNode fields, String name, String nameOf2013) {
        return fields.path(fields.has(name) ? name : nameOf2013);
    }

    String source() {
        return field(fields, "source", "Source").asText();
    }

    /** The number of the instance; -1 if it is not about one. */
    int instance() {
        return field(fields, "instance_index", "InstanceIndex").asInt(-1);
    }

    /** The name of the log; empty if it is of none. */
    String filename() {
        return field(fields, "filename", "LogFilename").asText();
    }

    String text() {
        return field(fields, "text", "Text").asText();
    }

    boolean isOf(String app) {
        return field(fields, "app_guid", "AppID").asText().equals(app);
    }

    /** Whether it is a core's word of events that never come: it is in no list. */
    boolean isLossNotice() {
        return fields.path("type").asText().equals("messages_dropped")
                && fields.path("process").asText().equals("logyard");
    }
}
