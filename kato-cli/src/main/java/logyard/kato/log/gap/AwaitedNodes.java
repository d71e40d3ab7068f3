package logyard.kato.log.gap;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.ConfigUnavailableException;
import logyard.core.LogyardCore;

/** Which nodes should send to this process and do not, and what may be the reason. */
public final class AwaitedNodes {
    private static final String RUNNING = "RUNNING";

    private final ConfigTree tree;
    private final String drain;
    private final String address;
    private final String ports;

    /**
     * Nodes that are to run a drain.
     *
     * @param drain its name
     * @param address where it sends
     * @param ports among which that is: a firewall must let through all of them
     */
    public AwaitedNodes(ConfigTree tree, String drain, String address, String ports) {
        this.tree = tree;
        this.drain = drain;
        this.address = address;
        this.ports = ports;
    }

    /**
     * What to tell the operator; nothing if all is well.
     *
     * @param someCame whether any node has connected
     * @param only the one node that matters; all if empty
     */
    public List<String> complaints(boolean someCame, Optional<String> only) {
        if (!tree.isConnected()) {
            return someCame ? List.of() : List.of(nobody("ZooKeeper cannot be reached"));
        }
        try {
            List<String> cores = cores();
            return someCame ? late(cores, only) : List.of(nobody(reason(cores)));
        } catch (ConfigUnavailableException e) {
            return someCame ? List.of() : List.of(nobody("ZooKeeper does not answer"));
        }
    }

    /** Whether each node whose core runs sends; also if that cannot be asked. */
    public boolean areThere() {
        try {
            return !tree.isConnected() || late(cores(), Optional.empty()).isEmpty();
        } catch (ConfigUnavailableException e) {
            return true;
        }
    }

    private String nobody(String why) {
        return "no node has connected to " + address + " yet: " + why;
    }

    /** Where a core runs now; of a node that is gone, an empty place stays behind. */
    private List<String> cores() {
        return tree.names(ConfigPath.RUNNING).stream()
                .filter(node -> tree.names(ConfigPath.RUNNING.child(node)).contains(LogyardCore.PROCESS))
                .toList();
    }

    private String reason(List<String> cores) {
        return cores.isEmpty()
                ? "no core runs; start logyard on the nodes"
                : "cores run on " + String.join(", ", cores) + "; " + remedy();
    }

    private String remedy() {
        return "do their firewalls let them reach the ports " + ports
                + " here, and is node.ip the address by which they do?";
    }

    private List<String> late(List<String> cores, Optional<String> only) {
        List<String> late = new ArrayList<>();
        for (String node : cores) {
            if (only.isEmpty() || only.get().equals(node)) {
                problem(node).ifPresent(problem -> late.add(node + " does not send yet: " + problem + "; " + remedy()));
            }
        }
        return late;
    }

    private Optional<String> problem(String node) {
        Optional<JsonNode> status = tree.read(ConfigPath.STATUS.child(node).child(drain));
        if (status.isEmpty()) {
            return Optional.of("its core has not heard of the drain");
        }
        String state = status.get().path("name").asText();
        String error = status.get().path("error").asText();
        return state.equals(RUNNING)
                ? Optional.empty()
                : Optional.of("its drain is " + state + (error.isEmpty() ? "" : " (" + error + ")"));
    }
}
