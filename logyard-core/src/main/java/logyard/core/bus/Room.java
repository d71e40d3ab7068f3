package logyard.core.bus;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How much a publisher keeps, against a bound that it may exceed by what it was given last. Any thread. */
final class Room {
    private final long bound;
    private final AtomicLong taken = new AtomicLong();
    private final Object allBack = new Object();

    Room(long bound) {
        this.bound = bound;
    }

    boolean isLeft() {
        return taken.get() < bound;
    }

    long taken() {
        return taken.get();
    }

    void take(long bytes) {
        taken.addAndGet(bytes);
    }

    /** True if there is room since this call, and was none before it: exactly one call for each time it was full. */
    boolean giveBack(long bytes) {
        long left = taken.addAndGet(-bytes);
        if (left == 0) {
            synchronized (allBack) {
                allBack.notifyAll();
            }
        }
        return left < bound && left + bytes >= bound;
    }

    /** Waits until nothing is taken; false if that takes longer than {@code patience}, or the thread is interrupted. */
    boolean awaitAllBack(Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        synchronized (allBack) {
            while (taken.get() > 0) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                try {
                    TimeUnit.NANOSECONDS.timedWait(allBack, left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return false;
                }
            }
            return true;
        }
    }
}
