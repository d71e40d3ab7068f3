package logyard.cloudevents;

import java.time.Duration;
import java.util.List;
import logyard.config.ThreadEnd;
import logyard.core.bus.AckedPublisher;
import logyard.core.bus.Bus;
import logyard.core.relay.Relay;

/**
 * Reads the lines of this node from its core, on a thread of its own, {@code sieve}, until it is closed: each once, as far
 * as events are concerned, whatever is killed in between.
 */
final class LineReader implements AutoCloseable {
    /** How soon it notices that it is closed. */
    private static final Duration PATIENCE = Duration.ofMillis(200);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);

    private final Bus bus;
    private final AckedPublisher publisher;
    private final Recognizer recognizer;
    private final Runnable begun;
    private final Thread thread = new Thread(this::run, "sieve");
    private volatile long roundNanos = System.nanoTime();
    private volatile boolean stopping;

    private LineReader(Bus bus, AckedPublisher publisher, Recognizer recognizer, Runnable begun) {
        this.bus = bus;
        this.publisher = publisher;
        this.recognizer = recognizer;
        this.begun = begun;
    }

    /**
     * Starts reading. The core need not run: it is connected to as soon as it does, and each time it starts anew.
     *
     * @param publisher takes the events
     * @param begun is called each time the core has answered; must not wait
     */
    static LineReader start(Bus bus, AckedPublisher publisher, Recognizer recognizer, Runnable begun) {
        var reader = new LineReader(bus, publisher, recognizer, begun);
        reader.thread.start();
        return reader;
    }

    private void run() {
        var names = new Relay.Names(CloudEvents.PROCESS, CloudEvents.PROCESS);
        try (var relay = new Relay(bus, names, List.of(Recognizer.STREAM), publisher, recognizer, begun)) {
            while (!stopping) {
                roundNanos = System.nanoTime();
                relay.relayNext(PATIENCE);
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
        boolean unused = ThreadEnd.await(thread, STOP_LIMIT);
    }
}
