package logyard.kato.log.drain;

import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;

/**
 * How each drain is on each node, as the cores show it in the tree.
 *
 * @param byDrain by the names of the drain and the node
 * @param nodes those that should run drains: live ones, and those that have a role in the cluster
 */
public record DrainStatuses(SortedMap<String, SortedMap<String, NodeStatus>> byDrain, SortedSet<String> nodes) {
    /**
     * Reads them.
     *
     * @param configured the drains that each such node should have; where it shows none of that name, it is unknown how it
     *     is
     */
    public static DrainStatuses read(ConfigTree tree, Iterable<String> configured) {
        SortedSet<String> nodes = nodes(tree);
        SortedMap<String, SortedMap<String, NodeStatus>> byDrain = new TreeMap<>();
        for (String drain : configured) {
            SortedMap<String, NodeStatus> unknown = new TreeMap<>();
            nodes.forEach(node -> unknown.put(node, NodeStatus.UNKNOWN));
            byDrain.put(drain, unknown);
        }
        for (String node : tree.names(ConfigPath.STATUS)) {
            ofNode(tree, node)
                    .forEach((drain, status) -> byDrain.computeIfAbsent(drain, name -> new TreeMap<>())
                            .put(node, status));
        }
        return new DrainStatuses(byDrain, nodes);
    }

    /** How the drains are on one node, by name. */
    public static SortedMap<String, NodeStatus> ofNode(ConfigTree tree, String node) {
        SortedMap<String, NodeStatus> statuses = new TreeMap<>();
        tree.children(ConfigPath.STATUS.child(node))
                .forEach((drain, status) -> statuses.put(drain, NodeStatus.of(status)));
        return statuses;
    }

    /** Nodes that have a role, and those on which something runs: of one that is gone, an empty place stays behind. */
    public static SortedSet<String> nodes(ConfigTree tree) {
        SortedSet<String> nodes = new TreeSet<>(tree.names(ConfigPath.RUNNING));
        nodes.removeIf(node -> tree.names(ConfigPath.RUNNING.child(node)).isEmpty());
        nodes.addAll(tree.names(ConfigPath.NODES));
        return nodes;
    }
}
