package logyard.kato.log.gap;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.ConfigUnavailableException;
import logyard.core.LogyardCore;

/** Which nodes should send to this process and do not, and what may be the reason. */
public final class AwaitedNodes {
    private static final String RUNNING = "RUNNING";

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final ConfigTree tree;
    private final String drain;
    private final String address;
    private final String ports;
    private final Clock clock;

    /**
     * Nodes that are to run a drain.
     *
     * @param drain its name
     * @param address where it sends
     * @param ports among which that is: a firewall must let through all of them
     * @param clock in whose zone times are told
     */
    public AwaitedNodes(ConfigTree tree, String drain, String address, String ports, Clock clock) {
        this.tree = tree;
        this.drain = drain;
        this.address = address;
        this.ports = ports;
        this.clock = clock;
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

    /**
     * Which nodes have less of the past than the stream wants.
     *
     * @param only the one node that matters; all if empty
     */
    public List<String> shortMemories(Optional<String> only) {
        List<String> memories = new ArrayList<>();
        try {
            for (String node : tree.isConnected() ? cores() : List.<String>of()) {
                if (only.isEmpty() || only.get().equals(node)) {
                    status(node)
                            .filter(status -> status.has("begins"))
                            .map(status ->
                                    Instant.ofEpochSecond(status.path("begins").asLong()))
                            .ifPresent(oldest -> memories.add(node + " has nothing from before "
                                    + TIME.format(oldest.atZone(clock.getZone()))
                                    + ": its journal does not go back further"));
                }
            }
        } catch (ConfigUnavailableException e) {
            // then nobody can say
        }
        return memories;
    }

    private Optional<JsonNode> status(String node) {
        return tree.read(ConfigPath.STATUS.child(node).child(drain));
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
        Optional<JsonNode> status = status(node);
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
