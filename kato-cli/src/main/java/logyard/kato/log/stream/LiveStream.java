package logyard.kato.log.stream;

import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import logyard.config.ConfigTree;
import logyard.core.drain.DrainSpec;
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

    /**
     * So many more of the last lines are asked for than are to be shown: some of them are not to be shown, such as what
     * the cores say of their daily work.
     */
    private static final int HIDDEN = 1000;

    private static final Clock CLOCK = Clock.system(ZoneId.systemDefault());

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
    public int show(List<String> prefixes, Beginning beginning, LineView view) {
        if (!view.marked().isEmpty() && console.colors() == Colors.NONE) {
            console.warn("nothing is highlighted: there are no colours here");
        }
        Optional<Clock> times = view.times() ? Optional.of(CLOCK) : Optional.empty();
        var renderer = new LineRenderer(view, console.colors());
        Function<Runnable, LinePrinter> printer = closed -> new LinePrinter(console, renderer, times, closed);
        if (beginning.lines() == 0) {
            return follow(prefixes, beginning, view.filter().node(), printer, (unused, nodes) -> {});
        }
        long now = CLOCK.instant().getEpochSecond();
        Predicate<String> isShown = event -> renderer.render(event).isPresent();
        return follow(
                prefixes,
                beginning,
                view.filter().node(),
                closed -> new LastLines(printer.apply(closed), isShown, beginning.lines(), now),
                (lines, nodes) -> {
                    nodes.await();
                    nodes.await(lines::isQuiet, patience);
                    lines.release();
                });
    }

    /**
     * Follows events until it is interrupted or nobody reads them any more.
     *
     * @param prefixes of the keys of those to follow
     * @param node the only one that matters; all if empty
     * @param taker makes who takes them, and is given what to call when nobody reads what that shows
     * @param begun is called on this thread when the drain is in the tree; it may wait for the nodes to come
     * @return the exit status: 1 if it was interrupted, as the original's
     */
    public <T extends LiveEvents> int follow(
            List<String> prefixes,
            Beginning beginning,
            Optional<String> node,
            Function<Runnable, T> taker,
            BiConsumer<T, AllNodes> begun) {
        ConfigTree tree = cluster.tree();
        warnOfMissing(node, DrainStatuses.nodes(tree));
        var end = new CompletableFuture<End>();
        T printer = taker.apply(() -> end.complete(End.OUTPUT_CLOSED));
        var attendance = new Attendance(CLOCK, printer::notice);
        var lines = new StreamLines(printer, attendance);
        try (LineServer server = LineServer.open(cluster.node(), LiveStream::randomPort, lines)) {
            String name = "tmp.logyard-cli." + server.address().replace(':', '-');
            String uri = DrainUriBuilder.build("tcp://" + server.address(), prefixes, parameters(beginning));
            interrupts.onInterrupt(() -> {
                server.expectGoodbyes(); // at once: a node may leave before anybody else knows of the end
                end.complete(End.INTERRUPTED);
            });
            try (var drain = new StreamDrain(tree, name, uri, CLOCK, attendance, printer::notice)) {
                console.err().println("Added drain " + Printable.text(uri));
                var nodes = new AwaitedNodes(tree, name, server.address(), PORTS, CLOCK);
                var all = new AllNodes(nodes, end, patience);
                watchForNodes(end, server, nodes, node);
                begun.accept(printer, all);
                if (beginning.since().isPresent()) {
                    all.await();
                    nodes.shortMemories(node).forEach(printer::notice);
                }
                end.join();
                server.expectGoodbyes();
                printer.stop();
            }
            server.awaitGoodbyes(GOODBYE);
            return tell(end.join(), name);
        }
    }

    private static Map<String, String> parameters(Beginning beginning) {
        Map<String, String> parameters = new TreeMap<>(Map.of("format", "raw"));
        beginning.since().ifPresent(time -> parameters.put(DrainSpec.SINCE, String.valueOf(time.getEpochSecond())));
        if (beginning.lines() > 0) {
            int asked = Math.min(beginning.lines() + HIDDEN, DrainSpec.MOST_LAST);
            parameters.put(DrainSpec.LAST, String.valueOf(asked));
        }
        return parameters;
    }

    private static int randomPort() {
        return LineServer.FIRST_PORT + ThreadLocalRandom.current().nextInt(LineServer.PORTS);
    }

    private void warnOfMissing(Optional<String> only, SortedSet<String> nodes) {
        only.filter(node -> !nodes.contains(node))
                .ifPresent(node -> console.warn("there is no node " + node + " just now; there are " + nodes));
    }

    /** Tells, if nodes do not come, what may be the reason. */
    private void watchForNodes(
            CompletableFuture<End> end, LineServer server, AwaitedNodes nodes, Optional<String> node) {
        CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> {
                    if (!end.isDone()) {
                        nodes.complaints(server.wasConnected(), node).forEach(console::warn);
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
