package logyard.config.zookeeper;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/**
 * An operator's word that a tree is the right one, kept at {@code /proc/logyard/confirmed}:
 * {@code {"tree":"7-1366305302000","time":1366305303000}}.
 *
 * @param tree the one it is about, see {@link TreeEvidence#id}
 * @param time when, in milliseconds since 1970; each is later than the one it replaces
 */
record Confirmation(String tree, long time) {
    /** What {@code znode} says; empty if it says nothing of the kind. */
    static Optional<Confirmation> of(Znode znode) {
        JsonNode json = znode.value();
        return json == null
                ? Optional.empty()
                : Optional.of(new Confirmation(
                        json.path("tree").asText(), json.path("time").asLong()));
    }

    JsonNode toJson() {
        return JsonNodeFactory.instance.objectNode().put("tree", tree).put("time", time);
    }
}
