package logyard.kato.log.stream;

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
import logyard.config.ConfigTree;
import logyard.core.drain.DrainUriBuilder;
import logyard.kato.command.Cluster;
import logyard.kato.command.Interrupts;
import logyard.kato.log.drain.DrainStatuses;
import logyard.kato.log.gap.Attendance;
import logyard.kato.log.gap.AwaitedNodes;
import logyard.kato.log.gap.StreamDrain;
import logyard.kato.log.line.LineRenderer;
import logyard.kato.log.line.LineView;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import logyard.kato.output.Printable;
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

    private static final String PORTS = LineServer.FIRST_PORT + "-" + (LineServer.FIRST_PORT + LineServer.PORTS - 1);

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
        warnOfWhatCannotBeShown(view, DrainStatuses.nodes(tree));
        var end = new CompletableFuture<End>();
        Clock clock = Clock.system(ZoneId.systemDefault());
        var printer = new LinePrinter(
                console,
                new LineRenderer(view, console.colors()),
                view.times() ? Optional.of(clock) : Optional.empty(),
                () -> end.complete(End.OUTPUT_CLOSED));
        var attendance = new Attendance(clock, printer::notice);
        var lines = new StreamLines(printer, attendance);
        try (LineServer server = LineServer.open(cluster.node(), LiveStream::randomPort, lines)) {
            String name = "tmp.logyard-cli." + server.address().replace(':', '-');
            String uri = DrainUriBuilder.build("tcp://" + server.address(), prefixes, Map.of("format", "raw"));
            interrupts.onInterrupt(() -> {
                server.expectGoodbyes(); // at once: a node may leave before anybody else knows of the end
                end.complete(End.INTERRUPTED);
            });
            try (var drain = new StreamDrain(tree, name, uri, clock, attendance, printer::notice)) {
                console.err().println("Added drain " + Printable.text(uri));
                watchForNodes(end, server, new AwaitedNodes(tree, name, server.address(), PORTS), view);
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

    private void warnOfWhatCannotBeShown(LineView view, SortedSet<String> nodes) {
        view.filter()
                .node()
                .filter(node -> !nodes.contains(node))
                .ifPresent(node -> console.warn("there is no node " + node + " just now; there are " + nodes));
        if (!view.marked().isEmpty() && console.colors() == Colors.NONE) {
            console.warn("nothing is highlighted: there are no colours here");
        }
    }

    /** Tells, if nodes do not come, what may be the reason. */
    private void watchForNodes(CompletableFuture<End> end, LineServer server, AwaitedNodes nodes, LineView view) {
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (!end.isDone()) {
                        nodes.complaints(server.wasConnected(), view.filter().node())
                                .forEach(console::warn);
                    }
                });
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
