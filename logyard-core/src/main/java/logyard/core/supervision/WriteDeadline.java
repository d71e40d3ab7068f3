package logyard.core.supervision;

import java.time.Duration;
import java.util.Optional;

/**
 * Tells a target that is dead from one that is slow (09 F-03). One that is slow takes something from time to time only, as
 * kernels open their buffers in large steps: so a target has four times as long as it once paused and went on. One thread.
 */
final class WriteDeadline {
    private static final Duration SHORTEST = Duration.ofSeconds(30);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int PATIENCE = 4;

    private long taken;
    private long progressAtNanos;
    private Duration limit = SHORTEST;

    WriteDeadline(long nowNanos) {
        this.progressAtNanos = nowNanos;
    }

    /**
     * For how long the target has taken nothing, if that is too long; to be asked about twice a second.
     *
     * @param writing whether anything is being written
     * @param taken grows whenever the target takes something
     */
    Optional<Duration> exceeded(boolean writing, long taken, long nowNanos) {
        if (writing && taken == this.taken) {
            return nowNanos - progressAtNanos > limit.toNanos() ? Optional.of(limit) : Optional.empty();
        }
        if (writing) {
            paused(Duration.ofNanos(nowNanos - progressAtNanos));
        }
        this.taken = taken;
        progressAtNanos = nowNanos;
        return Optional.empty();
    }

    private void paused(Duration pause) {
        Duration patience = pause.multipliedBy(PATIENCE);
        if (patience.compareTo(limit) > 0) {
            limit = patience.compareTo(LONGEST) < 0 ? patience : LONGEST;
        }
    }
}
