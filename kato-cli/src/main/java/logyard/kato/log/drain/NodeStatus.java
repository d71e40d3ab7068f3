package logyard.kato.log.drain;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How one drain is on one node.
 *
 * @param fields what its core shows: {@code name} and {@code rev} of its state, an {@code error} if there is one, and
 *     what became of its events
 */
public record NodeStatus(Map<String, String> fields) {
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
    String state() {
        return fields.get("name") + "[" + fields.get("rev") + "]";
    }

    boolean isRunning() {
        return state().contains("RUNNING");
    }

    Optional<String> error() {
        return Optional.ofNullable(fields.get("error"));
    }

    /** How many events it could not deliver and never will, if any. */
    Optional<String> dropped() {
        return Optional.ofNullable(fields.get("dropped")).filter(count -> !count.equals("0"));
    }
}
