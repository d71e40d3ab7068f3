package logyard.core.drain;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

/**
 * An open way to a target. Made open by its {@link DrainType}; it can only be written to and closed.
 *
 * <p>Everything but {@link #executor} is called on the drain's executor, which runs one task at a time, and the futures
 * complete there. No method waits.
 */
public interface Drain {
    /** Where everything that concerns this drain happens: its event loop, or a thread of its own. */
    Executor executor();

    /**
     * Sends a batch. At most a few are on their way at a time, and they are completed in order.
     *
     * @return completes when the target took the batch, or, over TCP, the operating system did; exceptionally with an
     *     {@link java.io.IOException} if this drain is of no use any more. Until then the batch must not change.
     */
    CompletionStage<Void> write(DrainBatch batch);

    /** Completes exceptionally when the target ends the connection or fails by itself; else not before the close. */
    CompletionStage<Void> failure();

    /** What this target is to get for each event; with a frame around it, if it wants one. */
    default MessageFormat format(DrainSpec spec) {
        return spec.format();
    }

    /** When a completed write means that the target has the batch. */
    default Confirmation confirmation() {
        return Confirmation.AT_ONCE;
    }

    /** Whether, as far as can be known, nothing that was written is still on its way. */
    default boolean isQuiet() {
        return true;
    }

    /** The longest event, as it is sent, that the target can take; a longer one is dropped and counted. */
    default int maxEventBytes() {
        return Integer.MAX_VALUE;
    }

    /**
     * Grows whenever the target takes a part of a batch, such as the number of bytes it has acknowledged. A target that
     * takes neither a batch nor a part of one for 30 s, or for four times as long as it paused before, counts as dead.
     */
    default long taken() {
        return 0;
    }

    /**
     * How often the target's node said that nobody took what was sent, where that ends no connection, as over UDP. On the
     * executor.
     */
    default long refusals() {
        return 0;
    }

    /**
     * Gives the connection back, however it stands.
     *
     * @return completes within 1 s; true if the target is known to have everything that was written
     */
    CompletionStage<Boolean> close();

    /**
     * As {@link #close()}, but the target may take another time to confirm what it has: longer when the core ends, for what
     * is not confirmed then is sent again.
     *
     * @return completes soon after {@code patience} at the latest
     */
    default CompletionStage<Boolean> close(Duration patience) {
        return close();
    }
}
