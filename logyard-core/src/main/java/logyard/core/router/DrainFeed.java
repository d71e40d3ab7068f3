package logyard.core.router;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    /** So much of the journal is passed in one call: others on the same executor have their turn then. */
    static final long READ_BACK_BYTES = 256 << 10;

    private static final byte[] NOTHING = {};

    private final Journal journal;
    private final Router router;
    private final List<byte[]> prefixes;
    private final MatchCounter counter;
    private final Backlog backlog;
    private volatile Runnable wake = () -> {};
    private volatile CursorNotes.@Nullable Note note;
    private volatile boolean unnoted;

    // Guarded by the router:
    private final LiveQueue queue = new LiveQueue();
    private final SegmentOrdinals ordinals = new SegmentOrdinals();
    private final Unstored unstored;
    private boolean lagging;
    private boolean toBeWoken;
    private int matchedInRecord;
    private long matched;
    private FeedCursor settled;
    private long writtenMatched; // of those, what is in the journal's file
    private long writtenTo; // the end of that

    // Of the thread that reads:
    private @Nullable JournalReader reader;
    private long readPosition;
    private long readOrdinal;
    private boolean evictedBehind;
    private long untoldFrom; // what is missing before it was told

    /** The router is locked; what it routes next is the first that is offered. */
    DrainFeed(Journal journal, Router router, List<byte[]> prefixes, FeedCursor start) {
        long end = router.routedEnd();
        this.journal = journal;
        this.router = router;
        this.prefixes = List.copyOf(prefixes);
        this.counter = new MatchCounter(journal, prefixes);
        this.matched = Math.max(start.stored(), start.account().settled());
        this.unstored = new Unstored(start.unstored(), start.account().dropped(DropReason.UNSTORED));
        this.readPosition = Math.min(start.position(), end);
        this.backlog = new Backlog(journal, this.prefixes, Math.min(start.countedTo(), end), end);
        this.settled = new FeedCursor(readPosition, start.account(), matched, backlog.from(), unstored.all());
        this.writtenMatched = matched;
        this.writtenTo = backlog.from();
        this.readOrdinal = start.account().settled();
        this.untoldFrom = readPosition;
        this.lagging = readPosition < end || !backlog.isCounted();
    }

    List<byte[]> prefixes() {
        return prefixes;
    }

    /** From now on is noted what is settled, so that not even a kill has it repeated. */
    void noteProgress(CursorNotes.Note in) {
        note = in;
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
        LiveRecord oldest = queue.first();
        if (oldest != null && oldest.frame() == null) {
            lagging = true;
            queue.clear(); // the oldest has to be read back, so nobody needs the others
        }
        if (!lagging && queue.size() < router.queuedRecords()) {
            queue.add(record, matched);
        } else {
            lagging = true; // what is queued is read first, and the journal from there on
            record.taken();
        }
    }

    /** Wanted events came that could not be stored. The router is locked. */
    void unstored(int events) {
        unstored.add(events, router.routedEnd());
    }

    /** Marks this feed as to be woken or not; whether that is new. The router is locked. */
    boolean mark(boolean wakeIt) {
        boolean changes = toBeWoken != wakeIt;
        toBeWoken = wakeIt;
        return changes;
    }

    /** Notes where a new segment begins. The router is locked, and the segment's first record not yet counted. */
    void segmentBegins(long base, long oldest) {
        ordinals.begins(base, matched, oldest);
    }

    /** How many objects are in memory for this drain alone. The router is locked, or quiet. */
    int heldObjects() {
        return queue.size() + ordinals.size();
    }

    /** Whether something has to be counted before the drain can read. The router is locked. */
    boolean isCounting() {
        return !backlog.isCounted();
    }

    /** Counts what came in before the first record that was offered; until then nothing is read for the drain. */
    void countBacklog() {
        try {
            long more = backlog.count();
            synchronized (router) {
                matched += more;
                writtenMatched += more;
                writtenTo = backlog.to();
                ordinals.add(more);
                backlog.isCountedNow();
            }
        } catch (IOException e) {
            synchronized (router) {
                backlog.failed(e);
            }
        }
        wake();
    }

    /**
     * The next record that holds something wanted, or behind which something was lost; empty if there is none just now,
     * in which case {@link #onMore} tells of the next. While the drain lags it may also be one with nothing for it: so
     * much was passed, and there is more.
     *
     * @throws IOException if the journal cannot be read
     */
    public Optional<FedRecord> next() throws IOException {
        LiveRecord record;
        byte @Nullable [] frame = null;
        long ordinal = 0;
        synchronized (router) {
            if (!backlog.isCounted()) {
                Optional<IOException> failure = backlog.takeFailure();
                if (failure.isPresent()) {
                    router.count(this);
                    throw failure.get();
                }
                return Optional.empty();
            }
            record = queue.first();
            boolean caughtUp = record == null && !lagging;
            if (unstored.isDue(readPosition, caughtUp)) {
                return Optional.of(new FedRecord(readPosition, NOTHING, readOrdinal, unstored.take(), 0));
            }
            if (caughtUp) {
                return Optional.empty();
            }
            if (record != null) {
                ordinal = queue.firstOrdinal();
                frame = record.frame();
                queue.removeFirst();
            }
        }
        if (record != null) {
            if (frame != null) {
                readPosition = record.next();
                readOrdinal = ordinal;
                return Optional.of(new FedRecord(readPosition, frame, readOrdinal, Lost.NOTHING, 0));
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
            from = journal.reader(readPosition, counter::isUnwanted);
            reader = from;
        }
        long began = readPosition;
        evictedBehind |= began < journal.first();
        long end;
        synchronized (router) {
            end = Math.min(journal.flushedEnd(), router.routedEnd());
        }
        long limit = Math.min(end, began + READ_BACK_BYTES);
        for (Optional<JournalRecord> next = from.next(limit); next.isPresent(); next = from.next(limit)) {
            JournalRecord record = next.get();
            Lost lost = lostBefore(record.position());
            int wanted = counter.count(record.frame());
            readPosition = record.next();
            readOrdinal += lost.inJournal() + wanted;
            if (lost.inJournal() + wanted > 0) {
                return Optional.of(
                        new FedRecord(readPosition, record.frame(), readOrdinal, lost, readPosition - began));
            }
        }
        readPosition = Math.max(readPosition, Math.max(limit, from.position()));
        return readPosition < end
                ? Optional.of(new FedRecord(readPosition, NOTHING, readOrdinal, Lost.NOTHING, readPosition - began))
                : catchUp();
    }

    /** What was wanted that lies before {@code position} and was never read. */
    private Lost lostBefore(long position) {
        long first = journal.first();
        long before;
        long gone;
        synchronized (router) {
            before = ordinals.before(position);
            gone = ordinals.before(first);
        }
        long lost = Math.max(0, before - readOrdinal);
        if (lost > 0) {
            boolean isBehind = evictedBehind || untoldFrom < first;
            long removed = gone == 0 ? lost : Math.max(0, gone - readOrdinal);
            return lost(lost, isBehind ? removed : 0, position);
        }
        if (before > 0) {
            untoldFrom = position; // ordinals are known from there on
        }
        return Lost.NOTHING;
    }

    /**
     * So many are missing before {@code position}.
     *
     * @param removed how many of them went with their segments; what went from those that there are, their summaries say
     */
    private Lost lost(long lost, long removed, long position) {
        long evicted = Math.min(lost, removed + counter.countEvicted(untoldFrom, position));
        untoldFrom = position;
        return Lost.of(lost, evicted);
    }

    /** Goes on from memory if nothing is left to read back. What is missing then is lost. */
    private Optional<FedRecord> catchUp() throws IOException {
        long missing;
        synchronized (router) {
            if (readPosition < router.routedEnd()) {
                return Optional.empty();
            }
            lagging = false;
            missing = Math.max(0, matched - readOrdinal);
            readOrdinal += missing;
        }
        closeReader();
        Lost lost = missing == 0 ? Lost.NOTHING : lost(missing, evictedBehind ? missing : 0, readPosition);
        evictedBehind = false;
        untoldFrom = readPosition;
        return missing == 0
                ? Optional.empty()
                : Optional.of(new FedRecord(readPosition, NOTHING, readOrdinal, lost, 0));
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
     * @param gains what became of what was wanted since the call before; the sum of all is the record's {@link
     *     FedRecord#ordinal}
     */
    public void settle(long next, Account gains) {
        FeedCursor now;
        synchronized (router) {
            settled = at(next, settled.account().plus(gains));
            now = written();
            ordinals.forgetBefore(next);
        }
        note(now);
        router.settled();
    }

    /** What a target has got from memory may not be in the journal's file yet: then it is noted when it is, or next time. */
    private void note(FeedCursor now) {
        CursorNotes.Note to = note;
        if (to != null) {
            boolean isWritten = now.position() <= now.countedTo() && now.countedTo() <= journal.flushedEnd();
            unnoted = false; // before it is looked at, as another thread may settle more
            if (!isWritten || !to.write(now)) {
                unnoted = true;
            }
        }
    }

    /** Where it stands, with what it wanted of what is in the journal's file. The router is locked. */
    FeedCursor written() {
        return new FeedCursor(settled.position(), settled.account(), writtenMatched, writtenTo, settled.unstored());
    }

    /** The journal's file ends where the routed records do. The router is locked. */
    void isWritten(long end) {
        if (backlog.isCounted()) {
            writtenMatched = matched;
            writtenTo = end;
        }
    }

    /** Whether something was settled that could not be noted. Any thread. */
    boolean isUnnoted() {
        return unnoted;
    }

    /** Notes where it stands, as far as the journal was written. Any thread. */
    void noteAgain() {
        FeedCursor now;
        synchronized (router) {
            now = written();
        }
        note(now);
    }

    private FeedCursor at(long position, Account account) {
        return new FeedCursor(position, account, matched, router.routedEnd(), unstored.all());
    }

    /** Begins again behind what is settled. */
    public void rewind() throws IOException {
        synchronized (router) {
            fallBehind();
            closeReader();
            readPosition = settled.position();
            readOrdinal = settled.account().settled();
            untoldFrom = readPosition;
            unstored.rewind(settled.account().dropped(DropReason.UNSTORED));
        }
    }

    /** Everything before it is settled. */
    public long position() {
        synchronized (router) {
            return settled.position();
        }
    }

    /**
     * Where the drain stands, to be saved or shown. If nothing is pending that is the end, whatever was not wanted before
     * it.
     */
    public FeedCursor cursor() {
        synchronized (router) {
            if (!backlog.isCounted()) {
                return settled;
            }
            boolean done = settled.account().settled() == matched;
            return at(done ? router.routedEnd() : settled.position(), settled.account());
        }
    }

    /**
     * When the oldest of the events came in that are wanted and not settled; empty if there is none, or it was not written
     * yet. If it is far behind what nobody wants, it is somewhat younger than that. Reads the journal: not for threads that
     * carry events.
     *
     * @throws IOException if the journal cannot be read
     */
    public Optional<Instant> oldestPending() throws IOException {
        long from;
        long end;
        synchronized (router) {
            if (!backlog.isCounted() || settled.account().settled() == matched) {
                return Optional.empty();
            }
            from = settled.position();
            end = Math.min(journal.flushedEnd(), router.routedEnd());
        }
        return new OldestWanted(journal, new MatchCounter(journal, prefixes)).from(from, end);
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
        synchronized (router) {
            queue.clear();
        }
        closeReader();
    }
}
