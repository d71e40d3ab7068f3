package logyard.kato.log.top;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.core.LogyardCore;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;
import logyard.kato.command.Interrupts;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentFormat;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kato log top}. */
@Command(
        name = "top",
        description = "Show what comes in and goes out on all nodes, per second, until q or Ctrl-C.",
        footer = {
            "",
            "A stream is the first two parts of a key, such as systail.dea; a node tells 1000 of them apart, the rest is"
                    + " \"other\". PENDING are events that a drain wants and its target has not, LAG is how long ago the"
                    + " oldest of them came in. A node is asked as long as it may yet answer, silent if its core is registered but"
                    + " sends nothing, and gone if it is not registered. The key s sorts by the next column.",
            "",
            "Examples:",
            "  kato log top",
            "  kato log top --once --sort pending",
            "  kato log top --json --node 10.0.0.5 --interval 10"
        })
public final class TopCommand implements Callable<Integer>, ReadsOnly {
    private static final int LONGEST_SECONDS = 60;

    /** So long after the interval all should have answered twice. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final Console console;
    private final Interrupts interrupts;

    @Spec
    private CommandSpec spec;

    @ArgGroup
    private Where where = new Where();

    private static final class Where {
        @Option(
                names = {"-n", "--node"},
                paramLabel = "IP",
                description = "Show this node only.")
        private @Nullable String node;

        @Option(
                names = {"-l", "--local"},
                description = "Show the node only that kato runs on.")
        private boolean local;
    }

    @Option(names = "--once", description = "Show it once, measured over one interval, and end.")
    private boolean once;

    @Option(
            names = {"-j", "--json"},
            description = "As --once, as JSON, with each node by itself as well.")
    private boolean json;

    @Option(
            names = {"-i", "--interval"},
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "Over how long rates are measured, 1 to " + LONGEST_SECONDS
                    + " (default: ${DEFAULT-VALUE}). Another top that asks more often has its way.")
    private int seconds;

    @Option(
            names = {"-s", "--sort"},
            paramLabel = "COLUMN",
            defaultValue = "events",
            description =
                    "Sort by: events or bytes per second, pending, lag, dropped, name (default: ${DEFAULT-VALUE}).")
    private String sort = "events";

    public TopCommand(Cluster cluster, Console console, Interrupts interrupts) {
        this.cluster = cluster;
        this.console = console;
        this.interrupts = interrupts;
    }

    @Override
    public Integer call() {
        if (seconds < 1 || seconds > LONGEST_SECONDS) {
            throw new ParameterException(
                    spec.commandLine(), "--interval must be 1 to " + LONGEST_SECONDS + " seconds, got " + seconds);
        }
        SortKey key = sortKey();
        if (!once && !json && !Console.isOnTerminal()) {
            throw new ParameterException(
                    spec.commandLine(), "stdout is no terminal that a table could be kept on; use --once or --json");
        }
        String terminal = System.getenv().getOrDefault("TERM", "dumb");
        if (!once && !json && terminal.equals("dumb")) {
            throw new ParameterException(
                    spec.commandLine(),
                    "this terminal cannot draw a table over another (TERM is dumb or not set); use --once or --json");
        }
        Duration interval = Duration.ofSeconds(seconds);
        ConfigTree tree = cluster.tree();
        SortedSet<String> nodes = nodes(tree);
        Optional<String> only = only(nodes);
        if (once || json) {
            showOnce(tree, nodes, only, interval, key);
        } else {
            new LiveTop(console, interrupts, key, interval)
                    .show(changed -> new FiguresWatch(tree, nodes, only, interval, changed));
        }
        return ExitCode.OK;
    }

    private SortKey sortKey() {
        return Arrays.stream(SortKey.values())
                .filter(key -> key.label().equals(sort))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--sort must be events, bytes, pending, lag, dropped or name, got \"" + sort + "\""));
    }

    /** Those that have a role, and those whose core is registered. */
    private static SortedSet<String> nodes(ConfigTree tree) {
        SortedSet<String> nodes = new TreeSet<>(tree.names(ConfigPath.RUNNING));
        nodes.removeIf(node -> !tree.names(ConfigPath.RUNNING.child(node)).contains(LogyardCore.PROCESS));
        nodes.addAll(tree.names(ConfigPath.NODES));
        return nodes;
    }

    private Optional<String> only(Collection<String> nodes) {
        String node = where.local ? cluster.node() : where.node;
        if (node != null && !nodes.contains(node)) {
            throw new CommandFailedException("no core runs on " + node + "; "
                    + (nodes.isEmpty() ? "none runs anywhere" : "they run on " + String.join(", ", nodes)));
        }
        if (nodes.isEmpty()) {
            throw new CommandFailedException("no core runs; start logyard on the nodes");
        }
        return Optional.ofNullable(node);
    }

    private void showOnce(
            ConfigTree tree, Collection<String> nodes, Optional<String> only, Duration interval, SortKey key) {
        var changes = new Semaphore(0);
        try (var watch = new FiguresWatch(tree, nodes, only, interval, changes::release)) {
            awaitRates(watch, changes, interval.plus(PATIENCE));
            ClusterFigures figures = ClusterFigures.of(watch.nodes());
            if (json) {
                console.out().println(DocumentFormat.JSON.render(TopDocument.of(figures)));
            } else {
                int width = Console.isOnTerminal() ? Screen.size().width() : 0;
                new TopTable(figures, key, interval).lines(width, 0).forEach(console.out()::println);
            }
        }
    }

    /** Until each node that is there has sent figures twice, or it has been waited for long enough. */
    private static void awaitRates(FiguresWatch watch, Semaphore changes, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!isMeasured(watch.nodes())
                    && changes.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                changes.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isMeasured(List<NodeView> nodes) {
        List<NodeView> there = nodes.stream()
                .filter(view -> view.state() != NodeView.State.GONE)
                .toList();
        return !there.isEmpty() && there.stream().allMatch(NodeView::isMeasured);
    }
}
