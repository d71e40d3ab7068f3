package logyard.config.zookeeper;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.ConfigTree;
import logyard.config.ConfigUnavailableException;
import logyard.config.WrittenSubtree;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooKeeper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows one part of the tree, and tells its listener what is in force there.
 *
 * <p>The server's events only note which places to read again; the reading and telling is done on the tree's thread. After
 * every new connection all is read again, since events may have been missed, and the listener hears of it only if it
 * differs.
 */
final class TreeWatch implements ConfigTree.Watch {
    private static final Logger log = LoggerFactory.getLogger(TreeWatch.class);
    private static final Duration COALESCING = Duration.ofMillis(200);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration SECOND_LOOK = Duration.ofSeconds(1);

    private final ConfigPath root;
    private final Consumer<WrittenSubtree> listener;
    private final boolean everyWrite;
    private final Connection connection;
    private final TreeGuard guard;
    private final WorkThread thread;
    private final String znode;
    private final Mirror mirror;
    private final Watcher onPlace = this::placeChanged;
    private final Watcher onTree = this::treeChanged;
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final Complaint complaint = new Complaint();
    private final AtomicBoolean isDue = new AtomicBoolean();
    private @Nullable WrittenSubtree delivered;
    private @Nullable Long shrunkAt;
    private boolean isClosed;

    /**
     * Of no effect until {@link #readAll} or {@link #doWithoutServer} is called.
     *
     * @param everyWrite whether the listener hears of writes that change no value
     */
    TreeWatch(
            ConfigPath root,
            Consumer<WrittenSubtree> listener,
            boolean everyWrite,
            Connection connection,
            TreeGuard guard,
            WorkThread thread) {
        this.root = root;
        this.listener = listener;
        this.everyWrite = everyWrite;
        this.connection = connection;
        this.guard = guard;
        this.thread = thread;
        this.znode = connection.znode(root);
        this.mirror = new Mirror(connection, znode);
    }

    /** Listens through the connection of this moment, and reads everything. Never waits. */
    void readAll() {
        changed.add(znode);
        refreshAfter(Duration.ZERO);
    }

    /** The server has been waited for long enough: if nothing is known yet, goes on with what is remembered. */
    void doWithoutServer() {
        if (delivered == null) {
            guard.recall(root).ifPresent(remembered -> {
                log.info("Going on with what is remembered of {}", root);
                deliver(WrittenSubtree.remembered(remembered));
            });
        }
    }

    private void placeChanged(WatchedEvent event) {
        if (event.getType() != EventType.None) {
            changed.add(event.getPath());
            refreshAfter(COALESCING);
        }
    }

    private void treeChanged(WatchedEvent event) {
        if (event.getType() != EventType.None) {
            refreshAfter(COALESCING);
        }
    }

    private void refreshAfter(Duration delay) {
        if (isDue.compareAndSet(false, true)) {
            thread.runAfter(delay, this::refresh);
        }
    }

    private void refresh() {
        isDue.set(false);
        if (!connection.isConnected() || isClosed()) {
            return; // the next connection asks for it again
        }
        List<String> places = List.copyOf(changed);
        places.forEach(changed::remove);
        try {
            if (places.contains(znode)) {
                listen();
            }
            mirror.refresh(places);
            obey(guard.judge(root, mirror.zxid()));
            complaint.isOver();
        } catch (ConfigUnavailableException e) {
            changed.addAll(places);
            refreshAfter(RETRY);
            complaint.about(e);
        }
    }

    private void listen() {
        connection.callOnce("watch " + root, again -> {
            ZooKeeper session = connection.session();
            session.addWatch(znode, onPlace, AddWatchMode.PERSISTENT_RECURSIVE);
            // What the guard looks at: the root of the configuration coming and going, and its confirmation.
            session.addWatch(connection.znode(ConfigPath.LOGYARD.parent()), onTree, AddWatchMode.PERSISTENT);
            session.addWatch(connection.znode(ConfigPath.CONFIRMED), onTree, AddWatchMode.PERSISTENT);
            return true;
        });
    }

    private void obey(TreeGuard.Verdict verdict) {
        ConfigSubtree state = mirror.state();
        if (verdict != TreeGuard.Verdict.OBEY) {
            doWithoutServer();
        } else if (TreeGuard.guards(root) && isShrinking(state)) {
            refreshAfter(SECOND_LOOK);
        } else {
            deliver(WrittenSubtree.read(state, mirror.writes()));
            guard.remember(root, mirror.lastingState(), mirror.zxid());
        }
    }

    /** Whether half of it or more went away less than a second ago: whoever deletes the tree begins with its leaves. */
    private boolean isShrinking(ConfigSubtree state) {
        int before = delivered == null ? 0 : delivered.content().values().size();
        if (before == 0 || state.values().size() > before / 2) {
            shrunkAt = null;
            return false;
        }
        if (shrunkAt == null) {
            shrunkAt = System.nanoTime();
        }
        return System.nanoTime() - shrunkAt < SECOND_LOOK.toNanos();
    }

    private synchronized void deliver(WrittenSubtree state) {
        if (isClosed || !isNews(state)) {
            return;
        }
        delivered = state;
        try {
            listener.accept(state);
        } catch (RuntimeException e) {
            log.error("The listener at {} failed", root, e);
        }
    }

    private boolean isNews(WrittenSubtree state) {
        if (everyWrite || delivered == null) {
            return !state.equals(delivered);
        }
        return !state.content().equals(delivered.content());
    }

    private synchronized boolean isClosed() {
        return isClosed;
    }

    @Override
    public void close() {
        synchronized (this) { // waits for a call of the listener that has begun
            isClosed = true;
        }
        thread.run(this::stopListening);
    }

    private void stopListening() {
        if (!connection.isConnected()) {
            return;
        }
        try {
            connection.callOnce("stop watching " + root, again -> {
                ZooKeeper session = connection.session();
                session.removeWatches(znode, onPlace, WatcherType.Any, true);
                session.removeWatches(connection.znode(ConfigPath.LOGYARD.parent()), onTree, WatcherType.Any, true);
                session.removeWatches(connection.znode(ConfigPath.CONFIRMED), onTree, WatcherType.Any, true);
                return true;
            });
        } catch (ConfigUnavailableException e) {
            log.debug("Left the watch at {} to the end of the session", root, e);
        }
    }
}
