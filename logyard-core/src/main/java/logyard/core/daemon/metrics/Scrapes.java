package logyard.core.daemon.metrics;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import logyard.core.daemon.metrics.Exposition.Text;
import org.jspecify.annotations.Nullable;

/**
 * Has the metrics collected for who asks, one after the other, and not more often than is good for what is measured: what
 * was collected a moment ago is given again. Any thread.
 */
final class Scrapes {
    /** So that whoever asks all the time takes nothing from the events worth mentioning. */
    private static final Duration MOMENT = Duration.ofMillis(100);

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final MetricSource source;
    private final Duration moment;
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by lock:
    private @Nullable Exposition exposition;
    private Samples last = new Samples();
    private long lastNanos;

    Scrapes(MetricSource source) {
        this(source, MOMENT);
    }

    /** @param moment for which what was collected is given again */
    Scrapes(MetricSource source, Duration moment) {
        this.source = source;
        this.moment = moment;
    }

    /**
     * The metrics; empty if others ask and it takes long.
     *
     * @param accept the header of the request
     */
    Optional<Text> take(String accept) throws InterruptedException {
        if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            return Optional.empty();
        }
        try {
            Exposition writer = exposition;
            if (writer == null) { // here, so that who is never asked does not pay for it
                writer = new Exposition();
                exposition = writer;
                collect();
            } else if (System.nanoTime() - lastNanos >= moment.toNanos()) {
                collect();
            }
            return Optional.of(writer.write(last, accept));
        } finally {
            lock.unlock();
        }
    }

    private void collect() {
        var samples = new Samples();
        source.collect(samples);
        last = samples;
        lastNanos = System.nanoTime();
    }
}
