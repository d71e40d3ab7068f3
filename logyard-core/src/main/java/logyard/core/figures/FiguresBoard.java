package logyard.core.figures;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.ConfigTree;
import logyard.core.daemon.NamedThreads;
import org.jspecify.annotations.Nullable;

/**
 * Shows the figures of this node in the tree for as long as somebody asks for them there, and does nothing while nobody
 * does: requests are below {@link ConfigPath#FIGURES_WANTED}, the figures at {@link ConfigPath#FIGURES_SHOWN}. On a thread
 * of its own, {@code figures}.
 */
public final class FiguresBoard implements AutoCloseable {
    /** In a request: how often the figures are wanted, in milliseconds. */
    public static final String INTERVAL = "interval_ms";

    /** In a request: the only node that is asked; all are where it is missing. */
    public static final String NODE = "node";

    private static final long SHORTEST_MILLIS = 1000;
    private static final long LONGEST_MILLIS = 60_000;
    private static final NodeFigures NOTHING = new NodeFigures(Instant.EPOCH, Duration.ZERO, List.of(), List.of());

    private final ConfigTree tree;
    private final String node;
    private final ConfigPath place;
    private final Supplier<NodeFigures> source;
    private final ScheduledExecutorService thread = NamedThreads.scheduler("figures");
    private final ConfigTree.Watch watch;

    // On the thread only:
    private long intervalMillis; // 0: nobody asks
    private @Nullable ScheduledFuture<?> showing;
    private ConfigTree.@Nullable Publication shown;
    private NodeFigures last = NOTHING;

    /**
     * Begins to listen for requests.
     *
     * @param node under which the figures are shown
     * @param source of the figures; may take a while
     */
    public FiguresBoard(ConfigTree tree, String node, Supplier<NodeFigures> source) {
        this.tree = tree;
        this.node = node;
        this.place = ConfigPath.FIGURES_SHOWN.child(node);
        this.source = source;
        this.watch = tree.watch(ConfigPath.FIGURES_WANTED, requests -> thread.execute(() -> obey(requests)));
    }

    private void obey(ConfigSubtree requests) {
        long wanted = requests.values().values().stream()
                .filter(this::isForThisNode)
                .mapToLong(request -> Math.max(
                        SHORTEST_MILLIS,
                        Math.min(LONGEST_MILLIS, request.path(INTERVAL).asLong(LONGEST_MILLIS))))
                .min()
                .orElse(0);
        if (wanted == intervalMillis) {
            return;
        }
        intervalMillis = wanted;
        if (showing != null) {
            showing.cancel(false);
            showing = null;
        }
        if (wanted > 0) {
            showing = thread.scheduleAtFixedRate(this::show, 0, wanted, TimeUnit.MILLISECONDS);
        } else {
            hide();
        }
    }

    private boolean isForThisNode(JsonNode request) {
        return request.isObject() && request.path(NODE).asText(node).equals(node);
    }

    private void show() {
        if (!tree.isConnected()) {
            return;
        }
        NodeFigures now = source.get();
        JsonNode json = FiguresDocument.write(now, last);
        last = now;
        if (shown == null) {
            shown = tree.publish(place, json);
        } else {
            shown.update(json);
        }
    }

    private void hide() {
        last = NOTHING;
        if (shown != null) {
            shown.close();
            shown = null;
        }
    }

    /** Shows nothing any more. Returns within 2 s. */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        watch.close();
        thread.execute(this::stop);
        NamedThreads.stop(thread);
    }

    private void stop() {
        if (showing != null) {
            showing.cancel(false);
        }
        hide();
    }
}
