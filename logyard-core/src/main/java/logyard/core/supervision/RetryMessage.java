package logyard.core.supervision;

import java.time.Duration;
import java.util.Optional;
import logyard.config.GoDuration;
import org.slf4j.event.Level;

/**
 * What the log says of a failure, in the words of the original, which operators' filters know.
 *
 * @param level WARN and ERROR become cloud events: a drain that has a limit is a user's, whose trouble is an operator's
 *     only at the first time and at the end
 */
record RetryMessage(Level level, String text) {
    /** @param pause before the next attempt; empty if there will be none */
    static RetryMessage of(String reason, Optional<Duration> pause, Duration limit) {
        boolean limited = !limit.isZero();
        if (pause.isEmpty()) {
            return new RetryMessage(
                    Level.ERROR, reason + " -- giving up after retrying for " + GoDuration.format(limit) + ".");
        }
        if (pause.get().isZero()) {
            return new RetryMessage(Level.WARN, reason + " -- retrying now.");
        }
        String atMost = limited ? " (max " + GoDuration.format(limit) + ")" : "";
        return new RetryMessage(
                limited ? Level.INFO : Level.WARN,
                reason + " -- retrying after " + GoDuration.format(pause.get()) + atMost + ".");
    }
}
