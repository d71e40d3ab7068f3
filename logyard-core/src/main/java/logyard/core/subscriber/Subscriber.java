package logyard.core.subscriber;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import logyard.core.bus.ReadReply;
import logyard.core.bus.WarningLimit;
import logyard.core.event.PrefixTrie;
import logyard.core.router.Account;
import logyard.core.router.DrainFeed;
import logyard.core.router.FedRecord;
import logyard.core.router.FeedCursor;
import org.jspecify.annotations.Nullable;

/**
 * One who reads under a name: where it stands, and what is on its way to it. One thread, but for {@link #figures}.
 *
 * <p>Without a session it costs its feed's cursor. What is on the way when a session ends comes again in the next one.
 */
final class Subscriber {
    /** A delivery is as large as this, or little more: with the record that was added last. */
    static final int DELIVERY_BYTES = 256 << 10;

    /** After so much of the journal others have their turn, however little of it is wanted. */
    private static final long READ_BACK_IN_A_ROW = 1 << 20;

    /** What all of them share, and do not belong to any. */
    record Surroundings(UUID journal, SafeEnd safeEnd, Clock clock) {}

    /** Up to where the journal is safe. */
    interface SafeEnd {
        /** Any thread. */
        long position();
    }

    /** What is told of it. */
    record Figures(boolean isConnected, FeedCursor cursor) {}

    /** What is to be sent to a client. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    record Outgoing(String client, ReadReply header, byte[] batch) {}

    private record InFlight(long number, long next, Account gains, int bytes) {
        InFlight upTo(long position) {
            return new InFlight(number, position, gains, bytes);
        }
    }

    private final String name;
    private final List<String> prefixes;
    private final DrainFeed feed;
    private final PrefixTrie<Boolean> wanted;
    private final Surroundings surroundings;
    private final Deque<InFlight> inFlight = new ArrayDeque<>();
    private volatile @Nullable Session session;
    private final WarningLimit begins = new WarningLimit(System::nanoTime);
    private final WarningLimit ends = new WarningLimit(System::nanoTime);
    private @Nullable FedRecord held; // read, but not safe yet
    private long next;
    private long ordinal;
    private long bytesInFlight;

    Subscriber(String name, List<String> prefixes, DrainFeed feed, Surroundings surroundings) {
        this.name = name;
        this.prefixes = List.copyOf(prefixes);
        this.feed = feed;
        this.surroundings = surroundings;
        var trie = new PrefixTrie.Builder<Boolean>();
        prefixes.forEach(prefix -> trie.add(prefix.getBytes(StandardCharsets.UTF_8), true));
        this.wanted = trie.build();
    }

    String name() {
        return name;
    }

    List<String> prefixes() {
        return prefixes;
    }

    DrainFeed feed() {
        return feed;
    }

    Optional<Session> session() {
        return Optional.ofNullable(session);
    }

    /** Whether to log that a session begins: not each time, if a client does nothing else. */
    boolean tellsOfBegin() {
        return begins.isDue();
    }

    /** The same where one ends. */
    boolean tellsOfEnd() {
        return ends.isDue();
    }

    /** How many bytes are on the way to its client. */
    long bytesInFlight() {
        return bytesInFlight;
    }

    /** Any thread. */
    Figures figures() {
        return new Figures(session != null, feed.cursor());
    }

    /** A session begins, behind what is acknowledged; one before is over. */
    void begin(Session begun) throws IOException {
        end();
        next = feed.position();
        ordinal = feed.account().settled();
        session = begun;
    }

    /** The session is over. */
    void end() throws IOException {
        session = null;
        held = null;
        inFlight.clear();
        bytesInFlight = 0;
        feed.rewind();
    }

    /** The client is done with all deliveries up to a number; false if there was none of that number. */
    boolean acknowledge(long number) {
        Session current = session;
        if (current == null || number > current.sent()) {
            return false;
        }
        for (InFlight oldest = inFlight.peek(); oldest != null && oldest.number() <= number; oldest = inFlight.peek()) {
            inFlight.remove();
            bytesInFlight -= oldest.bytes();
            feed.settle(oldest.next(), oldest.gains());
        }
        return true;
    }

    /** Whether its client may get one more now. */
    boolean hasRoom() {
        Session current = session;
        return current != null && inFlight.size() < current.credit();
    }

    /** What {@link #read} came to. */
    enum Read {
        /** There is nothing just now. */
        NOTHING,
        /** Nothing for the client so far, and more to read. */
        MORE,
        /** There is something for the client. */
        DELIVERY
    }

    /**
     * Reads on in the journal; what is found goes to {@code to}.
     *
     * @throws IOException if the journal cannot be read; the session is to be ended then
     */
    Read read(Deque<Outgoing> to) throws IOException {
        Session current = session;
        if (current == null) {
            return Read.NOTHING;
        }
        var draft = new DeliveryDraft(name, surroundings.journal(), wanted, next, ordinal);
        for (FedRecord record = take(); record != null; record = isFull(draft) ? null : take()) {
            if (!draft.takes(record)) {
                held = record;
                break;
            }
            draft.add(record);
        }
        boolean moved = draft.next() > next;
        next = draft.next();
        ordinal = draft.ordinal();
        if (draft.isEmpty()) {
            passed();
            return moved ? Read.MORE : Read.NOTHING;
        }
        byte[] batch = draft.batch();
        long number = current.count();
        inFlight.add(new InFlight(number, next, draft.gains(surroundings.clock()), batch.length));
        bytesInFlight += batch.length;
        to.add(new Outgoing(
                current.client(),
                new ReadReply(
                        current.id(), surroundings.journal().toString(), number, draft.missed(), Optional.empty()),
                batch));
        return Read.DELIVERY;
    }

    private static boolean isFull(DeliveryDraft draft) {
        return draft.length() >= DELIVERY_BYTES || draft.readBackBytes() >= READ_BACK_IN_A_ROW;
    }

    /** The next record that is safe: a client must not do something about what a power failure takes away. */
    private @Nullable FedRecord take() throws IOException {
        FedRecord record = held == null ? feed.next().orElse(null) : held;
        held = null;
        boolean hasEvents = record != null && record.frame().length > 0;
        if (record != null
                && hasEvents
                && record.next() > surroundings.safeEnd().position()) {
            held = record;
            return null;
        }
        return record;
    }

    /** Nothing was wanted up to here: that belongs to what is on its way, or else is settled now. */
    private void passed() {
        if (inFlight.isEmpty()) {
            feed.settle(next, Account.NOTHING);
        } else {
            inFlight.add(inFlight.removeLast().upTo(next));
        }
    }
}
