package logyard.core.router;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalReader;
import logyard.core.journal.JournalRecord;

/**
 * Finds when the first record came in that holds a wanted event. One thread.
 *
 * @param wanted of the thread that asks
 */
record OldestWanted(Journal journal, MatchCounter wanted) {
    /** No more than this is read; a millisecond or two. */
    private static final long MOST_BYTES = 4 << 20;

    /**
     * Looks at the records from one position to another; empty if there is none. If the first {@value #MOST_BYTES} bytes
     * that had to be read hold nothing wanted, when the last of them came in.
     */
    Optional<Instant> from(long from, long to) throws IOException {
        Optional<Instant> seen = Optional.empty();
        long left = MOST_BYTES;
        try (JournalReader reader = journal.reader(Math.max(from, journal.first()), wanted::isUnwanted)) {
            for (Optional<JournalRecord> next = reader.next(to); next.isPresent() && left > 0; next = reader.next(to)) {
                JournalRecord record = next.get();
                seen = Optional.of(Instant.ofEpochSecond(0, record.timeNanos()));
                if (wanted.count(record.frame()) > 0) {
                    return seen;
                }
                left -= record.next() - record.position();
            }
            return left > 0 ? Optional.empty() : seen;
        }
    }
}
