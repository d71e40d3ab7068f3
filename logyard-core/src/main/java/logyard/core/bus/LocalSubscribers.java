package logyard.core.bus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.LongAdder;
import logyard.core.event.Events;
import logyard.core.event.Message;
import logyard.core.event.PrefixTrie;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * The subscribers of this node, any ZeroMQ client among them: each event goes out as a single frame to those whose
 * prefix it begins with, as in the original. Best effort: for a subscriber that does not keep up, frames are dropped.
 * One thread.
 */
final class LocalSubscribers implements AutoCloseable {
    private final ZMQ.Socket socket;
    private final LongAdder framesOut;
    private final Set<String> prefixes = new TreeSet<>(); // a character for each byte
    private final Events events = new Events();
    private PrefixTrie<Boolean> wanted = new PrefixTrie.Builder<Boolean>().build();

    LocalSubscribers(Bus bus, LongAdder framesOut) {
        this.framesOut = framesOut;
        socket = bus.socket(SocketType.XPUB);
        Bus.bind(socket, bus.addresses().subscribe());
    }

    ZMQ.Socket socket() {
        return socket;
    }

    /** Takes in who came and went. */
    void noticeSubscriptions() {
        for (byte[] frame = socket.recv(ZMQ.DONTWAIT); frame != null; frame = socket.recv(ZMQ.DONTWAIT)) {
            if (frame.length > 0) {
                String prefix = new String(frame, 1, frame.length - 1, ISO_8859_1);
                if (frame[0] == 1) {
                    prefixes.add(prefix);
                } else {
                    prefixes.remove(prefix);
                }
            }
        }
        var trie = new PrefixTrie.Builder<Boolean>();
        prefixes.forEach(prefix -> trie.add(prefix.getBytes(ISO_8859_1), true));
        wanted = trie.build();
    }

    /** Sends the events of a frame, batch or single, to those who want them. */
    void forward(byte[] frame) {
        if (prefixes.isEmpty()) {
            return;
        }
        Message message = events.over(frame).message();
        while (events.next()) {
            if (!wanted.match(message.bytes(), message.start(), message.end()).isEmpty()) {
                socket.send(Arrays.copyOfRange(message.bytes(), message.start(), message.end()));
                framesOut.increment();
            }
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
