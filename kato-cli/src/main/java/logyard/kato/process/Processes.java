package logyard.kato.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import logyard.config.ConfigPath;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;

/**
 * The processes of the nodes: those that are registered in the tree, and on this node also what systemd says of the
 * others. One thread.
 */
public final class Processes {
    private final Cluster cluster;
    private final Systemctl systemctl = new Systemctl();

    public Processes(Cluster cluster) {
        this.cluster = cluster;
    }

    /** The nodes that ever ran Logyard, those that have a role, and this one. */
    public SortedSet<String> nodes() {
        SortedSet<String> nodes = new TreeSet<>(cluster.tree().names(ConfigPath.RUNNING));
        nodes.addAll(cluster.tree().names(ConfigPath.NODES));
        nodes.add(cluster.node());
        return nodes;
    }

    /** Refuses the name of a node that nobody knows. */
    void requireNode(String node) {
        if (!nodes().contains(node)) {
            throw new CommandFailedException(
                    "no node " + node + " has run Logyard yet; there are " + String.join(", ", nodes()));
        }
    }

    boolean isHere(String node) {
        return node.equals(cluster.node());
    }

    /** What systemd of this node says; empty if there is none. */
    Optional<LocalUnits> units() {
        return LocalUnits.ask(systemctl);
    }

    /** How each process of a node is, by name: all that there are in Logyard, and what else is registered. */
    public Map<String, ProcessState> on(String node) {
        SortedMap<String, JsonNode> registered = cluster.tree().children(ConfigPath.RUNNING.child(node));
        Map<String, ProcessState> states = new LinkedHashMap<>();
        boolean allRegistered = registered.keySet().containsAll(LocalUnits.PROCESSES);
        Optional<LocalUnits> units = isHere(node) && !allRegistered ? units() : Optional.empty();
        for (String process : LocalUnits.PROCESSES) {
            JsonNode json = registered.get(process);
            states.put(process, json != null ? ProcessState.registered(json) : unregistered(process, node, units));
        }
        registered.forEach((process, json) -> states.computeIfAbsent(process, name -> ProcessState.registered(json)));
        Map<String, ProcessState> told = new LinkedHashMap<>();
        states.forEach((name, state) -> told.put(name, state.withNotes(partners(name, state, states))));
        return told;
    }

    /** That it is one process with others, as in {@code logyard-node} and {@code logyard-micro}. */
    private static List<String> partners(String name, ProcessState state, Map<String, ProcessState> all) {
        List<String> partners = all.entrySet().stream()
                .filter(other -> !other.getKey().equals(name))
                .filter(other -> state.pid().isPresent()
                        && state.pid().equals(other.getValue().pid()))
                .map(Map.Entry::getKey)
                .toList();
        return partners.isEmpty() ? List.of() : List.of("one process with " + String.join(" and ", partners));
    }

    private ProcessState unregistered(String process, String node, Optional<LocalUnits> units) {
        if (!isHere(node)) {
            return ProcessState.stopped();
        }
        return units.map(known -> ProcessState.bySystemd(known.of(process)))
                .orElseGet(() -> ProcessState.stopped("not registered, and there is no systemd here to ask"));
    }
}
