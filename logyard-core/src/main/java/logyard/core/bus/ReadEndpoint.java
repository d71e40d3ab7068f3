package logyard.core.bus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.Optional;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.Msg;

/**
 * The core's end of the bus for named subscribers. Made, used and closed by one thread.
 *
 * <p>Requests that come faster than they are taken are dropped beyond a bound, and so are answers to who does not read
 * them.
 */
public final class ReadEndpoint implements AutoCloseable {
    /** How much may wait to be taken, of all clients together. */
    private static final long MAX_WAITING_BYTES = 4 << 20;

    /** Answers kept for a client that does not read; deliveries among them are bounded by its credit. */
    private static final int HIGH_WATER_MARK = 100;

    /** In place of what is no request: whoever sent it is told what one is. */
    private static final byte[] NONE = {};

    private final FrameMemory memory = new FrameMemory(ReadRequest.MAX_BYTES, MAX_WAITING_BYTES);
    private final Wakeup wakeup;
    private final ZMQ.Socket socket;
    private final ZMQ.Poller poller;
    private final int work;

    /**
     * A request as it came.
     *
     * @param client the connection, to which the answer goes
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    public record Received(String client, byte[] request) {}

    /**
     * Binds the fourth endpoint of the bus.
     *
     * @param wakeup ends {@link #await}; closed with this
     * @throws BusException if the address cannot be bound
     */
    public ReadEndpoint(Bus bus, Wakeup wakeup) {
        this.wakeup = wakeup;
        socket = bus.socket(SocketType.ROUTER);
        socket.setSndHWM(HIGH_WATER_MARK);
        socket.setMsgAllocator(memory);
        socket.setRouterMandatory(true); // else nobody learns that a client is gone
        Bus.bind(socket, bus.addresses().read());
        poller = bus.poller(2);
        int unused = poller.register(socket, ZMQ.Poller.POLLIN);
        work = poller.register(wakeup.channel(), ZMQ.Poller.POLLIN);
    }

    /** Waits for a request or a wake-up; false if the bus is being closed. */
    public boolean await(Duration patience) {
        boolean goesOn = poller.poll(patience.toMillis()) >= 0;
        if (poller.pollin(work)) {
            wakeup.reset();
        }
        return goesOn;
    }

    /** The next request, if one is waiting. */
    public Optional<Received> next() {
        Msg client = socket.base().recv(ZMQ.DONTWAIT);
        if (client == null) {
            memory.nothingWaits();
            return Optional.empty();
        }
        byte[] request = {};
        int parts = 0;
        for (Msg part = client; part != null && part.hasMore(); parts++) {
            part = socket.base().recv(ZMQ.DONTWAIT);
            if (part != null) {
                memory.take(part);
                request = memory.isDiscarded(part) ? NONE : part.data();
            }
        }
        return Optional.of(new Received(new String(client.data(), ISO_8859_1), parts == 1 ? request : NONE));
    }

    /** Sends an answer, without waiting; false if the client is gone, or does not read. */
    public boolean send(String client, byte[] header, byte[] batch) {
        try {
            return socket.send(client.getBytes(ISO_8859_1), ZMQ.SNDMORE | ZMQ.DONTWAIT)
                    && socket.send(header, ZMQ.SNDMORE | ZMQ.DONTWAIT)
                    && socket.send(batch, ZMQ.DONTWAIT);
        } catch (ZMQException e) {
            if (e.getErrorCode() == ZMQ.Error.EHOSTUNREACH.getCode()) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        poller.close();
        socket.close();
        wakeup.close();
    }
}
