package logyard.config.zookeeper;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.ConfigTree;
import logyard.config.Defaults;
import logyard.config.WrittenSubtree;
import logyard.config.snapshot.SnapshotFile;
import logyard.config.snapshot.TreeMemory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tree in ZooKeeper, one znode per value.
 *
 * <p>Opening it never needs the server: it connects in the background, and connects anew for as long as it is open. When a
 * connection or a session is lost, nothing is restarted: watches hear of the difference there may be afterwards, and what
 * was published comes back. A daemon's tree remembers on disk what it obeyed last, goes on with that when the server
 * cannot be reached within 2 s, and does not obey a tree that looks wiped (see {@link #suspicion}).
 */
public final class ZooKeeperConfigTree implements ConfigTree {
    private static final Logger log = LoggerFactory.getLogger(ZooKeeperConfigTree.class);

    /** How long the server is waited for before watches begin with what is remembered. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    /** How often everything is read anew: the server sends no events for places that were hidden by an ACL for a while. */
    private static final Duration ALL_ANEW = Duration.ofMinutes(5);

    private final Connection connection;
    private final Places places;
    private final Publications publications;
    private final TreeGuard guard;
    private final WorkThread thread = new WorkThread("config-watch");
    private final List<TreeWatch> watches = new CopyOnWriteArrayList<>();
    private final long graceEnds = System.nanoTime() + GRACE.toNanos();

    /** @param meanwhile what the process does while there is no server, for the log */
    private ZooKeeperConfigTree(Connection connection, TreeMemory memory, boolean seeds, String meanwhile) {
        this.connection = connection;
        this.places = new Places(connection);
        this.publications = new Publications(connection);
        this.guard = new TreeGuard(connection, memory, seeds);
        connection.onConnect(publications::connected);
        connection.onConnect(() -> watches.forEach(TreeWatch::readAll));
        thread.runAfter(GRACE, () -> tellIfUnreachable(meanwhile));
        thread.runAfter(ALL_ANEW, this::readAllAnew);
    }

    /** The tree of a command: it remembers nothing. */
    public static ZooKeeperConfigTree open(ZooKeeperOptions options) {
        return new ZooKeeperConfigTree(Connection.open(options), new TreeMemory(null), false, "waiting for it");
    }

    /** The tree of a daemon. */
    public static ZooKeeperConfigTree open(ZooKeeperOptions options, DaemonOptions daemon) {
        var memory = new TreeMemory(new SnapshotFile(daemon.stateDir(), daemon.process()));
        return new ZooKeeperConfigTree(Connection.open(options), memory, daemon.seeds(), "going on without");
    }

    @Override
    public Optional<JsonNode> read(ConfigPath path) {
        return places.read(path);
    }

    @Override
    public SortedMap<String, JsonNode> children(ConfigPath path) {
        return places.children(path);
    }

    @Override
    public SortedSet<String> names(ConfigPath path) {
        return places.names(path);
    }

    @Override
    public boolean create(ConfigPath path, JsonNode value) {
        return places.create(path, value);
    }

    @Override
    public void set(ConfigPath path, JsonNode value) {
        places.set(path, value);
    }

    @Override
    public boolean delete(ConfigPath path) {
        return places.delete(path);
    }

    @Override
    public ConfigSubtree subtree(ConfigPath root) {
        return Part.read(connection, root).state();
    }

    @Override
    public ConfigSubtree change(ConfigPath root, UnaryOperator<ConfigSubtree> edit) {
        return new Change(connection, root, edit).make();
    }

    @Override
    public Publication publish(ConfigPath path, JsonNode value, Runnable putBack) {
        return publications.publish(path, value, putBack);
    }

    @Override
    public Watch watch(ConfigPath root, Consumer<ConfigSubtree> listener) {
        return begin(
                new TreeWatch(root, written -> listener.accept(written.content()), false, connection, guard, thread));
    }

    @Override
    public Watch watchWrites(ConfigPath root, Consumer<WrittenSubtree> listener) {
        return begin(new TreeWatch(root, listener, true, connection, guard, thread));
    }

    private Watch begin(TreeWatch watch) {
        watches.add(watch);
        watch.readAll();
        thread.runAfter(Duration.ofNanos(graceEnds - System.nanoTime()), watch::doWithoutServer);
        return () -> {
            watches.remove(watch);
            watch.close();
        };
    }

    @Override
    public boolean isConnected() {
        return connection.isConnected();
    }

    /** Why the tree is not obeyed, and what an operator has to do about it; empty if it is obeyed. */
    public Optional<String> suspicion() {
        return guard.suspicion();
    }

    @Override
    public void confirm() {
        Znode config = places.find(ConfigPath.LOGYARD)
                .orElseThrow(() -> new ConfigException("There is no " + ConfigPath.LOGYARD + " to confirm: bring the"
                        + " configuration back first, or begin anew with the packaged defaults"
                        + " (kato config import --defaults)"));
        long before = places.find(ConfigPath.CONFIRMED)
                .flatMap(Confirmation::of)
                .map(Confirmation::time)
                .orElse(0L);
        long time = Math.max(System.currentTimeMillis(), before + 1);
        if (!Seeder.isSeeded(config)) {
            set(ConfigPath.LOGYARD, Defaults.MARK); // what is missing is missing on purpose
        }
        set(ConfigPath.CONFIRMED, new Confirmation(TreeEvidence.id(config), time).toJson());
    }

    /** Fills a tree that has no configuration at all with the packaged defaults. False if it has one: it stays as it is. */
    public boolean seed() {
        return Seeder.seed(connection);
    }

    @Override
    public void close() {
        watches.forEach(TreeWatch::close);
        watches.clear();
        thread.close();
        publications.close();
        connection.close();
    }

    private void readAllAnew() {
        watches.forEach(TreeWatch::readAll);
        thread.runAfter(ALL_ANEW, this::readAllAnew);
    }

    private void tellIfUnreachable(String meanwhile) {
        if (!connection.wasConnected()) {
            log.warn("Cannot reach ZooKeeper at {} yet, {}", connection, meanwhile);
        }
    }
}
