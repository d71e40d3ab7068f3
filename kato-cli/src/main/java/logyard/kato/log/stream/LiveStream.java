package logyard.kato.log.stream;

import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.core.LogyardCore;
import logyard.core.drain.DrainUriBuilder;
import logyard.kato.command.Cluster;
import logyard.kato.command.Interrupts;
import logyard.kato.log.line.LineRenderer;
import logyard.kato.log.line.LineView;
import logyard.kato.output.Console;
import picocli.CommandLine.ExitCode;

/**
 * The events of all nodes as they come: a drain to this process, which every node runs, and which is gone from the tree
 * when the command ends, however it ends.
 */
public final class LiveStream {
    /** Until then every node should have connected. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** For the nodes to end their connections by themselves: one that is cut looks to them like a target that failed. */
    private static final Duration GOODBYE = Duration.ofSeconds(1);

    private final Cluster cluster;
    private final Console console;
    private final Interrupts interrupts;
    private final Duration patience;

    private enum End {
        INTERRUPTED,
        OUTPUT_CLOSED
    }

    public LiveStream(Cluster cluster, Console console, Interrupts interrupts) {
        this(cluster, console, interrupts, PATIENCE);
    }

    LiveStream(Cluster cluster, Console console, Interrupts interrupts, Duration patience) {
        this.cluster = cluster;
        this.console = console;
        this.interrupts = interrupts;
        this.patience = patience;
    }

    /**
     * Shows events until it is interrupted or nobody reads them any more.
     *
     * @param prefixes of the keys of those to show
     * @return the exit status: 1 if it was interrupted, as the original's
     */
    public int show(List<String> prefixes, LineView view) {
        ConfigTree tree = cluster.tree();
        warnOfUnknownNode(view, tree.names(ConfigPath.RUNNING));
        var end = new CompletableFuture<End>();
        Optional<Clock> clock = view.times() ? Optional.of(Clock.system(ZoneId.systemDefault())) : Optional.empty();
        var renderer = new LineRenderer(view, console.colors());
        var printer = new LinePrinter(console, renderer, clock, () -> end.complete(End.OUTPUT_CLOSED));
        try (LineServer server = LineServer.open(cluster.node(), LiveStream::randomPort, printer)) {
            String name = "tmp.logyard-cli." + server.address().replace(':', '-');
            String uri = DrainUriBuilder.build("tcp://" + server.address(), prefixes, Map.of("format", "raw"));
            interrupts.onInterrupt(() -> end.complete(End.INTERRUPTED));
            try (var drain = tree.publish(ConfigPath.DRAINS.child(name), TextNode.valueOf(uri))) {
                console.err().println("Added drain " + uri);
                watchForNodes(end, server, tree);
                end.join();
                server.expectGoodbyes();
                printer.stop();
            }
            server.awaitGoodbyes(GOODBYE);
            return tell(end.join(), name);
        }
    }

    private static int randomPort() {
        return LineServer.FIRST_PORT + ThreadLocalRandom.current().nextInt(LineServer.PORTS);
    }

    private void warnOfUnknownNode(LineView view, SortedSet<String> nodes) {
        view.node()
                .filter(node -> !nodes.contains(node))
                .ifPresent(node -> console.warn("no node " + node + " has run Logyard yet; there are " + nodes));
    }

    /** Tells, if no node comes, what may be the reason. */
    private void watchForNodes(CompletableFuture<End> end, LineServer server, ConfigTree tree) {
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (!end.isDone() && !server.wasConnected()) {
                        console.warn("no node has connected to " + server.address() + " yet: " + reason(tree));
                    }
                });
    }

    private static String reason(ConfigTree tree) {
        if (!tree.isConnected()) {
            return "ZooKeeper cannot be reached";
        }
        List<String> cores = tree.names(ConfigPath.RUNNING).stream()
                .filter(node -> tree.names(ConfigPath.RUNNING.child(node)).contains(LogyardCore.PROCESS))
                .toList();
        return cores.isEmpty()
                ? "no core runs; start logyard on the nodes"
                : "cores run on " + String.join(", ", cores) + "; do their firewalls let them reach the ports "
                        + LineServer.FIRST_PORT + "-" + (LineServer.FIRST_PORT + LineServer.PORTS - 1)
                        + " here, and is node.ip the address by which they do?";
    }

    private int tell(End end, String name) {
        if (end == End.OUTPUT_CLOSED) {
            return ExitCode.OK;
        }
        console.err().println();
        console.err().println("Deleted drain " + name);
        return ExitCode.SOFTWARE;
    }
}
