package logyard.core.journal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import logyard.config.ThreadEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Syncs the journal in groups, on the thread {@code commit}: when enough was appended, or some time after the first
 * event that is not safe yet, or after somebody has read further.
 * Once a second it also looks after what must not wait for events.
 */
public final class Commit implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Commit.class);

    /** So much is synced at once without waiting: a publisher waits for acknowledgements after a few of these. */
    private static final long GROUP_BYTES = 1L << 20;

    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

    /** What goes with a commit. All on the thread {@code commit}. */
    public interface Listener extends AutoCloseable {
        /**
         * A commit begins: what was appended before this call will be safe when {@link #committed} is called. If the
         * commit fails that call does not come, and this one comes again when it is tried again.
         */
        void beginning();

        /** The commit was made. */
        void committed();

        /**
         * The oldest segments are about to be removed: what counts the events in them is to be saved now. If it cannot be,
         * they are removed nevertheless; the disk may need the room.
         */
        default void removing() throws IOException {}

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
    private final CommitSchedule schedule;
    private final long tickNanos;
    private final Thread thread;
    private final CompletableFuture<Void> started = new CompletableFuture<>();
    private final CommitCounters counters = new CommitCounters();
    private final Streak sync = new Streak("sync the journal");
    private final Streak seal = new Streak("write the summary of a segment");
    private final Streak retain = new Streak("remove the oldest segment of the journal");
    private final Streak tick = new Streak("keep the state of the journal");

    private Commit(Journal journal, Duration delay, Duration tick, ListenerFactory factory) {
        this.journal = journal;
        this.schedule = new CommitSchedule(delay);
        this.tickNanos = tick.toNanos();
        this.thread = new Thread(() -> run(factory), "commit");
    }

    /**
     * Starts committing.
     *
     * @param delay how long an event may wait for others to be synced with
     * @throws RuntimeException whatever {@code factory} throws
     */
    public static Commit start(Journal journal, Duration delay, ListenerFactory factory) {
        return start(journal, delay, TICK, factory);
    }

    static Commit start(Journal journal, Duration delay, Duration tick, ListenerFactory factory) {
        var commit = new Commit(journal, delay, tick, factory);
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

    /** What its thread has done. */
    public CommitCounters counters() {
        return counters;
    }

    /** Something was flushed to the journal. Cheap; any thread. */
    public void appended() {
        schedule.ask(journal.flushedEnd() - journal.syncedEnd() >= GROUP_BYTES);
    }

    /** Somebody has read further: that is saved with a commit, made for it if there is no other. Cheap; any thread. */
    public void readFurther() {
        schedule.ask(false);
    }

    /** There is something to do that should not wait for the next group. */
    public void soon() {
        schedule.ask(true);
    }

    private void run(ListenerFactory factory) {
        try (Listener listener = factory.open()) {
            started.complete(null);
            long nextTick = System.nanoTime() + tickNanos;
            while (schedule.await(nextTick)) {
                counters.round();
                boolean ticks = System.nanoTime() - nextTick >= 0;
                if (schedule.take() || (ticks && sync.isFailing())) {
                    commit(listener);
                }
                if (ticks) {
                    nextTick = System.nanoTime() + tickNanos;
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

    private void commit(Listener listener) {
        listener.beginning();
        long safe = journal.syncedEnd();
        long began = System.nanoTime();
        try {
            journal.sync();
        } catch (IOException e) {
            counters.failed();
            sync.failed(e);
            schedule.hold(true); // and tried again with each tick, not with each event
            retain(listener);
            return;
        }
        if (journal.syncedEnd() > safe) {
            counters.committed(System.nanoTime() - began);
        } else {
            counters.nothingToCommit();
        }
        sync.worked();
        schedule.hold(false);
        listener.committed();
        if (seal()) {
            retain(listener);
        }
    }

    private void tick(Listener listener) {
        if (journal.flushedEnd() <= journal.syncedEnd()) {
            counters.nothingToCommit();
        }
        seal();
        retain(listener);
        keep(listener::tick);
    }

    private interface Saving {
        void run() throws IOException;
    }

    private void keep(Saving saving) {
        try {
            saving.run();
            tick.worked();
        } catch (IOException e) {
            tick.failed(e);
        }
    }

    private boolean seal() {
        try {
            boolean sealed = journal.seal();
            seal.worked();
            return sealed;
        } catch (IOException e) {
            seal.failed(e);
            return false;
        }
    }

    private void retain(Listener listener) {
        try {
            if (journal.isRetentionDue()) {
                keep(listener::removing);
            }
            journal.retain();
            retain.worked();
        } catch (IOException e) {
            retain.failed(e);
        }
    }

    /** Says once that something fails however often it does, and once that it works again. Not thread-safe. */
    private static final class Streak {
        private final String what;
        private boolean failing;

        Streak(String what) {
            this.what = what;
        }

        boolean isFailing() {
            return failing;
        }

        void failed(IOException e) {
            if (!failing) {
                failing = true;
                log.error("Cannot {}, trying again: {}", what, e.toString());
            }
        }

        void worked() {
            if (failing) {
                failing = false;
                log.info("Could {} again", what);
            }
        }
    }

    /** Commits what there is, and ends. */
    @Override
    public void close() {
        schedule.stop();
        if (!ThreadEnd.await(thread, STOP_LIMIT)) {
            log.error("The last commit did not end within {}", STOP_LIMIT);
        }
    }
}
