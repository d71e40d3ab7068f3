package logyard.core.tail;

import java.util.function.LongSupplier;

/**
 * Says whether a log is too busy: every line is poured in, the bucket leaks at a steady rate, and it never overflows,
 * since what would make it overflow is refused whole.
 *
 * <p>Not thread-safe: one bucket, one thread.
 */
public final class LeakyBucket {
    private final long capacity;
    private final long nanosPerLine;
    private final LongSupplier nanoClock;

    /** The fill, as the time it takes to leak; so no fraction of a line is ever lost to rounding. */
    private long fillNanos;

    private long leakedUntil;

    /**
     * An empty bucket.
     *
     * @param capacity lines it holds
     * @param linesPerSecond lines that leak out in a second
     * @param nanoClock such as {@code System::nanoTime}
     */
    public LeakyBucket(int capacity, int linesPerSecond, LongSupplier nanoClock) {
        if (capacity < 1 || linesPerSecond < 1) {
            throw new IllegalArgumentException(
                    "capacity and linesPerSecond must be positive, got " + capacity + " and " + linesPerSecond);
        }
        this.capacity = capacity;
        this.nanosPerLine = 1_000_000_000L / linesPerSecond;
        this.nanoClock = nanoClock;
        this.leakedUntil = nanoClock.getAsLong();
    }

    /** Pours {@code lines} in, or returns false and pours nothing in if they do not fit. */
    public boolean pour(int lines) {
        long now = nanoClock.getAsLong();
        fillNanos = Math.max(0, fillNanos - (now - leakedUntil));
        leakedUntil = now;
        long wanted = fillNanos + lines * nanosPerLine;
        if (wanted > capacity * nanosPerLine) {
            return false;
        }
        fillNanos = wanted;
        return true;
    }
}
