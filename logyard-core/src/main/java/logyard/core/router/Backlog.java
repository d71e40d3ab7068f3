package logyard.core.router;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import logyard.core.journal.Journal;
import org.jspecify.annotations.Nullable;

/**
 * What a drain wanted between the cursor it begins with and the first record it was offered, to be counted before the
 * drain reads. Guarded by the router, but for {@link #count}.
 */
final class Backlog {
    private final Journal journal;
    private final List<byte[]> prefixes;
    private final long from;
    private final long to;
    private boolean counted;
    private @Nullable IOException failure;

    Backlog(Journal journal, List<byte[]> prefixes, long from, long to) {
        this.journal = journal;
        this.prefixes = prefixes;
        this.from = from;
        this.to = to;
        this.counted = from == to;
    }

    /** How many events there are. Takes as long as reading does, as far as summaries do not tell. */
    long count() throws IOException {
        return new MatchCounter(journal, prefixes).count(from, to);
    }

    void isCountedNow() {
        counted = true;
    }

    void failed(IOException e) {
        failure = e;
    }

    boolean isCounted() {
        return counted;
    }

    /** The end of what is counted. */
    long to() {
        return to;
    }

    /** Up to where the cursor the drain begins with has counted. */
    long from() {
        return from;
    }

    /** Why counting failed, if it did since this was asked last. */
    Optional<IOException> takeFailure() {
        IOException cause = failure;
        failure = null;
        return Optional.ofNullable(cause)
                .map(e -> new IOException("cannot count what is pending: " + e.getMessage(), e));
    }
}
