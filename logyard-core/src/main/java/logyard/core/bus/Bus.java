package logyard.core.bus;

import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import zmq.io.net.NetProtocol;

/**
 * The ZeroMQ of one process: makes sockets, and ends every blocking call on them when it is closed. Any thread.
 *
 * <p>Close what uses the bus first; {@link #close} waits until every socket was closed by its owner.
 */
public final class Bus implements AutoCloseable {
    /**
     * The largest frame that is received whole; a larger one is discarded and its connection goes on, see {@link
     * OversizeDiscarding}. Beyond it the connection is closed.
     */
    static final int MAX_FRAME_BYTES = 32 << 20;

    /** What one system call moves at most: twice the default throughput of small frames (measured). */
    private static final int SOCKET_BUFFER_BYTES = 256 << 10;

    /** Frames kept for a subscriber or from a publisher that is slower or faster than we are. */
    private static final int HIGH_WATER_MARK = 10_000;

    static {
        NetProtocol.install(NetProtocol.ipc, new UnixSockets());
    }

    private final BusAddresses addresses;
    private final ZMQ.Context context = ZMQ.context(1);

    public Bus(BusAddresses addresses) {
        this.addresses = addresses;
    }

    public BusAddresses addresses() {
        return addresses;
    }

    /** A socket with the limits of ours; to be used and closed by the calling thread. */
    ZMQ.Socket socket(SocketType type) {
        ZMQ.Socket socket = context.socket(type);
        socket.setLinger(0);
        socket.setSndHWM(HIGH_WATER_MARK);
        socket.setRcvHWM(HIGH_WATER_MARK);
        socket.setMaxMsgSize(MAX_FRAME_BYTES);
        socket.setReconnectIVL(50);
        socket.setReconnectIVLMax(1000);
        return socket;
    }

    ZMQ.Poller poller(int size) {
        return context.poller(size);
    }

    /** Connects, with the buffers set where they take effect. */
    static void connect(ZMQ.Socket socket, String address) {
        setBuffers(socket);
        socket.connect(address);
    }

    /**
     * Binds.
     *
     * @throws BusException if the address is taken, cannot be created or may not be used
     */
    static void bind(ZMQ.Socket socket, String address) {
        try {
            socket.bind(address);
        } catch (org.zeromq.ZMQException e) {
            throw new BusException("Cannot serve the bus at " + address + " (" + e.getMessage()
                    + "): is another logyard running, or may this user not write there?");
        }
        setBuffers(socket); // after bind: before it, JeroMQ throws
    }

    private static void setBuffers(ZMQ.Socket socket) {
        socket.setSendBufferSize(SOCKET_BUFFER_BYTES);
        socket.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
    }

    @Override
    public void close() {
        context.term();
    }
}
