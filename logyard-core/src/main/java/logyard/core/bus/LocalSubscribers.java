package logyard.core.bus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import logyard.core.event.Events;
import logyard.core.event.Message;
import logyard.core.event.PrefixTrie;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * The subscribers of this node, any ZeroMQ client among them: each event goes out as a single frame to those whose
 * prefix it begins with, as in the original. Best effort: for a subscriber that does not keep up, frames are dropped,
 * and the gaps are counted. One thread.
 */
final class LocalSubscribers implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LocalSubscribers.class);

    private static final byte UNSUBSCRIBE = 0;
    private static final byte SUBSCRIBE = 1;

    /** Frames kept for a subscriber that does not keep up: 2 MB of usual events, 100 MB of the largest there may be. */
    private static final int HIGH_WATER_MARK = 4000;

    /** So many notices are taken in before events have their turn again. */
    private static final int ROUND = 10_000;

    private final String address;
    private final ZMQ.Socket socket;
    private final WarningLimit warnings = new WarningLimit(System::nanoTime);
    private final IngestCounters counters;
    private final Set<String> prefixes = new HashSet<>(); // a character for each byte
    private final Events events = new Events();
    private PrefixTrie<Boolean> wanted = new PrefixTrie.Builder<Boolean>().build();

    LocalSubscribers(Bus bus, IngestCounters counters) {
        this.counters = counters;
        this.address = bus.addresses().subscribe();
        socket = bus.socket(SocketType.XPUB);
        socket.setSndHWM(HIGH_WATER_MARK);
        socket.setXpubNoDrop(true); // else nobody learns who is left out
        Bus.bind(socket, address);
    }

    ZMQ.Socket socket() {
        return socket;
    }

    /** Takes in who came and went: the first who wants a prefix, and the last who wanted it. */
    void noticeSubscriptions() {
        boolean changed = false;
        for (int i = 0; i < ROUND; i++) {
            byte[] notice = socket.recv(ZMQ.DONTWAIT);
            if (notice == null) {
                break;
            }
            changed |= notice(notice);
        }
        if (changed) {
            var trie = new PrefixTrie.Builder<Boolean>();
            prefixes.forEach(prefix -> trie.add(prefix.getBytes(ISO_8859_1), true));
            wanted = trie.build();
            counters.subscribedPrefixes = prefixes.size();
        }
    }

    private boolean notice(byte[] notice) {
        if (notice.length == 0) {
            return false;
        }
        String prefix = new String(notice, 1, notice.length - 1, ISO_8859_1);
        return switch (notice[0]) {
            case SUBSCRIBE -> prefixes.add(prefix);
            case UNSUBSCRIBE -> prefixes.remove(prefix);
            default -> false; // a message from a subscriber, which has nothing to say
        };
    }

    /** Sends the events of a frame, batch or single, to those who want them. */
    void forward(byte[] frame) {
        if (prefixes.isEmpty()) {
            return;
        }
        Message message = events.over(frame).message();
        while (events.next()) {
            if (!wanted.match(message.bytes(), message.start(), message.end()).isEmpty()) {
                counters.framesOut.increment(); // before anybody can have it
                // A copy, for as long as it waits for a subscriber: the batch would be much more to keep.
                send(Arrays.copyOfRange(message.bytes(), message.start(), message.end()));
            }
        }
    }

    /** Sends a frame to who has room for it; of who has none it is noted that there is a gap from here on. */
    private void send(byte[] frame) {
        if (socket.send(frame, ZMQ.DONTWAIT)) {
            return;
        }
        counters.subscriberGaps.increment();
        if (warnings.isDue()) {
            log.warn(
                    "A subscriber of {} is too slow, it has gaps ({} so far, of all subscribers); to miss nothing, read"
                            + " under a name at bus.read",
                    address,
                    counters.subscriberGaps());
        }
        // JeroMQ now leaves out who is full, and does so until they have read half of what waits for them. It must be
        // this frame: another one would go to whom this one was for.
        socket.setXpubNoDrop(false);
        socket.send(frame, ZMQ.DONTWAIT);
        socket.setXpubNoDrop(true);
    }

    @Override
    public void close() {
        socket.close();
    }
}
