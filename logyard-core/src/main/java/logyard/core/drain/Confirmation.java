package logyard.core.drain;

import java.time.Duration;

/**
 * When something that was written counts as delivered. What does not yet is sent again after a reconnect.
 *
 * @param trailingBytes so much of what was written last is in doubt, until {@code after} has passed in quiet
 */
public record Confirmation(int trailingBytes, Duration after) {
    /** The target says for each batch that it has it, or it is safe once the write returns. */
    public static final Confirmation AT_ONCE = new Confirmation(0, Duration.ZERO);

    public boolean isAtOnce() {
        return trailingBytes == 0;
    }
}
