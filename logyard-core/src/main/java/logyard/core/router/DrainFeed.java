package logyard.core.router;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalReader;
import logyard.core.journal.JournalRecord;
import org.jspecify.annotations.Nullable;

/**
 * One drain's way through the journal: from memory while it keeps up, read back from the journal when it lags, in order
 * and without gap or repeat either way.
 *
 * <p>The thread {@code ingest} offers records, one thread at a time reads ({@link #next}, {@link #settle}, {@link
 * #rewind}), and any thread may ask for the numbers. The ordinal of an event counts what the drain wanted up to it, so
 * that what is gone from the journal before it was read can be told in events.
 */
public final class DrainFeed implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private record Queued(LiveRecord record, long ordinal) {}

    private final Journal journal;
    private final Router router;
    private final List<byte[]> prefixes;
    private final MatchCounter counter;
    private volatile Runnable wake = () -> {};

    // Guarded by the router:
    private final Queue<Queued> queue = new ArrayDeque<>();
    private final TreeMap<Long, Long> ordinalAtSegment = new TreeMap<>();
    private boolean lagging;
    private int matchedInRecord;
    private long matched;
    private FeedCursor settled;

    // Of the thread that reads:
    private @Nullable JournalReader reader;
    private long readPosition;
    private long readOrdinal;

    DrainFeed(Journal journal, Router router, List<byte[]> prefixes, FeedCursor start, long matched) {
        this.journal = journal;
        this.router = router;
        this.prefixes = List.copyOf(prefixes);
        this.counter = new MatchCounter(journal, prefixes);
        this.matched = matched;
        this.readPosition = Math.min(start.position(), journal.end());
        this.settled = new FeedCursor(readPosition, start.account(), matched, journal.end());
        this.readOrdinal = start.account().settled();
        this.lagging = readPosition < journal.end();
    }

    List<byte[]> prefixes() {
        return prefixes;
    }

    /** Sets what is called, on any thread and without waiting, when there may be something to read; and calls it. */
    public void onMore(Runnable wake) {
        this.wake = wake;
        wake.run();
    }

    void wake() {
        wake.run();
    }

    /** Counts wanted events of the record that is being routed; true for its first ones. The router is locked. */
    boolean count(int events) {
        matchedInRecord += events;
        return matchedInRecord == events;
    }

    /** Takes the record whose events were counted. The router is locked. */
    void offer(LiveRecord record) {
        matched += matchedInRecord;
        matchedInRecord = 0;
        if (!lagging && queue.size() < router.queuedRecords()) {
            queue.add(new Queued(record, matched));
        } else {
            lagging = true; // what is queued is read first, and the journal from there on
        }
    }

    /** Notes where a new segment begins. The router is locked, and the segment's first record not yet counted. */
    void segmentBegins(long base) {
        ordinalAtSegment.put(base, matched);
    }

    /**
     * The next record that holds something wanted, or behind which something was lost; empty if there is none just now.
     *
     * @throws IOException if the journal cannot be read
     */
    public Optional<FedRecord> next() throws IOException {
        Queued queued;
        synchronized (router) {
            queued = queue.poll();
            if (queued == null && !lagging) {
                return Optional.empty();
            }
        }
        if (queued != null) {
            byte[] frame = queued.record().frame();
            if (frame != null) {
                readPosition = queued.record().next();
                readOrdinal = queued.ordinal();
                return Optional.of(new FedRecord(readPosition, frame, readOrdinal, 0));
            }
            fallBehind();
        }
        return readBack();
    }

    private void fallBehind() {
        synchronized (router) {
            lagging = true;
            queue.clear();
        }
    }

    private Optional<FedRecord> readBack() throws IOException {
        JournalReader from = reader;
        if (from == null) {
            from = journal.reader(readPosition);
            reader = from;
        }
        long limit = journal.flushedEnd();
        for (Optional<JournalRecord> next = from.next(limit); next.isPresent(); next = from.next(limit)) {
            JournalRecord record = next.get();
            long lost = lostBefore(record.position());
            int wanted = counter.count(record.frame());
            readPosition = record.next();
            readOrdinal += lost + wanted;
            if (lost + wanted > 0) {
                return Optional.of(new FedRecord(readPosition, record.frame(), readOrdinal, lost));
            }
        }
        readPosition = Math.max(readPosition, limit);
        return catchUp();
    }

    /** How many events were wanted that lie before {@code position} and were never read. */
    private long lostBefore(long position) {
        synchronized (router) {
            Map.Entry<Long, Long> segment = ordinalAtSegment.floorEntry(position);
            return segment == null ? 0 : Math.max(0, segment.getValue() - readOrdinal);
        }
    }

    /** Goes on from memory if nothing is left to read back. What is missing then is lost. */
    private Optional<FedRecord> catchUp() throws IOException {
        synchronized (router) {
            if (readPosition < journal.end()) {
                return Optional.empty();
            }
            lagging = false;
            closeReader();
            long lost = Math.max(0, matched - readOrdinal);
            readOrdinal += lost;
            return lost == 0 ? Optional.empty() : Optional.of(new FedRecord(readPosition, NOTHING, readOrdinal, lost));
        }
    }

    private void closeReader() throws IOException {
        if (reader != null) {
            reader.close();
            reader = null;
        }
    }

    /**
     * Everything up to a record that was read is settled.
     *
     * @param next the record's {@link FedRecord#next}
     * @param account what became of all that was wanted so far; its sum is the record's {@link FedRecord#ordinal}
     */
    public void settle(long next, Account account) {
        synchronized (router) {
            settled = new FeedCursor(next, account, matched, journal.end());
            ordinalAtSegment.headMap(next).clear();
        }
    }

    /** Begins again behind what is settled. */
    public void rewind() throws IOException {
        synchronized (router) {
            fallBehind();
            closeReader();
            readPosition = settled.position();
            readOrdinal = settled.account().settled();
        }
    }

    /**
     * Where the drain stands, to be saved or shown. If nothing is pending that is the end, whatever was not wanted before
     * it.
     */
    public FeedCursor cursor() {
        synchronized (router) {
            long end = journal.end();
            boolean done = settled.account().settled() == matched;
            return new FeedCursor(done ? end : settled.position(), settled.account(), matched, end);
        }
    }

    /** What became of all that was wanted and is settled. */
    public Account account() {
        synchronized (router) {
            return settled.account();
        }
    }

    /** Whether the drain reads back from the journal. */
    public boolean isLagging() {
        synchronized (router) {
            return lagging;
        }
    }

    /** Nothing more is offered. To be called by the thread that reads, or when none does. */
    @Override
    public void close() throws IOException {
        router.remove(this);
        closeReader();
    }
}
