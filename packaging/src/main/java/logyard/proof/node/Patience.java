package logyard.proof.node;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what has no event to wait for, generously: that a machine is slow is no fault of what runs on it. */
public final class Patience {
    /** For whatever a healthy node does. */
    public static final Duration LONG = Duration.ofMinutes(5);

    private static final long POLL_NANOS = 10_000_000;

    /** Whether what is waited for has come. */
    public interface Condition {
        boolean holds() throws IOException;
    }

    private Patience() {}

    /** Waits until something holds; false if it does not in time. */
    public static boolean await(Duration most, Condition condition) throws IOException {
        long end = System.nanoTime() + most.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() - end > 0 || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    /**
     * Waits until something holds.
     *
     * @throws IOException if it does not within {@link #LONG}; it names {@code what}
     */
    public static void require(String what, Condition condition) throws IOException {
        if (!await(LONG, condition)) {
            throw new IOException("Waited " + LONG.toSeconds() + " s in vain until " + what);
        }
    }

    /** Lets time pass. */
    public static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
