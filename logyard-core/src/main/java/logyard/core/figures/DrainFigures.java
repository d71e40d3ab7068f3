package logyard.core.figures;

import java.time.Duration;
import java.util.Optional;
import logyard.core.supervision.DrainStatus;

/**
 * How one drain of a node stands.
 *
 * @param state as {@code kato log drain status} shows it, such as {@code RUNNING}
 * @param error why it is in that state, if there is a reason
 * @param delivered events that the target has, since the drain was first seen
 * @param bytes written to the target since the drain was made, those written again included
 * @param pending events that it wants and the target has not
 * @param lag how long ago the oldest pending event came in; zero if nothing is pending
 * @param dropped events that the target never gets
 */
public record DrainFigures(
        String name,
        String state,
        Optional<String> error,
        long delivered,
        long bytes,
        long pending,
        Duration lag,
        long dropped) {
    /** The figures that a status holds. */
    static DrainFigures of(String name, DrainStatus status, Duration lag) {
        return new DrainFigures(
                name,
                status.state().label(),
                status.state().reasonIfAny(),
                status.cursor().account().delivered(),
                status.bytesWritten(),
                status.cursor().pending(),
                lag,
                status.cursor().account().dropped());
    }

    /** Whether there is something that an operator wants to know first. */
    boolean needsAttention() {
        return !state.equals("RUNNING") || pending > 0 || dropped > 0;
    }
}
