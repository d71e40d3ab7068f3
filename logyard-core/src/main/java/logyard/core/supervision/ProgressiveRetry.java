package logyard.core.supervision;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long to wait before a failed drain is opened again: less and less often the longer the trouble lasts, and at some
 * time no more (spec 03 §7). Knows no clock: who asks says what time it is. One thread.
 */
final class ProgressiveRetry {
    /** After so long without a failure the trouble counts as over. */
    static final Duration QUIET = Duration.ofMinutes(20);

    /** After so long in state RUNNING without a break, too: see {@link #ranWell}. */
    static final Duration RAN_WELL = Duration.ofMinutes(5);

    private Duration limit = Duration.ZERO;
    private @Nullable Instant first;
    private Instant last = Instant.MIN;

    /**
     * @param limit after how long to give up; zero is never
     * @throws IllegalArgumentException if the limit is no longer than {@link #QUIET}
     */
    ProgressiveRetry(Duration limit) {
        limit(limit);
    }

    /** From the next failure on, gives up after {@code limit}, as in the constructor. */
    final void limit(Duration limit) {
        if (!limit.isZero() && limit.compareTo(QUIET) <= 0) {
            throw new IllegalArgumentException("A retry limit must be longer than " + QUIET + ", got " + limit);
        }
        this.limit = limit;
    }

    /** The pause before the next attempt after a failure at {@code now}; empty if it is time to give up. */
    Optional<Duration> failedAt(Instant now) {
        Instant began = first;
        if (began == null || Duration.between(last, now).compareTo(QUIET) > 0) {
            first = now;
            return pause(now, Duration.ZERO);
        }
        Duration trouble = Duration.between(began, now);
        if (!limit.isZero() && trouble.compareTo(limit) > 0) {
            first = now;
            last = now;
            return Optional.empty();
        }
        if (trouble.compareTo(Duration.ofMinutes(1)) < 0) {
            return pause(now, Duration.ofSeconds(5));
        }
        if (trouble.compareTo(Duration.ofMinutes(6)) < 0) {
            return pause(now, Duration.ofSeconds(30));
        }
        return pause(
                now, trouble.compareTo(Duration.ofMinutes(16)) < 0 ? Duration.ofMinutes(1) : Duration.ofMinutes(5));
    }

    private Optional<Duration> pause(Instant now, Duration pause) {
        last = now.plus(pause);
        return Optional.of(pause);
    }

    /**
     * The drain ran for {@link #RAN_WELL} without a break: its trouble is over. The original waited for {@link #QUIET}, so
     * that a drain that failed every quarter of an hour aged until it hit its limit (09 F-14).
     */
    void ranWell() {
        first = null;
    }

    Duration limit() {
        return limit;
    }
}
