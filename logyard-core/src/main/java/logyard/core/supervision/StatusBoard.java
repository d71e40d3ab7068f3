package logyard.core.supervision;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;

/**
 * Shows in the tree how the drains of this node are, for as long as this process lives. One thread, which never waits; {@link #shown} is for any.
 */
final class StatusBoard implements AutoCloseable {
    private record Shown(ConfigTree.Publication publication, ObjectNode json, DrainStatus status) {}

    private final ConfigTree tree;
    private final ConfigPath place;
    private final Map<String, Long> beginnings = new HashMap<>();
    private final Map<String, Shown> shown = new ConcurrentHashMap<>();

    StatusBoard(ConfigTree tree, String node) {
        this.tree = tree;
        this.place = ConfigPath.STATUS.child(node);
    }

    /** What a drain wants of the past is not all there: what it gets begins then. */
    void begins(String drain, Instant oldest) {
        beginnings.put(drain, oldest.getEpochSecond());
    }

    /** Shows how a drain is; nothing happens if it is shown so already. */
    void show(String drain, DrainStatus status) {
        ObjectNode json = status.toJson();
        Long beginning = beginnings.get(drain);
        if (beginning != null) {
            json.put("begins", beginning);
        }
        Shown before = shown.get(drain);
        if (before == null) {
            shown.put(drain, new Shown(tree.publish(place.child(drain), json), json, status));
        } else if (!before.json().equals(json)) {
            before.publication().update(json);
            shown.put(drain, new Shown(before.publication(), json, status));
        }
    }

    /** How each drain was when it was shown last, by name. Any thread. */
    SortedMap<String, DrainStatus> shown() {
        SortedMap<String, DrainStatus> all = new TreeMap<>();
        shown.forEach((drain, each) -> all.put(drain, each.status()));
        return all;
    }

    /** A drain is not here any more. */
    void remove(String drain) {
        beginnings.remove(drain);
        Shown gone = shown.remove(drain);
        if (gone != null) {
            gone.publication().close();
        }
    }

    @Override
    public void close() {
        shown.values().forEach(each -> each.publication().close());
        shown.clear();
    }
}
