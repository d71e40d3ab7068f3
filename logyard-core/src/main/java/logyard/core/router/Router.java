package logyard.core.router;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import logyard.core.event.Events;
import logyard.core.event.KeyTable;
import logyard.core.event.Message;
import logyard.core.event.PrefixTrie;
import logyard.core.journal.Journal;

/**
 * Hands each record of the journal to the drains that want events in it. The thread {@code ingest} routes; drains come
 * and go from any thread.
 */
public final class Router {
    /** How much of the newest is in memory; a drain that lags more reads it back from the journal. */
    public static final long DEFAULT_WINDOW_BYTES = 16L << 20;

    /** So many records wait for a drain in memory; each costs a reference, the bytes are in the window all share. */
    private static final int QUEUED_RECORDS = 4096;

    /** Beyond so many different keys, what is known about them is found out anew; hostile clients may invent keys. */
    private static final int MAX_KEYS = 20_000;

    private final Journal journal;
    private final Executor counting;
    private final int queuedRecords;
    private final Events events = new Events();

    // Guarded by this:
    private final LiveWindow window;
    private final Set<DrainFeed> feeds = new LinkedHashSet<>();
    private final StreamCounters streams = new StreamCounters();
    private final KeyTable<KeyRoute> byKey = new KeyTable<>();
    private final List<DrainFeed> touched = new ArrayList<>();
    private final List<DrainFeed> toWake = new ArrayList<>();
    private PrefixTrie<DrainFeed> trie = new PrefixTrie.Builder<DrainFeed>().build();
    private long segment;
    private long routedEnd;
    private long writtenEnd;

    private volatile Runnable settled = () -> {};

    /**
     * Hands on what is appended from now on.
     *
     * @param counting where is counted what a drain missed: may take a while, and nobody waits for it
     */
    public Router(Journal journal, long windowBytes, Executor counting) {
        this(journal, windowBytes, counting, QUEUED_RECORDS);
    }

    Router(Journal journal, long windowBytes, Executor counting, int queuedRecords) {
        this.journal = journal;
        this.counting = counting;
        this.queuedRecords = queuedRecords;
        this.window = new LiveWindow(windowBytes);
        this.segment = journal.activeSegment();
        this.routedEnd = journal.end();
    }

    /** Routes the record that was appended last. */
    public synchronized void route(long position, byte[] frame) {
        lookWhatIsWritten();
        var record = new LiveRecord(position, position + Journal.recordBytes(frame), frame);
        routedEnd = record.next();
        if (journal.activeSegment() != segment) {
            segment = journal.activeSegment();
            long oldest = journal.first();
            feeds.forEach(feed -> feed.segmentBegins(segment, oldest));
        }
        Message message = events.over(frame).message();
        int runStart = -1;
        int runKeyEnd = -1;
        int run = 0;
        long runBytes = 0;
        while (events.next()) {
            int bytes = message.end() - message.start();
            if (run > 0 && message.keyEquals(frame, runStart, runKeyEnd)) {
                run++;
                runBytes += bytes;
                continue;
            }
            count(frame, runStart, runKeyEnd, run, runBytes);
            runStart = message.start();
            runKeyEnd = message.start() + message.keyLength();
            run = 1;
            runBytes = bytes;
        }
        count(frame, runStart, runKeyEnd, run, runBytes);
        if (!touched.isEmpty()) {
            record.waitsFor(touched.size());
            window.add(record);
        }
        for (DrainFeed feed : touched) {
            feed.offer(record);
            if (feed.mark(true)) {
                toWake.add(feed);
            }
        }
        touched.clear();
    }

    /** Tells whoever wanted the event of a single frame that it is lost: it could not be stored. */
    public synchronized void lost(byte[] frame) {
        Message message = events.over(frame).message();
        if (events.next()) {
            int keyEnd = message.start() + message.keyLength();
            for (DrainFeed feed : routeOf(frame, message.start(), keyEnd).wanting()) {
                feed.unstored(1);
                if (feed.mark(true)) {
                    toWake.add(feed);
                }
            }
        }
    }

    /** Takes in a run of events with the same key. */
    private void count(byte[] frame, int keyStart, int keyEnd, int run, long bytes) {
        if (run == 0) {
            return;
        }
        journal.countEvents(frame, keyStart, keyEnd, run, bytes);
        KeyRoute route = routeOf(frame, keyStart, keyEnd);
        route.stream().add(run, bytes);
        List<DrainFeed> wanting = route.wanting();
        for (int i = 0; i < wanting.size(); i++) {
            if (wanting.get(i).count(run)) {
                touched.add(wanting.get(i));
            }
        }
    }

    private KeyRoute routeOf(byte[] frame, int keyStart, int keyEnd) {
        KeyRoute route = byKey.get(frame, keyStart, keyEnd);
        if (route == null) {
            if (byKey.size() >= MAX_KEYS) {
                byKey.clear();
            }
            route = new KeyRoute(streams.of(frame, keyStart, keyEnd), trie.match(frame, keyStart, keyEnd + 1));
            byKey.put(frame, keyStart, keyEnd, route);
        }
        return route;
    }

    /**
     * What came in, by stream, in no order. {@value StreamCounters#MOST} streams are told apart, the rest is together as
     * {@value StreamCounters#OTHER}.
     */
    public synchronized List<StreamCount> streams() {
        return streams.all();
    }

    /** Tells the drains that were routed something since the last call to look for it; to be called when the journal was flushed. */
    public void wake() {
        unnoted().forEach(DrainFeed::noteAgain);
        List<DrainFeed> woken;
        synchronized (this) {
            if (toWake.isEmpty()) {
                return;
            }
            woken = new ArrayList<>(toWake);
            woken.forEach(feed -> feed.mark(false));
            toWake.clear();
        }
        woken.forEach(DrainFeed::wake);
    }

    /** What is routed and in the journal's file, too: that far a drain that is killed knows what it wanted. This is locked. */
    private void lookWhatIsWritten() {
        long flushed = journal.flushedEnd();
        if (flushed == routedEnd && flushed != writtenEnd) {
            writtenEnd = flushed;
            feeds.forEach(feed -> feed.isWritten(flushed));
        }
    }

    private synchronized List<DrainFeed> unnoted() {
        lookWhatIsWritten();
        List<DrainFeed> unnoted = List.of();
        for (DrainFeed feed : feeds) {
            if (feed.isUnnoted()) {
                unnoted = unnoted.isEmpty() ? new ArrayList<>() : unnoted;
                unnoted.add(feed);
            }
        }
        return unnoted;
    }

    /** How many records may wait for a drain before it reads back from the journal. */
    int queuedRecords() {
        return queuedRecords;
    }

    /** Where a drain begins that is new now. */
    public synchronized long end() {
        return routedEnd;
    }

    /**
     * Where a drain begins that wants what came in since {@code time}; {@link #end} if nothing did.
     *
     * @throws IOException if the journal cannot be read
     */
    public long positionAt(Instant time) throws IOException {
        return Math.min(journal.positionAt(time), end());
    }

    /**
     * When the oldest event came in that can be had; empty if none was removed.
     *
     * @throws IOException if the journal cannot be read
     */
    public Optional<Instant> keptSince() throws IOException {
        return journal.keptSince();
    }

    /**
     * Where a drain begins that wants the last so many events whose key begins with one of {@code prefixes}; a few more, if
     * they came in one batch with these.
     *
     * @throws IOException if the journal cannot be read
     */
    public long positionOfLast(List<byte[]> prefixes, int events) throws IOException {
        long end = end();
        journal.flush();
        return new LastWanted(journal, new MatchCounter(journal, prefixes)).begin(events, end);
    }

    /**
     * Up to where records were routed. The journal may be ahead of it by the one that is about to be: to take that for
     * routed would be to count it twice, or to lose it. This is locked.
     */
    long routedEnd() {
        return routedEnd;
    }

    /**
     * Lets a drain have the events whose key begins with one of {@code prefixes}, from a cursor on. Waits for no reading:
     * what came in since the cursor was saved is counted elsewhere, and the drain gets nothing before that is done.
     *
     * @param start a position before the oldest record means that one: what is gone in between is reported as lost, as
     *     far as it was counted; one behind the end means the end
     * @throws IOException if the end of the journal cannot be written, so that it could be read
     */
    public DrainFeed add(List<byte[]> prefixes, FeedCursor start) throws IOException {
        DrainFeed feed;
        boolean hasBacklog;
        synchronized (this) {
            feed = new DrainFeed(journal, this, prefixes, start);
            feeds.add(feed);
            rebuild();
            hasBacklog = feed.isCounting();
        }
        if (hasBacklog) {
            journal.flush();
            count(feed);
        }
        return feed;
    }

    /** Has {@code action} done each time somebody's cursor has moved; it must not wait. Any thread. */
    public void onSettled(Runnable action) {
        settled = action;
    }

    void settled() {
        settled.run();
    }

    /** Counts what a drain missed, some time. */
    void count(DrainFeed feed) {
        counting.execute(feed::countBacklog);
    }

    synchronized void remove(DrainFeed feed) {
        feeds.remove(feed);
        toWake.remove(feed);
        rebuild();
    }

    private void rebuild() {
        var builder = new PrefixTrie.Builder<DrainFeed>();
        for (DrainFeed feed : feeds) {
            feed.prefixes().forEach(prefix -> builder.add(prefix, feed));
        }
        trie = builder.build();
        byKey.clear();
    }
}
