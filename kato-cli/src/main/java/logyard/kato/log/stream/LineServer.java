package logyard.kato.log.stream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import logyard.kato.command.CommandFailedException;

/**
 * Takes in the lines that the nodes send, each over a connection of its own, and hands them on in the order in which they
 * come. A node that leaves, or sends what is no line, concerns no other one.
 */
final class LineServer implements AutoCloseable {
    /** The ports that firewalls between the nodes let through. */
    static final int FIRST_PORT = 7000;

    static final int PORTS = 1000;

    private static final int ATTEMPTS = 50;
    private static final int MAX_CONNECTIONS = 1024;
    private static final int SHARED_BYTES = 16 << 20;

    private final String node;
    private final ServerSocket server;
    private final Lines lines;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final Semaphore free = new Semaphore(MAX_CONNECTIONS);
    private final Semaphore memory = new Semaphore(SHARED_BYTES);
    private volatile boolean expectsGoodbyes;
    private volatile boolean wasConnected;

    /** Takes what comes in. Any thread. */
    interface Lines {
        /** A connection was made; who takes its lines. */
        Sender connected(String address);

        /** Something about the lines that the operator should know. */
        void notice(String text);
    }

    /** Takes what comes over one connection. One thread. */
    interface Sender {
        void line(String line);

        /** The connection ended, other than by us. */
        void left();
    }

    private LineServer(String node, ServerSocket server, Lines lines) {
        this.node = node;
        this.server = server;
        this.lines = lines;
    }

    /**
     * Listens at the address of this node, or at all addresses if it is not one of this host, as behind NAT.
     *
     * @param ports the ports to try, until one is free
     * @throws CommandFailedException if none is
     */
    static LineServer open(String node, IntSupplier ports, Lines lines) {
        IOException last = new IOException("no attempt was made");
        for (int i = 0; i < ATTEMPTS; i++) {
            try {
                var server = new LineServer(node, listen(node, ports.getAsInt()), lines);
                start("lines", server::acceptAll);
                return server;
            } catch (IOException e) {
                last = e;
            }
        }
        throw new CommandFailedException("cannot listen at " + node + " on any of " + ATTEMPTS + " ports from "
                + FIRST_PORT + " to " + (FIRST_PORT + PORTS - 1) + ": " + last.getMessage()
                + "; are they all in use, or is node.ip wrong?");
    }

    private static ServerSocket listen(String node, int port) throws IOException {
        InetAddress address = InetAddress.getByName(node);
        boolean isOurs = NetworkInterface.getByInetAddress(address) != null;
        var socket = new ServerSocket();
        try {
            socket.bind(isOurs ? new InetSocketAddress(address, port) : new InetSocketAddress(port), MAX_CONNECTIONS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Where the nodes are to send their lines, such as {@code 10.0.0.5:7342}. */
    String address() {
        return node + ":" + server.getLocalPort();
    }

    /** Whether any node has connected so far. */
    boolean wasConnected() {
        return wasConnected;
    }

    private void acceptAll() {
        try {
            while (true) {
                Socket peer = server.accept();
                if (free.tryAcquire()) {
                    connections.add(peer);
                    wasConnected = true;
                    start("lines-" + peer.getInetAddress().getHostAddress(), () -> readAll(peer));
                } else {
                    peer.close();
                }
            }
        } catch (IOException e) {
            if (!server.isClosed()) {
                lines.notice("no more nodes can connect: " + e.getMessage());
            }
        }
    }

    private void readAll(Socket peer) {
        String address = peer.getInetAddress().getHostAddress();
        Sender sender = lines.connected(address);
        try (peer;
                var reader = new LineReader(peer.getInputStream(), memory)) {
            peer.setKeepAlive(true); // a node that lost its power says no goodbye
            while (readOne(reader, address, sender)) {}
        } catch (IOException e) {
            // as when it says goodbye: it comes back by itself
        } finally {
            connections.remove(peer);
            if (!server.isClosed() && !expectsGoodbyes) {
                sender.left();
            }
            free.release(); // so that who waits for goodbyes has been told of this one
        }
    }

    private boolean readOne(LineReader reader, String address, Sender sender) throws IOException {
        try {
            Optional<String> line = reader.next();
            line.ifPresent(sender::line);
            return line.isPresent();
        } catch (LineReader.LineTooLongException e) {
            lines.notice(address + ": " + e.getMessage());
            return true;
        }
    }

    private static void start(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** From now on it is no news that a node leaves. */
    void expectGoodbyes() {
        expectsGoodbyes = true;
    }

    /** Waits for the nodes to end their connections, which they do when the drain is gone. */
    void awaitGoodbyes(Duration patience) {
        try {
            if (free.tryAcquire(MAX_CONNECTIONS, patience.toMillis(), TimeUnit.MILLISECONDS)) {
                free.release(MAX_CONNECTIONS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what connections there are. */
    @Override
    public void close() {
        try {
            server.close();
            for (Socket peer : connections) {
                peer.close();
            }
        } catch (IOException e) {
            // then there is nothing left to close
        }
    }
}
