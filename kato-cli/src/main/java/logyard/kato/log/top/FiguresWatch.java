package logyard.kato.log.top;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.ConfigTree;
import logyard.core.LogyardCore;
import logyard.core.figures.FiguresBoard;
import logyard.core.figures.FiguresDocument;
import org.jspecify.annotations.Nullable;

/**
 * Asks the cores for their figures, by a znode that is gone when this is closed or the process is killed, and keeps what
 * they send. Any thread.
 */
final class FiguresWatch implements AutoCloseable {
    /** So much longer than two intervals figures may be on their way. */
    private static final Duration LATE = Duration.ofSeconds(3);

    private final Optional<String> only;
    private final long freshNanos;

    /** So long the first figures may take. */
    private final long answerNanos;

    private final Runnable changed;
    private final ConfigTree.Publication request;
    private final ConfigTree.Watch running;
    private final ConfigTree.Watch shown;

    // Guarded by this:
    private final Map<String, Series> byNode = new TreeMap<>();

    private boolean knowsRegistered;
    private final long begunNanos = System.nanoTime();

    /** What one node sent. */
    private static final class Series {
        private @Nullable NodeSample before;
        private @Nullable NodeSample latest;
        private long latestNanos;
        private boolean isRegistered;

        void add(NodeSample sample, long nowNanos) {
            NodeSample known = latest;
            if (known != null && known.started().equals(sample.started())) {
                if (sample.elapsed().compareTo(known.elapsed()) <= 0) {
                    return; // seen before
                }
                before = known;
            } else {
                before = null;
            }
            latest = sample;
            latestNanos = nowNanos;
        }
    }

    /**
     * Begins to ask.
     *
     * @param known nodes that should run a core
     * @param only the node to ask; empty: all
     * @param interval how often figures are wanted
     * @param changed is called when there is something new, on a thread of the tree; must not wait
     */
    FiguresWatch(
            ConfigTree tree, Collection<String> known, Optional<String> only, Duration interval, Runnable changed) {
        this.only = only;
        this.freshNanos = interval.multipliedBy(2).plus(LATE).toNanos();
        this.answerNanos = interval.plus(LATE).toNanos();
        this.changed = changed;
        known.stream().filter(this::isWanted).forEach(node -> byNode.put(node, new Series()));
        this.running = tree.watch(ConfigPath.RUNNING, this::registered);
        this.shown = tree.watch(ConfigPath.FIGURES_SHOWN, this::sent);
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put(FiguresBoard.INTERVAL, interval.toMillis());
        only.ifPresent(node -> wish.put(FiguresBoard.NODE, node));
        this.request =
                tree.publish(ConfigPath.FIGURES_WANTED.child(UUID.randomUUID().toString()), wish);
    }

    private boolean isWanted(String node) {
        return only.isEmpty() || only.get().equals(node);
    }

    private void registered(ConfigSubtree processes) {
        Set<String> cores = new HashSet<>();
        processes.values().keySet().stream()
                .map(path -> path.split("/", 2))
                .filter(path -> path.length == 2 && path[1].equals(LogyardCore.PROCESS) && isWanted(path[0]))
                .forEach(path -> cores.add(path[0]));
        synchronized (this) {
            knowsRegistered = true;
            cores.forEach(node -> byNode.computeIfAbsent(node, name -> new Series()));
            byNode.forEach((node, series) -> series.isRegistered = cores.contains(node));
        }
        changed.run();
    }

    private void sent(ConfigSubtree figures) {
        long now = System.nanoTime();
        synchronized (this) {
            figures.values().forEach((node, json) -> {
                if (isWanted(node) && !node.isEmpty()) {
                    take(node, json, now);
                }
            });
        }
        changed.run();
    }

    private void take(String node, JsonNode json, long nowNanos) {
        FiguresDocument.read(json)
                .ifPresent(document ->
                        byNode.computeIfAbsent(node, name -> new Series()).add(NodeSample.of(document), nowNanos));
    }

    /** The nodes as they are known now, by name. */
    synchronized List<NodeView> nodes() {
        long now = System.nanoTime();
        return byNode.entrySet().stream()
                .map(entry -> view(entry.getKey(), entry.getValue(), now))
                .toList();
    }

    private NodeView view(String node, Series series, long nowNanos) {
        boolean isFresh = series.latest != null && nowNanos - series.latestNanos <= freshNanos;
        return new NodeView(
                node,
                state(series.isRegistered, isFresh, nowNanos),
                Optional.ofNullable(series.before),
                Optional.ofNullable(series.latest));
    }

    private NodeView.State state(boolean isRegistered, boolean isFresh, long nowNanos) {
        boolean mayYetAnswer = nowNanos - begunNanos <= answerNanos;
        if (isRegistered && isFresh) {
            return NodeView.State.LIVE;
        }
        if (mayYetAnswer && (isRegistered || !knowsRegistered)) {
            return NodeView.State.ASKED;
        }
        return isRegistered ? NodeView.State.SILENT : NodeView.State.GONE;
    }

    /** Asks no longer: the cores stop to send figures, unless somebody else asks. */
    @Override
    public void close() {
        request.close();
        shown.close();
        running.close();
    }
}
