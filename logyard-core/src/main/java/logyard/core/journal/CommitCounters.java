package logyard.core.journal;

import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** What the thread {@code commit} has done since it was started; it alone counts, and anybody may read. */
public final class CommitCounters {
    private final LongAdder commits = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder syncNanos = new LongAdder();
    private volatile long roundNanos = System.nanoTime();
    private volatile long safeNanos = System.nanoTime();

    /** The thread looks for work. */
    void round() {
        roundNanos = System.nanoTime();
    }

    /** A commit was made, and took so long. */
    void committed(long nanos) {
        commits.increment();
        syncNanos.add(nanos);
        safeNanos = System.nanoTime();
    }

    /** One was tried, and failed. */
    void failed() {
        failures.increment();
    }

    /** Everything that was appended is safe already. */
    void nothingToCommit() {
        safeNanos = System.nanoTime();
    }

    /** Commits that were made. */
    public long commits() {
        return commits.sum();
    }

    /** Attempts that failed; each is tried again. */
    public long failures() {
        return failures.sum();
    }

    /** How long the journal took to be synced, all commits together. */
    public Duration syncTime() {
        return Duration.ofNanos(syncNanos.sum());
    }

    /** How long ago the thread last looked for work: about a second at most, unless it hangs. */
    public Duration sinceLastRound() {
        return Duration.ofNanos(System.nanoTime() - roundNanos);
    }

    /** How long ago it was last seen that everything is safe, or a commit was made: about a second, if syncing works. */
    public Duration sinceLastSafe() {
        return Duration.ofNanos(System.nanoTime() - safeNanos);
    }
}
