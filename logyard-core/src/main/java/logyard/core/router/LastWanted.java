package logyard.core.router;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalReader;
import logyard.core.journal.JournalRecord;

/**
 * Finds where the last so many wanted events begin. Reads the journal, the newest segment first. One thread.
 *
 * @param wanted of the thread that asks
 */
record LastWanted(Journal journal, MatchCounter wanted) {
    private record Found(long position, int events) {}

    /**
     * The position of a record behind which there are so many of them up to {@code end}, and no more than fit into that
     * record; that of the first of them if there are fewer; {@code end} if there is none.
     */
    long begin(int events, long end) throws IOException {
        List<Long> bases = bases(end);
        long begin = end;
        long missing = events;
        for (int i = bases.size() - 1; i >= 0 && missing > 0; i--) {
            Deque<Found> found = last(missing, bases.get(i), i + 1 < bases.size() ? bases.get(i + 1) : end);
            begin = found.isEmpty() ? begin : found.element().position();
            missing -= sum(found);
        }
        return begin;
    }

    /** Where the pieces of the journal begin that are read each in one go. */
    private List<Long> bases(long end) {
        List<Long> bases = new ArrayList<>();
        for (long at = journal.first(); at < end; at = journal.segmentEnd(at)) {
            bases.add(at);
        }
        return bases;
    }

    /** The last records from one position to another that hold so many wanted events together, or all there are. */
    private Deque<Found> last(long events, long from, long to) throws IOException {
        Deque<Found> last = new ArrayDeque<>();
        long held = 0;
        try (JournalReader reader = journal.reader(from, wanted::isUnwanted)) {
            for (Optional<JournalRecord> next = reader.next(to); next.isPresent(); next = reader.next(to)) {
                int count = wanted.count(next.get().frame());
                if (count > 0) {
                    last.add(new Found(next.get().position(), count));
                    held += count;
                }
                while (!last.isEmpty() && held - last.element().events() >= events) {
                    held -= last.remove().events();
                }
            }
        }
        return last;
    }

    private static long sum(Deque<Found> found) {
        return found.stream().mapToLong(Found::events).sum();
    }
}
