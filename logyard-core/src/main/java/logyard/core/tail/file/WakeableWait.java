package logyard.core.tail.file;

import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A wait for the next watch key that another thread can end, which a {@link WatchService} by itself does not offer.
 *
 * <p>It is ended by an interrupt, and interrupts only during the wait: one that came while a file is read would close it.
 */
final class WakeableWait {
    private final Object gate = new Object();
    private @Nullable Thread waiting;
    private boolean woken;

    /** Waits for a key, a wake-up, or the time given. Without a service only the latter two can come. */
    @Nullable
    WatchKey await(@Nullable WatchService service, long nanos) {
        long patience;
        synchronized (gate) {
            waiting = Thread.currentThread();
            patience = woken ? 0 : nanos;
        }
        try {
            if (service != null) {
                return service.poll(patience, TimeUnit.NANOSECONDS);
            }
            LockSupport.parkNanos(this, patience);
            return null;
        } catch (InterruptedException e) {
            return null; // this is how wakeUp() works
        } finally {
            synchronized (gate) {
                waiting = null;
                woken = false;
                Thread.interrupted();
            }
        }
    }

    /** Ends the present or else the next wait; any thread may call it. */
    void wakeUp() {
        synchronized (gate) {
            woken = true;
            if (waiting != null) {
                waiting.interrupt();
            }
        }
    }
}
