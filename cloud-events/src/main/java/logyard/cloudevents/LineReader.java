package logyard.cloudevents;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import logyard.core.bus.Bus;
import logyard.core.bus.Subscription;

/** Reads the lines of this node from its core, on a thread of its own, {@code sieve}, until it is closed. */
final class LineReader implements AutoCloseable {
    /** How soon it notices that it is closed. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    /** After so many lines, what was made of them is sent, however many more wait. */
    private static final int ROUND = 1000;

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Bus bus;
    private final Recognizer recognizer;
    private final EventOutlet outlet;
    private final Runnable subscribed;
    private final Thread thread = new Thread(this::run, "sieve");
    private volatile long roundNanos = System.nanoTime();
    private volatile boolean stopping;

    private LineReader(Bus bus, Recognizer recognizer, EventOutlet outlet, Runnable subscribed) {
        this.bus = bus;
        this.recognizer = recognizer;
        this.outlet = outlet;
        this.subscribed = subscribed;
    }

    /**
     * Starts reading. The core need not run: it is connected to as soon as it does, and each time it starts anew.
     *
     * @param subscribed is called, on a thread of the bus, each time it is; must not wait
     */
    static LineReader start(Bus bus, Recognizer recognizer, EventOutlet outlet, Runnable subscribed) {
        var reader = new LineReader(bus, recognizer, outlet, subscribed);
        reader.thread.start();
        return reader;
    }

    private void run() {
        try (var subscription = new Subscription(bus, List.of(Recognizer.STREAM), subscribed)) {
            while (!stopping) {
                roundNanos = System.nanoTime();
                Optional<byte[]> line = subscription.next(PATIENCE);
                for (int i = 1; line.isPresent() && !stopping; i++) {
                    recognizer.take(line.get());
                    line = i < ROUND ? subscription.next(Duration.ZERO) : Optional.empty();
                }
                outlet.flush();
            }
        }
    }

    /** How long ago its thread last looked for lines: well below a second, unless it hangs. */
    Duration sinceLastRound() {
        return Duration.ofNanos(System.nanoTime() - roundNanos);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(STOP_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
