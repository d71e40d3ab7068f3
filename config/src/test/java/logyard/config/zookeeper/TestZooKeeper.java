package logyard.config.zookeeper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ServerCnxn.DisconnectReason;
import org.apache.zookeeper.server.ServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.jspecify.annotations.Nullable;

/**
 * A real ZooKeeper in this process, on a port of its own that it keeps when it is stopped and started.
 *
 * <p>Sessions may time out after 0.4 s. Not thread-safe.
 */
public final class TestZooKeeper implements AutoCloseable {
    static {
        System.setProperty("zookeeper.forceSync", "no"); // tests restart it, they do not pull the plug
        System.setProperty("zookeeper.preAllocSize", "64");
    }

    private static final int TICK_MILLIS = 100;

    private final Path folder;
    private final InetSocketAddress address;
    private @Nullable ServerCnxnFactory connections;
    private @Nullable ZooKeeperServer server;

    private TestZooKeeper() {
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), free.getLocalPort());
            this.folder = Files.createTempDirectory("zookeeper-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that runs, with nothing in it. */
    public static TestZooKeeper started() {
        TestZooKeeper zooKeeper = stopped();
        zooKeeper.start();
        return zooKeeper;
    }

    /** A server that does not run yet: connections to it are refused. */
    public static TestZooKeeper stopped() {
        return new TestZooKeeper();
    }

    /** Where it listens, such as {@code 127.0.0.1:34567}. */
    public String connect() {
        return "127.0.0.1:" + address.getPort();
    }

    /** For the daemons of a test, whose sessions outlive a broken connection. */
    public ZooKeeperOptions options() {
        return options(Duration.ofSeconds(5));
    }

    /** For the daemons of a test. After a server was wiped, clients of the old one need one session timeout to notice. */
    public ZooKeeperOptions options(Duration sessionTimeout) {
        return new ZooKeeperOptions(
                connect(), ConfigPath.ROOT, sessionTimeout, Duration.ofSeconds(10), ZooKeeperOptions.Access.OPEN, null);
    }

    /** Starts it with what it held when it was stopped, sessions included. */
    public void start() {
        try {
            server = new ZooKeeperServer(folder.toFile(), folder.toFile(), TICK_MILLIS);
            server.setMinSessionTimeout(4 * TICK_MILLIS);
            server.setMaxSessionTimeout(60_000);
            connections = new NIOServerCnxnFactory();
            connections.configure(address, 200);
            connections.startup(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops it; from then on connections are refused. */
    public void stop() {
        if (connections != null) {
            connections.shutdown();
            connections = null;
        }
    }

    /** Stops it, forgets everything, and starts it again. */
    public void wipe() {
        stop();
        delete(folder.resolve("version-2"));
        start();
    }

    /** Stops it, keeps a copy of everything in {@code backup}, and starts it again. */
    public void backUp(Path backup) {
        stop();
        copy(folder.resolve("version-2"), backup);
        start();
    }

    /** Stops it, and starts it with what {@code backup} holds. */
    public void restore(Path backup) {
        stop();
        delete(folder.resolve("version-2"));
        copy(backup, folder.resolve("version-2"));
        start();
    }

    /** Ends every session, as if nothing had been heard of its client in time. */
    public void expireSessions() {
        running().getZKDatabase().getSessions().forEach(session -> running().closeSession(session));
    }

    /** Breaks every connection; the sessions go on. */
    public void dropConnections() {
        connections.closeAll(DisconnectReason.CONNECTION_CLOSE_FORCED);
    }

    /** How many clients it knows. */
    public long sessions() {
        return running().getZKDatabase().getSessionCount();
    }

    /** What a place holds, without going through a client; empty if there is no such place. */
    public Optional<byte[]> data(String znode) {
        return get(() -> running().getZKDatabase().getData(znode, new Stat(), null));
    }

    /** When and by whom a place was made and changed; empty if there is no such place. */
    public Optional<Stat> stat(String znode) {
        return get(() -> running().getZKDatabase().statNode(znode, null));
    }

    /** The names below a place. */
    public List<String> children(String znode) {
        return get(() -> running().getZKDatabase().getChildren(znode, new Stat(), null))
                .orElse(List.of());
    }

    /** Makes or replaces a place, as a tool that knows nothing of JSON would. */
    public void put(String znode, byte[] data) {
        asForeigner(client -> client.exists(znode, false) == null
                ? client.create(znode, data, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT)
                : client.setData(znode, data, -1));
    }

    /** Does {@code work} as another client, whose session ends with it. */
    public <T> T asForeigner(ForeignWork<T> work) {
        var connected = new CountDownLatch(1);
        try (var client = new ZooKeeper(connect(), 10_000, event -> {
            if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
            }
        })) {
            if (!connected.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("No ZooKeeper at " + connect());
            }
            return work.with(client);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What another client does. */
    public interface ForeignWork<T> {
        T with(ZooKeeper client) throws Exception;
    }

    @Override
    public void close() {
        stop();
        delete(folder);
    }

    private ZooKeeperServer running() {
        if (connections == null) {
            throw new IllegalStateException("ZooKeeper is stopped");
        }
        return server;
    }

    private static <T> Optional<T> get(Callable<T> read) {
        try {
            return Optional.of(read.call());
        } catch (KeeperException.NoNodeException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
