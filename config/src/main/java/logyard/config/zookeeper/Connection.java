package logyard.config.zookeeper;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.ConfigUnavailableException;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.state.ConnectionState;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ZKConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the server: one session after the other, made anew in the background whenever it is lost.
 *
 * <p>Safe for use by several threads. Every call is bounded by the operation timeout.
 */
final class Connection implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Connection.class);

    /** A server that neither answers nor refuses would hold us up for longer. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(3);

    private static final long CLOSE_LOOK_MILLIS = 2;

    private final ZooKeeperOptions options;
    private final CuratorFramework curator;
    private final ExecutorService calls = Executors.newCachedThreadPool(Threads.named("config-call"));
    private final List<Runnable> onConnect = new CopyOnWriteArrayList<>();
    private volatile boolean wasConnected;
    private volatile boolean isClosed;

    private Connection(ZooKeeperOptions options, CuratorFramework curator) {
        this.options = options;
        this.curator = curator;
    }

    /** Begins to connect, and returns at once. */
    static Connection open(ZooKeeperOptions options) {
        int session = (int) options.sessionTimeout().toMillis();
        var client = CuratorFrameworkFactory.builder()
                .connectString(options.connect())
                .sessionTimeoutMs(session)
                .connectionTimeoutMs(
                        Math.min(session, (int) options.operationTimeout().toMillis()))
                .retryPolicy((retries, elapsedMillis, sleeper) -> false) // call() does it, and knows when it may
                .ensembleTracker(false) // it would replace the servers of zk.connect by those they name themselves
                .threadFactory(Threads.named("config-session"))
                .maxCloseWaitMs(1000)
                .zkClientConfig(clientConfig());
        Credentials.apply(options, client);
        var connection = new Connection(options, client.build());
        connection.curator.getConnectionStateListenable().addListener((curator, state) -> connection.changed(state));
        connection.curator.start();
        return connection;
    }

    private static ZKClientConfig clientConfig() {
        var config = new ZKClientConfig();
        if (System.getProperty("java.security.auth.login.config") == null) {
            config.setProperty(ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false"); // saves the client a fruitless search
        }
        // A server takes values of nearly 1 MiB. By its own default the client breaks the connection when it reads one.
        config.setProperty(ZKConfig.JUTE_MAXBUFFER, String.valueOf(4 * 1024 * 1024));
        return config;
    }

    private void changed(ConnectionState state) {
        switch (state) {
            case CONNECTED, RECONNECTED -> {
                wasConnected = true;
                log.info("Connected to ZooKeeper at {}", this);
                onConnect.forEach(Runnable::run);
            }
            case SUSPENDED -> log.warn("Lost the connection to ZooKeeper at {}, going on with what is known", this);
            case LOST ->
                log.info("The session with ZooKeeper at {} has ended, what it published is gone for now", this);
            default -> log.info("The connection to ZooKeeper at {} is {}", this, state);
        }
    }

    /** From now on calls {@code action} whenever a connection was made, the first or another; it must not wait. */
    void onConnect(Runnable action) {
        onConnect.add(action);
    }

    boolean isConnected() {
        return !isClosed && curator.getZookeeperClient().isConnected();
    }

    /** Whether there ever was a connection. */
    boolean wasConnected() {
        return wasConnected;
    }

    CuratorFramework curator() {
        return curator;
    }

    /** The session of this moment. */
    ZooKeeper session() throws Exception {
        return curator.getZookeeperClient().getZooKeeper();
    }

    /** Where {@code path} is on the server. */
    String znode(ConfigPath path) {
        return Stream.concat(options.chroot().names().stream(), path.names().stream())
                .collect(Collectors.joining("/", "/", ""));
    }

    /** An operation on the server; {@code again} if an earlier attempt may have been carried out after all. */
    interface Operation<T> {
        T run(boolean again) throws Exception;
    }

    /**
     * Does {@code operation} as soon as there is a connection, again if that breaks.
     *
     * @param what for the message, such as {@code "read /node"}
     * @throws ConfigUnavailableException if it cannot be done within the operation timeout
     */
    <T> T call(String what, Operation<T> operation) {
        return await(what, () -> {
            for (boolean again = false; ; again = true) {
                curator.blockUntilConnected();
                try {
                    return operation.run(again);
                } catch (KeeperException | ExecutionException e) {
                    if (!isLossOfConnection(e)) {
                        throw e;
                    }
                    log.debug("Trying again to {}", what, e);
                }
            }
        });
    }

    /** Whether another connection may help; what was asked without waiting fails in a wrapping. */
    private static boolean isLossOfConnection(Throwable e) {
        return e instanceof KeeperException.ConnectionLossException
                || e instanceof KeeperException.SessionExpiredException
                || (e instanceof ExecutionException && e.getCause() != null && isLossOfConnection(e.getCause()));
    }

    /**
     * Does {@code operation} once, for those who come back anyway when there is another connection.
     *
     * @throws ConfigUnavailableException if there is no connection or it breaks
     */
    <T> T callOnce(String what, Operation<T> operation) {
        return await(what, () -> operation.run(false));
    }

    private <T> T await(String what, Callable<T> work) {
        var result = new FutureTask<>(work);
        try {
            calls.execute(result);
            return result.get(options.operationTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw unavailable(
                    what, "no answer within " + options.operationTimeout().toSeconds() + " s", e);
        } catch (RejectedExecutionException e) {
            throw unavailable(what, "the tree is closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(what, "interrupted", e);
        } catch (ExecutionException e) {
            throw failure(what, e);
        } finally {
            result.cancel(true);
        }
    }

    private RuntimeException failure(String what, ExecutionException e) {
        Throwable cause = e.getCause();
        if (cause instanceof ExecutionException wrapped) {
            return failure(what, wrapped);
        }
        if (cause instanceof KeeperException.NoAuthException) {
            return unavailable(what, "not allowed (" + cause.getMessage() + "), see zk.auth.file", cause);
        }
        if (cause instanceof KeeperException || cause instanceof InterruptedException) {
            return unavailable(what, String.valueOf(cause.getMessage()), cause);
        }
        return cause instanceof RuntimeException bug ? bug : new IllegalStateException("Cannot " + what, cause);
    }

    private ConfigUnavailableException unavailable(String what, String why, Throwable cause) {
        return new ConfigUnavailableException("Cannot " + what + " in ZooKeeper at " + this + ": " + why, cause);
    }

    /** Ends the session, and with it all that was published; waits 3 s for the server at most. */
    @Override
    public void close() {
        isClosed = true;
        calls.shutdownNow();
        Optional<ZooKeeper> session = known();
        Thread closing = Threads.named("config-close").newThread(curator::close);
        closing.start();
        long end = System.nanoTime() + CLOSE_LIMIT.toNanos();
        try {
            do {
                closing.join(CLOSE_LOOK_MILLIS);
            } while (closing.isAlive() && !isOver(session) && System.nanoTime() - end < 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The server knows by then; what the client does after that takes it 100 ms, and is nothing to wait for. */
    private static boolean isOver(Optional<ZooKeeper> session) {
        return session.isPresent() && !session.get().getState().isAlive();
    }

    private Optional<ZooKeeper> known() {
        try {
            return Optional.of(curator.getZookeeperClient().getZooKeeper());
        } catch (Exception e) {
            return Optional.empty(); // there is none just now
        }
    }

    /** The servers and the chroot, as an operator writes them. */
    @Override
    public String toString() {
        return options.connect() + (options.chroot().equals(ConfigPath.ROOT) ? "" : options.chroot());
    }
}
