package logyard.core.bus;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;
import zmq.io.net.NetProtocol;

/**
 * The ZeroMQ of one process: makes sockets, and ends every blocking call on them when it is closed. Any thread.
 *
 * <p>Close what uses the bus first; {@link #close} waits until every socket was closed by its owner.
 */
public final class Bus implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Bus.class);

    /**
     * The largest frame after which a connection goes on, even if the frame itself is discarded; see {@link FrameMemory}.
     * Beyond it the connection is closed.
     */
    static final int MAX_FRAME_BYTES = 12 << 20;

    /**
     * The longest prefix that can be subscribed to. JeroMQ walks along it recursively, on the thread that serves the
     * socket: four times as much overflows a stack of 256 KiB.
     */
    static final int MAX_PREFIX_BYTES = 256;

    /**
     * What one system call moves at most: up to twice the default throughput of small frames, while twice as much again
     * brings nothing (measured). Each connection has a direct buffer of this size.
     */
    private static final int SOCKET_BUFFER_BYTES = 128 << 10;

    /** Frames kept of a publisher that is faster than we are; see also {@link FrameMemory}. */
    private static final int HIGH_WATER_MARK = 10_000;

    static {
        NetProtocol.install(NetProtocol.ipc, new UnixSockets());
        NetProtocol.install(NetProtocol.tcp, new TcpSockets());
    }

    private final BusAddresses addresses;
    private final ZMQ.Context context = ZMQ.context(1);
    private final Queue<BusThread> threads = new ConcurrentLinkedQueue<>();
    private final WarningLimit warnings = new WarningLimit(System::nanoTime);

    public Bus(BusAddresses addresses) {
        this.addresses = addresses;
        context.setThreadFactor(this::thread); // so it is spelled
        context.setNotificationExceptionHandler(this::survived);
    }

    private Thread thread(Runnable work, String name) {
        var thread = new BusThread(work, name);
        thread.setUncaughtExceptionHandler(context.getUncaughtExceptionHandler());
        threads.add(thread);
        return thread;
    }

    /** JeroMQ's I/O thread stumbled, as over a command of a client that is cut short, and went on. */
    private void survived(Thread thread, Throwable e) {
        if (!isOfAClosedSocket(e) && warnings.isDue()) {
            log.warn("The bus went on after {}", e.toString());
        }
    }

    /** JeroMQ may come upon a socket just after its end, and says so in two ways; nobody needs to be told. */
    static boolean isOfAClosedSocket(Throwable e) {
        return e instanceof ZError.IOException || e instanceof ClosedChannelException;
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
        socket.setMaxMsgSize(takesFrames(type) ? MAX_FRAME_BYTES : 1 + MAX_PREFIX_BYTES);
        socket.setReconnectIVL(50);
        socket.setReconnectIVLMax(1000);
        return socket;
    }

    /** Whether others send it more than prefixes. */
    private static boolean takesFrames(SocketType type) {
        return type == SocketType.SUB || type == SocketType.ROUTER || type == SocketType.DEALER;
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
     * Binds; closes the socket where that fails.
     *
     * @throws BusException if the address is taken, cannot be created or may not be used
     */
    static void bind(ZMQ.Socket socket, String address) {
        try {
            UnixSockets.makeWay(address);
            socket.bind(address);
        } catch (BusException e) {
            socket.close();
            throw e;
        } catch (ZMQException e) {
            socket.close();
            throw new BusException("Cannot serve the bus at " + address + " (" + e.getMessage()
                    + "): is another logyard running, or may this user not write there?");
        }
        setBuffers(socket); // after bind: before it, JeroMQ throws
    }

    /** For the one direction that carries events. */
    private static void setBuffers(ZMQ.Socket socket) {
        if (socket.getSocketType() == SocketType.SUB || socket.getSocketType() == SocketType.DEALER) {
            socket.setReceiveBufferSize(SOCKET_BUFFER_BYTES);
        } else {
            socket.setSendBufferSize(SOCKET_BUFFER_BYTES);
        }
    }

    /** Ends the work of a thread that uses the bus when the bus is closed under it. */
    static void ignoreClosing(ZMQException e) {
        if (e.getErrorCode() != ZMQ.Error.ETERM.getCode()) {
            throw e;
        }
    }

    @Override
    public void close() {
        context.term();
        for (BusThread thread : threads) {
            try {
                thread.closeForgotten();
            } catch (IOException e) {
                log.warn("Cannot close a connection of the bus: {}", e.toString());
            }
        }
    }
}
