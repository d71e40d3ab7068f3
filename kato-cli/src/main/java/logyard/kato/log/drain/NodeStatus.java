package logyard.kato.log.drain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * How one drain is on one node.
 *
 * @param fields what its core shows: {@code name} and {@code rev} of its state, an {@code error} if there is one, and
 *     what became of its events
 */
public record NodeStatus(Map<String, String> fields) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of a drain that a node does not show. */
    static final NodeStatus UNKNOWN = new NodeStatus(Map.of());

    public NodeStatus {
        Map<String, String> ordered = new LinkedHashMap<>();
        ordered.put("name", fields.getOrDefault("name", "UNKNOWN"));
        ordered.put("rev", fields.getOrDefault("rev", "0"));
        fields.forEach(ordered::putIfAbsent);
        fields = Collections.unmodifiableMap(ordered);
    }

    /** What is in the tree; unknown if it is nothing that a core writes. */
    static NodeStatus of(JsonNode json) {
        Map<String, String> fields = new LinkedHashMap<>();
        json.properties()
                .forEach(field -> fields.put(
                        field.getKey(),
                        field.getValue().isValueNode()
                                ? field.getValue().asText()
                                : field.getValue().toString()));
        return new NodeStatus(fields);
    }

    /** State and revision, such as {@code RUNNING[3]}. */
    public String state() {
        return fields.get("name") + "[" + fields.get("rev") + "]";
    }

    /** Whether it sends. */
    public boolean isRunning() {
        return state().contains("RUNNING");
    }

    /** Why it does not run, if it is said. */
    public Optional<String> error() {
        return Optional.ofNullable(fields.get("error"));
    }

    /** How many events it could not deliver and never will, and why, if any: {@code 3 events dropped: 3 evicted}. */
    Optional<String> dropped() {
        return Optional.ofNullable(fields.get("dropped"))
                .filter(count -> !count.equals("0"))
                .map(count -> count + (count.equals("1") ? " event" : " events") + " dropped" + reasons());
    }

    /** How often the target's node said that nobody took what was sent, if it did. */
    Optional<String> refused() {
        return Optional.ofNullable(fields.get("refusals"))
                .map(count -> "nobody listens there (" + count + (count.equals("1") ? " refusal)" : " refusals)"));
    }

    private String reasons() {
        StringJoiner reasons = new StringJoiner(", ", ": ", "").setEmptyValue("");
        drops().properties()
                .forEach(drop -> reasons.add(drop.getValue().path("events").asText() + " " + drop.getKey() + " since "
                        + Instant.ofEpochSecond(drop.getValue().path("since").asLong())));
        return reasons.toString();
    }

    /** By reason; there is none if the core does not say. */
    private JsonNode drops() {
        try {
            return JSON.readTree(fields.getOrDefault("drops", "{}"));
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
