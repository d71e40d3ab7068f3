package logyard.micro;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;

/** A ZooKeeper server inside this process, on loopback only; its data stays in a folder. */
public final class EmbeddedZooKeeper implements AutoCloseable {
    private static final int TICK_MILLIS = 1000;
    private static final int MAX_CONNECTIONS = 200;

    private final ServerCnxnFactory connections;
    private final ZooKeeperServer server;

    private EmbeddedZooKeeper(ServerCnxnFactory connections, ZooKeeperServer server) {
        this.connections = connections;
        this.server = server;
    }

    /**
     * Starts serving.
     *
     * @param port 0 for any that is free
     * @throws IOException if the port is taken or the folder cannot be used; the message says which
     */
    public static EmbeddedZooKeeper start(Path folder, int port) throws IOException {
        // Its admin server would open a port for everybody, and its four-letter words serve nobody here.
        System.setProperty("zookeeper.admin.enableServer", "false");
        Files.createDirectories(folder);
        var server = new ZooKeeperServer(folder.toFile(), folder.toFile(), TICK_MILLIS);
        var connections = new NIOServerCnxnFactory();
        try {
            connections.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), MAX_CONNECTIONS);
            connections.startup(server);
        } catch (IOException e) {
            throw new IOException("Cannot serve ZooKeeper at port " + port + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while starting ZooKeeper", e);
        }
        return new EmbeddedZooKeeper(connections, server);
    }

    /** What clients connect to. */
    public String connect() {
        return "127.0.0.1:" + connections.getLocalPort();
    }

    @Override
    public void close() {
        connections.shutdown();
        server.shutdown();
    }
}
