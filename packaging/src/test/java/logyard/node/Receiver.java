package logyard.node;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A target that reads lines over TCP and keeps account of the numbered ones; see {@link NumberedLines}. */
final class Receiver implements AutoCloseable {
    private static final Pattern NUMBER = Pattern.compile("#(\\d+)#");

    private final BitSet arrived = new BitSet();
    private final List<String> others = new ArrayList<>();
    private final List<Socket> connections = new ArrayList<>();
    private long repeated;
    private long outOfOrder;
    private int highest = -1;
    private ServerSocket server;
    private final int port;

    Receiver() throws IOException {
        server = listen(0);
        port = server.getLocalPort();
        serve(server);
    }

    private static ServerSocket listen(int port) throws IOException {
        var server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        return server;
    }

    int port() {
        return port;
    }

    private void serve(ServerSocket listening) {
        var thread = new Thread(() -> {
            while (true) {
                try {
                    Socket connection = listening.accept();
                    synchronized (this) {
                        connections.add(connection);
                    }
                    new Thread(() -> read(connection), "receiver").start();
                } catch (IOException e) {
                    return; // closed
                }
            }
        });
        thread.setName("receiver-accept");
        thread.start();
    }

    private void read(Socket connection) {
        try (var lines =
                new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            // The connection was reset.
        }
    }

    private synchronized void take(String line) {
        Matcher number = NUMBER.matcher(line);
        if (!number.find()) {
            others.add(line);
            return;
        }
        int n = Integer.parseInt(number.group(1));
        if (arrived.get(n)) {
            repeated++;
        } else {
            outOfOrder += n < highest ? 1 : 0;
            highest = Math.max(highest, n);
            arrived.set(n);
        }
    }

    /** Refuses connections and ends those there are, as a target that is down. */
    synchronized void goDown() throws IOException {
        server.close();
        for (Socket connection : connections) {
            connection.close();
        }
        connections.clear();
    }

    /** Listens again, at the same port. */
    synchronized void comeBack() throws IOException {
        server = listen(port);
        serve(server);
    }

    /** How many different numbered lines arrived. */
    synchronized int distinct() {
        return arrived.cardinality();
    }

    synchronized long repeated() {
        return repeated;
    }

    /** How many lines came, for the first time, after one with a higher number. */
    synchronized long outOfOrder() {
        return outOfOrder;
    }

    /** Lines without a number. */
    synchronized List<String> others() {
        return List.copyOf(others);
    }

    @Override
    public void close() throws IOException {
        goDown();
    }
}
