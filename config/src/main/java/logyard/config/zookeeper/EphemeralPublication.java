package logyard.config.zookeeper;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.ConfigUnavailableException;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A value that this process keeps in the tree with its session.
 *
 * <p>Written on the publishing thread: at once if the last write is a second past, else when it is; of the values in
 * between only the last is written. What another session left in its place, such as that of this process before a
 * restart, is replaced; of one that goes on putting its own there is warned.
 */
final class EphemeralPublication implements ConfigTree.Publication {
    private static final Logger log = LoggerFactory.getLogger(EphemeralPublication.class);
    private static final byte[] UNKNOWN = {};
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final ConfigPath path;
    private final Runnable putBack;
    private final Publications all;
    private final Connection connection;
    private final WorkThread thread;
    private final Complaint complaint = new Complaint();
    private final AtomicBoolean isDue = new AtomicBoolean();
    private volatile byte[] value;
    private volatile boolean isClosed;
    private volatile long pauseEnds = System.nanoTime() + PAUSE_NANOS;
    private volatile byte[] stored = UNKNOWN;
    private volatile long owner;
    private volatile boolean wasStored;

    /** @param putBack is called when the value was gone and is there again */
    EphemeralPublication(
            ConfigPath path,
            JsonNode value,
            Runnable putBack,
            Publications all,
            Connection connection,
            WorkThread thread) {
        this.path = path;
        this.putBack = putBack;
        this.value = Znode.encode(path, value);
        this.all = all;
        this.connection = connection;
        this.thread = thread;
    }

    @Override
    public void update(JsonNode value) {
        this.value = Znode.encode(path, value);
        settleAfter(pauseEnds - System.nanoTime());
    }

    @Override
    public void close() {
        isClosed = true;
        thread.run(this::settle);
    }

    private void settleAfter(long nanos) {
        if (isDue.compareAndSet(false, true)) {
            thread.runAfter(Duration.ofNanos(nanos), this::settle);
        }
    }

    /** Makes the tree show what it should, if it can be reached; else that is done after the next connection. */
    void settle() {
        isDue.set(false);
        if (!connection.isConnected() || !all.isLatest(this)) {
            return;
        }
        try {
            if (isClosed) {
                connection.callOnce("withdraw " + path, again -> withdraw());
                all.forget(this);
            } else {
                connection.callOnce("publish " + path, again -> store());
                pauseEnds = System.nanoTime() + PAUSE_NANOS;
            }
            complaint.isOver();
        } catch (ConfigUnavailableException e) {
            complaint.about(e);
            settleAfter(PAUSE_NANOS);
        }
    }

    private boolean store() throws Exception {
        ZooKeeper session = connection.session();
        String znode = connection.znode(path);
        byte[] latest = value;
        Optional<Stat> shown = Optional.ofNullable(session.exists(znode, false));
        if (shown.isPresent() && shown.get().getEphemeralOwner() != session.getSessionId()) {
            if (wasStored && shown.get().getEphemeralOwner() != owner) {
                all.rivalled(path);
            } else {
                log.info("Replacing {}, left by another session", path);
            }
            session.delete(znode, shown.get().getVersion());
            shown = Optional.empty();
        }
        if (shown.isPresent() && Arrays.equals(stored, latest)) {
            return true;
        }
        stored = UNKNOWN; // until the answer is here
        owner = session.getSessionId();
        if (shown.isPresent()) {
            session.setData(znode, latest, shown.get().getVersion());
        } else {
            connection
                    .curator()
                    .create()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.EPHEMERAL)
                    .forPath(znode, latest);
        }
        stored = latest;
        if (shown.isEmpty() && wasStored) {
            putBack.run();
        }
        wasStored = true;
        return true;
    }

    private boolean withdraw() throws Exception {
        ZooKeeper session = connection.session();
        String znode = connection.znode(path);
        Stat stat = session.exists(znode, false);
        if (stat != null && (stat.getEphemeralOwner() == owner || stat.getEphemeralOwner() == session.getSessionId())) {
            session.delete(znode, stat.getVersion());
        }
        return true;
    }

    ConfigPath path() {
        return path;
    }
}
