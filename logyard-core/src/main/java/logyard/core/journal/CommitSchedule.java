package logyard.core.journal;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * When the next commit is due: some time after it was first asked for, or at once if that was said. Any thread asks, one
 * thread waits.
 */
final class CommitSchedule {
    private final long delayNanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    // Guarded by lock:
    private boolean asked;
    private long askedNanos;
    private boolean urgent;
    private boolean held;
    private boolean stopped;

    CommitSchedule(Duration delay) {
        this.delayNanos = delay.toNanos();
    }

    /** Asks for a commit. */
    void ask(boolean atOnce) {
        lock.lock();
        try {
            if (!asked) {
                asked = true;
                askedNanos = System.nanoTime();
                changed.signal();
            } else if (atOnce && !urgent) {
                changed.signal();
            }
            urgent |= atOnce;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing is due, whatever is asked for, until this is called again. */
    void hold(boolean nothingIsDue) {
        lock.lock();
        try {
            held = nothingIsDue;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the waiting, now and from now on. */
    void stop() {
        lock.lock();
        try {
            stopped = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until a commit is due, or until a time of {@link System#nanoTime}.
     *
     * @return false if it is time to stop
     */
    boolean await(long untilNanos) {
        lock.lock();
        try {
            while (!stopped) {
                long left = Math.min(untilNanos - System.nanoTime(), nanosLeft());
                if (left <= 0) {
                    return true;
                }
                long unused = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            // Stops, as it should, but with the flag down: with the flag up, the last commit would close the journal's
            // files instead of syncing them.
            stopped = true;
        } finally {
            lock.unlock();
        }
        return false;
    }

    /** Whether a commit is due; it is then no longer. */
    boolean take() {
        lock.lock();
        try {
            boolean due = nanosLeft() <= 0;
            asked &= !due;
            urgent &= !due;
            return due;
        } finally {
            lock.unlock();
        }
    }

    private long nanosLeft() {
        if (!asked || held) {
            return Long.MAX_VALUE;
        }
        return urgent ? 0 : delayNanos - (System.nanoTime() - askedNanos);
    }
}
