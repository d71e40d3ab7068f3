package logyard.core.bus;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A thread of JeroMQ's that knows the connections it made, to close those that JeroMQ forgets.
 *
 * <p>A connection is closed by its session, after that has told its socket that it ends. When the socket has heard of it
 * before JeroMQ has woken it, and is gone, waking it throws (seen with 0.7.0: {@code ClosedChannelException} in {@code
 * Own.checkTermAcks}), and the session gets no further: its connection stayed open, about one in a thousand.
 */
final class BusThread extends Thread {
    private final Deque<SocketChannel> connections = new ArrayDeque<>();

    /** Keeps no process from ending, as JeroMQ's own. */
    BusThread(Runnable work, String name) {
        super(work, name);
        setDaemon(true);
    }

    /** The calling thread, which is one of these, has made a connection. */
    static void made(SocketChannel connection) {
        if (currentThread() instanceof BusThread thread) {
            synchronized (thread.connections) {
                thread.connections.removeIf(other -> !other.isOpen());
                thread.connections.add(connection);
            }
        }
    }

    /** To be called when it has done its work. */
    void closeForgotten() throws IOException {
        synchronized (connections) {
            for (SocketChannel connection : connections) {
                connection.close();
            }
            connections.clear();
        }
    }
}
