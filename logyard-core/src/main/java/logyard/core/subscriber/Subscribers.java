package logyard.core.subscriber;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongSupplier;
import logyard.config.ThreadEnd;
import logyard.core.bus.Bus;
import logyard.core.bus.BusException;
import logyard.core.bus.ReadEndpoint;
import logyard.core.bus.Wakeup;
import logyard.core.journal.Journal;
import logyard.core.router.Cursors;
import logyard.core.router.FeedCursor;
import logyard.core.router.NamedFeeds;
import logyard.core.subscriber.Subscriber.Outgoing;

/**
 * Lets local clients read the journal under a name of their own: each goes on where it stood, and what it has
 * acknowledged does not come again. Owns its socket on the thread {@code subscribers}, which reads the journal for them,
 * too.
 *
 * <p>A client gets only what a power failure cannot take away any more. So it has an event some time ({@code
 * journal.sync}) later than a plain subscriber, and can rely on it.
 */
public final class Subscribers implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Bus bus;
    private final NamedFeeds feeds;
    private final Registry registry;
    private final Wakeup wakeup = new Wakeup();
    private final Deque<Outgoing> outgoing = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "subscribers");
    private final CompletableFuture<Void> bound = new CompletableFuture<>();
    private volatile boolean waitsForSafety;
    private volatile long roundNanos = System.nanoTime();
    private volatile boolean stopping;

    private Subscribers(Bus bus, NamedFeeds feeds, Registry registry) {
        this.bus = bus;
        this.feeds = feeds;
        this.registry = registry;
    }

    /**
     * How one of them stands.
     *
     * @param isConnected whether a client reads under this name just now
     */
    public record Standing(boolean isConnected, FeedCursor cursor) {}

    /**
     * Starts serving, once the socket is bound. What is routed from now on is counted for those that stand somewhere.
     *
     * @param identity that of the journal
     * @param feeds where they stand, and stood when this node was last up
     * @param beginning where one begins that is new
     * @throws BusException if the address cannot be bound
     * @throws IOException if the journal cannot be read
     */
    public static Subscribers start(Bus bus, Journal journal, UUID identity, NamedFeeds feeds, LongSupplier beginning)
            throws IOException {
        var surroundings = new Subscriber.Surroundings(identity, journal::syncedEnd, Clock.systemUTC());
        var registry = new Registry(feeds, surroundings, beginning, System::nanoTime);
        var subscribers = new Subscribers(bus, feeds, registry);
        subscribers.thread.start();
        try {
            subscribers.bound.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof BusException cause) {
                throw cause;
            }
            throw e;
        }
        return subscribers;
    }

    private void run() {
        try (var endpoint = new ReadEndpoint(bus, wakeup)) {
            bound.complete(null);
            boolean more = false;
            while (!stopping && endpoint.await(more ? Duration.ZERO : PATIENCE)) {
                roundNanos = System.nanoTime();
                for (var request = endpoint.next(); request.isPresent(); request = endpoint.next()) {
                    registry.take(request.get().client(), request.get().request(), outgoing);
                    send(endpoint);
                }
                waitsForSafety = registry.hasSessions(); // before looking what is safe
                more = registry.work(outgoing);
                send(endpoint);
            }
        } catch (RuntimeException | Error e) {
            if (!bound.completeExceptionally(e)) {
                throw e;
            }
        } finally {
            registry.close();
        }
    }

    private void send(ReadEndpoint endpoint) {
        for (Outgoing next = outgoing.poll(); next != null; next = outgoing.poll()) {
            if (!endpoint.send(next.client(), next.header().toFrame(), next.batch())) {
                registry.unreachable(next.client());
            }
        }
    }

    /** The journal is safe up to a position further on. Any thread; never waits. */
    public void synced() {
        if (waitsForSafety) {
            wakeup.wake();
        }
    }

    /** Where each stands, to be saved. Any thread. */
    public Map<String, Cursors.Saved> cursors() {
        return feeds.cursors();
    }

    /** How each stands, by name. Any thread. */
    public SortedMap<String, Standing> standings() {
        SortedMap<String, Standing> all = new TreeMap<>();
        registry.figures()
                .forEach((name, figures) -> all.put(name, new Standing(figures.isConnected(), figures.cursor())));
        return all;
    }

    /** How long ago its thread last looked for work: well below a second, unless it hangs. */
    public Duration sinceLastRound() {
        return Duration.ofNanos(System.nanoTime() - roundNanos);
    }

    @Override
    public void close() {
        stopping = true;
        wakeup.wake();
        boolean unused = ThreadEnd.await(thread, STOP_LIMIT);
    }
}
