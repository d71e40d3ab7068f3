package logyard.kato.log.app;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.ConfigUnavailableException;

/**
 * Whether the drain that fills the lists has brought there what the nodes had when this was made, as far as their cores
 * show it in the tree, once a second. One thread.
 */
final class ListProgress {
    private final ConfigTree tree;
    private final Map<String, Long> matched = new TreeMap<>();

    ListProgress(ConfigTree tree) {
        this.tree = tree;
        statuses()
                .forEach((node, status) ->
                        matched.put(node, status.path("matched").asLong()));
    }

    /** Whether nothing is missing that is known of. */
    boolean isComplete() {
        return complaints().isEmpty();
    }

    /** For each node of which something may be missing, why. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        statuses().forEach((node, status) -> {
            String state = status.path("name").asText();
            long behind = matched.getOrDefault(node, 0L)
                    - status.path("delivered").asLong()
                    - status.path("dropped").asLong();
            String drain = node + ": what was logged there before now may be missing, its drain " + KeptLog.DRAIN;
            if (!state.equals("RUNNING")) {
                complaints.add(drain + " is " + state);
            } else if (behind > 0) {
                complaints.add(drain + " is " + behind + " lines behind");
            }
        });
        return complaints;
    }

    private Map<String, JsonNode> statuses() {
        Map<String, JsonNode> statuses = new TreeMap<>();
        try {
            for (String node : tree.names(ConfigPath.STATUS)) {
                tree.read(ConfigPath.STATUS.child(node).child(KeptLog.DRAIN))
                        .ifPresent(status -> statuses.put(node, status));
            }
        } catch (ConfigUnavailableException e) {
            statuses.clear(); // that ZooKeeper is away, the stream tells
        }
        return statuses;
    }
}
