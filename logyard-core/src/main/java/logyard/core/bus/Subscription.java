package logyard.core.bus;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * Reads events of this node whose key begins with one of some prefixes. Best effort, as in the original. Made, used and
 * closed by one thread.
 */
public final class Subscription implements AutoCloseable {
    private final ZMQ.Socket socket;

    /** @param prefixes at least one; an empty one wants everything */
    public Subscription(Bus bus, Collection<String> prefixes) {
        this(bus, prefixes, () -> {});
    }

    /**
     * Tells when it reaches the core.
     *
     * @param prefixes at least one; an empty one wants everything
     * @param connected is called, on a thread of the bus, each time the core has answered and is being told the
     *     prefixes; must not wait
     */
    public Subscription(Bus bus, Collection<String> prefixes, Runnable connected) {
        if (prefixes.isEmpty()) {
            throw new IllegalArgumentException("A subscription needs a prefix; \"\" is everything");
        }
        socket = bus.socket(SocketType.SUB);
        socket.setEventHook(event -> connected.run(), ZMQ.EVENT_HANDSHAKE_PROTOCOL);
        prefixes.forEach(prefix -> socket.subscribe(prefix.getBytes(StandardCharsets.UTF_8)));
        Bus.connect(socket, bus.addresses().subscribe());
    }

    /**
     * The next event as {@code <key> SP <json>}; empty if none comes within {@code patience}, or the bus is being
     * closed.
     */
    public Optional<byte[]> next(Duration patience) {
        socket.setReceiveTimeOut(Math.toIntExact(patience.toMillis()));
        try {
            return Optional.ofNullable(socket.recv());
        } catch (ZMQException e) {
            Bus.ignoreClosing(e);
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
