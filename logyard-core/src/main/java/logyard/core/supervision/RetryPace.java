package logyard.core.supervision;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * Keeps the drains of a node, all of which may have lost their targets at the same moment, from coming back at the same
 * moment, and all nodes of a cluster likewise. On the supervisor's thread only.
 */
final class RetryPace {
    /** A pause becomes longer by up to this part of it. */
    private static final double JITTER = 0.1;

    /** At most 50 attempts after a pause in a second, whatever the number of drains. */
    private static final Duration STEP = Duration.ofMillis(20);

    private final DoubleSupplier random;
    private long nextMillis;
    private long lastMillis;

    /** @param random from 0 to 1 */
    RetryPace(DoubleSupplier random) {
        this.random = random;
    }

    /** The pause, or a little more. */
    Duration spread(Duration pause) {
        return pause.plusMillis((long) (pause.toMillis() * JITTER * random.getAsDouble()));
    }

    /** How long an attempt that is due has to wait still; it counts as made then. The clock may be set back. */
    Duration claim(long nowMillis) {
        nextMillis -= Math.max(0, lastMillis - nowMillis);
        lastMillis = nowMillis;
        long slot = Math.max(nowMillis, nextMillis);
        nextMillis = slot + STEP.toMillis();
        return Duration.ofMillis(slot - nowMillis);
    }
}
