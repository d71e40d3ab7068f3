package logyard.proof.oracle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A TCP target on loopback that reads one connection after the other, line by line, as fast as it goes or slowly, or is
 * down. What a connection sent before it broke is read to its end before the next one is.
 */
public final class Target implements AutoCloseable {
    private static final int SLOW_READ_BYTES = 4 << 10;

    private final Consumer<String> lines;
    private final int port;
    private volatile long bytesPerSecond;

    // Guarded by this:
    private @Nullable ServerSocket server;
    private @Nullable Socket connection;

    /** Listens; each line goes to {@code lines}, on a thread of the target's. */
    public Target(Consumer<String> lines) throws IOException {
        this.lines = lines;
        this.port = listen(0);
    }

    private synchronized int listen(int wanted) throws IOException {
        var listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        server = listening;
        new Thread(() -> serve(listening), "target").start();
        return listening.getLocalPort();
    }

    /** The drain that sends here, for events whose key begins with one of the filters. */
    public String uri(String... filters) {
        return "tcp://127.0.0.1:" + port + "?filter=" + String.join("&filter=", filters);
    }

    private void serve(ServerSocket listening) {
        while (!listening.isClosed()) {
            try (Socket accepted = listening.accept()) {
                synchronized (this) {
                    connection = accepted;
                }
                read(accepted);
            } catch (IOException e) {
                // closed, or the sender broke it off
            }
        }
    }

    private void read(Socket accepted) throws IOException {
        var in = new InputStreamReader(new Slow(accepted.getInputStream()), StandardCharsets.UTF_8);
        var reader = new BufferedReader(in, SLOW_READ_BYTES);
        var line = new StringBuilder();
        for (int next = reader.read(); next >= 0; next = reader.read()) {
            if (next == '\n') {
                lines.accept(line.toString());
                line.setLength(0);
            } else {
                line.append((char) next);
            }
        }
        // An incomplete line at the end of a connection is no line: the sender broke off, and sends it again.
    }

    /** Reads so many bytes in a second, or 0 for as fast as it goes. */
    public void slowDown(long bytes) {
        bytesPerSecond = bytes;
    }

    private final class Slow extends java.io.FilterInputStream {
        Slow(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            long rate = bytesPerSecond;
            int read = super.read(into, offset, rate > 0 ? Math.min(length, SLOW_READ_BYTES) : length);
            if (rate > 0 && read > 0) {
                LockSupport.parkNanos(read * 1_000_000_000L / rate);
            }
            return read;
        }
    }

    /** Refuses connections and ends the one there is. */
    public synchronized void goDown() throws IOException {
        if (server != null) {
            server.close();
        }
        if (connection != null) {
            connection.close();
        }
    }

    /** Listens again, at the same port. */
    public void comeBack() throws IOException {
        int unused = listen(port);
    }

    @Override
    public void close() throws IOException {
        goDown();
    }
}
