package logyard.core.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syncs the journal in groups, on the thread {@code commit}: when enough was appended, or some time after the first
 * event that is not safe yet. Once a second it also looks after what must not wait for events.
 */
public final class Commit implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Commit.class);

    /** So much is synced at once without waiting: a publisher waits for acknowledgements after a few of these. */
    private static final long GROUP_BYTES = 1L << 20;

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final long STOP_MILLIS = 10_000;

    /** What goes with a commit. All on the thread {@code commit}. */
    public interface Listener extends AutoCloseable {
        /** A commit begins: what was appended before this call will be safe when {@link #committed} is called. */
        void beginning();

        /** The commit was made. */
        void committed();

        /** A second has passed. */
        void tick() throws IOException;

        @Override
        void close();
    }

    /** Makes the listener on the thread {@code commit}, which owns what it opens. */
    public interface ListenerFactory {
        Listener open();
    }

    private final Journal journal;
    private final Duration delay;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private boolean wanted;
    private boolean urgent;
    private volatile boolean stopping;
    private boolean failing;

    private Commit(Journal journal, Duration delay, ListenerFactory factory) {
        this.journal = journal;
        this.delay = delay;
        this.thread = new Thread(() -> run(factory), "commit");
    }

    /**
     * Starts committing.
     *
     * @param delay how long an event may wait for others to be synced with
     * @throws RuntimeException whatever {@code factory} throws
     */
    public static Commit start(Journal journal, Duration delay, ListenerFactory factory) {
        var commit = new Commit(journal, delay, factory);
        commit.thread.start();
        try {
            commit.started.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
        return commit;
    }

    /** Something was flushed to the journal. Cheap; any thread. */
    public void appended() {
        boolean enough = journal.flushedEnd() - journal.syncedEnd() >= GROUP_BYTES;
        request(enough);
    }

    /** There is something to do that should not wait for the next group. */
    public void soon() {
        request(true);
    }

    private void request(boolean atOnce) {
        lock.lock();
        try {
            if (!wanted || (atOnce && !urgent)) {
                wanted = true;
                urgent |= atOnce;
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    private void run(ListenerFactory factory) {
        try (Listener listener = factory.open()) {
            started.complete(null);
            long nextTick = System.nanoTime() + TICK.toNanos();
            while (!stopping) {
                boolean due = awaitWork(nextTick);
                if (due || stopping) {
                    commit(listener);
                }
                if (System.nanoTime() - nextTick >= 0) {
                    nextTick = System.nanoTime() + TICK.toNanos();
                    tick(listener);
                }
            }
            commit(listener);
        } catch (RuntimeException | Error e) {
            if (!started.completeExceptionally(e)) {
                throw e;
            }
        }
    }

    /** Waits for a group to be complete, its time to be over, or the next tick; true if there is something to commit. */
    private boolean awaitWork(long nextTick) {
        lock.lock();
        try {
            while (!stopping && !wanted) {
                if (changed.awaitNanos(nextTick - System.nanoTime()) <= 0) {
                    return false;
                }
            }
            long left = delay.toNanos();
            while (!stopping && !urgent && left > 0) {
                left = changed.awaitNanos(left);
            }
            wanted = false;
            urgent = false;
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stopping = true;
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void commit(Listener listener) {
        listener.beginning();
        try {
            journal.sync();
            listener.committed();
            failing = false;
        } catch (IOException e) {
            complain("sync", e);
            retain();
        }
    }

    private void tick(Listener listener) {
        retain();
        try {
            listener.tick();
        } catch (IOException e) {
            complain("keep the state of", e);
        }
    }

    private void retain() {
        try {
            journal.retain();
        } catch (IOException e) {
            complain("remove the oldest segment of", e);
        }
    }

    private void complain(String what, IOException e) {
        if (!failing) {
            failing = true;
            log.error("Cannot {} the journal, trying again: {}", what, e.getMessage());
        }
    }

    /** Commits what there is, and ends. */
    @Override
    public void close() {
        stopping = true;
        soon();
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
