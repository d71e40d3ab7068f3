package logyard.config;

import java.time.Duration;

/** The end of a thread that was told to stop. */
public final class ThreadEnd {
    private ThreadEnd() {}

    /** Waits for it, but no longer than that, and not when interrupted; whether the thread has ended. */
    public static boolean await(Thread thread, Duration longest) {
        try {
            thread.join(longest.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }
}
