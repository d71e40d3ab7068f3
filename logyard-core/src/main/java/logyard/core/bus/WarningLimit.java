package logyard.core.bus;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** Keeps a warning that anyone can provoke from filling the log: it is due once a minute. Any thread. */
public final class WarningLimit {
    private static final long PAUSE_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final AtomicLong last;

    /** @param nanoTime the time, as {@link System#nanoTime} */
    public WarningLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.last = new AtomicLong(nanoTime.getAsLong() - PAUSE_NANOS);
    }

    /** Whether to warn now; if so, not again for a minute. */
    public boolean isDue() {
        long now = nanoTime.getAsLong();
        long before = last.get();
        return now - before >= PAUSE_NANOS && last.compareAndSet(before, now);
    }
}
