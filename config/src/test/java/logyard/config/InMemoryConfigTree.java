package logyard.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * A tree for tests that is nowhere but in memory.
 *
 * <p>It has no delays: a change has been told to every watch when the method that makes it returns, unless an executor
 * was given for the calls. It can be made unreachable: then reading and changing fail, watches hear nothing and what is
 * published waits, until it can be reached again.
 */
public final class InMemoryConfigTree implements ConfigTree {
    private final Executor executor;
    private final NavigableMap<ConfigPath, JsonNode> values = new TreeMap<>();
    private final NavigableMap<ConfigPath, String> problems = new TreeMap<>();
    private final NavigableMap<ConfigPath, Long> writes = new TreeMap<>();
    private final Map<ConfigPath, InMemoryPublication> publications = new HashMap<>();
    private final List<InMemoryWatch> watches = new ArrayList<>();
    private long written;
    private boolean connected = true;
    private boolean isRemembering;
    private int confirmations;

    /** Calls listeners in the thread that makes a change. */
    public InMemoryConfigTree() {
        this(Runnable::run);
    }

    /** Calls listeners through {@code executor}, which must run one task at a time. */
    public InMemoryConfigTree(Executor executor) {
        this.executor = executor;
    }

    /** A tree that holds the packaged defaults, as every cluster does after its first start. */
    public static InMemoryConfigTree seeded() {
        var tree = new InMemoryConfigTree();
        Defaults.all()
                .values()
                .forEach((path, value) -> tree.set(ConfigPath.parse(ConfigPath.LOGYARD + "/" + path), value));
        return tree;
    }

    @Override
    public synchronized Optional<JsonNode> read(ConfigPath path) {
        requireConnection();
        return Optional.ofNullable(values.get(path));
    }

    @Override
    public synchronized SortedMap<String, JsonNode> children(ConfigPath path) {
        requireConnection();
        var children = new TreeMap<String, JsonNode>();
        values.forEach((place, value) -> {
            if (!place.equals(ConfigPath.ROOT) && place.parent().equals(path)) {
                children.put(place.name(), value);
            }
        });
        return children;
    }

    @Override
    public synchronized SortedSet<String> names(ConfigPath path) {
        requireConnection();
        var names = new TreeSet<String>();
        for (ConfigPath place : values.keySet()) {
            if (place.startsWith(path) && !place.equals(path)) {
                names.add(place.names().get(path.names().size()));
            }
        }
        return names;
    }

    @Override
    public synchronized boolean create(ConfigPath path, JsonNode value) {
        requireConnection();
        if (values.containsKey(path)) {
            return false;
        }
        set(path, value);
        return true;
    }

    @Override
    public synchronized void set(ConfigPath path, JsonNode value) {
        requireConnection();
        values.put(path, value);
        problems.remove(path);
        writes.put(path, ++written);
        tellAll();
    }

    @Override
    public synchronized boolean delete(ConfigPath path) {
        requireConnection();
        boolean found = values.keySet().removeIf(place -> place.startsWith(path));
        found |= problems.keySet().removeIf(place -> place.startsWith(path));
        writes.keySet().removeIf(place -> place.startsWith(path));
        tellAll();
        return found;
    }

    @Override
    public synchronized ConfigSubtree subtree(ConfigPath root) {
        requireConnection();
        return new ConfigSubtree(below(root, values), below(root, problems));
    }

    @Override
    public synchronized ConfigSubtree change(ConfigPath root, UnaryOperator<ConfigSubtree> edit) {
        ConfigSubtree before = withoutPublications(root, subtree(root));
        ConfigSubtree after = edit.apply(before);
        values.keySet().removeIf(place -> place.startsWith(root) && !publications.containsKey(place));
        problems.keySet().removeIf(place -> place.startsWith(root));
        after.values().forEach((path, value) -> {
            ConfigPath place = ConfigPath.parse(root + "/" + path);
            values.put(place, value);
            if (!value.equals(before.values().get(path))) {
                writes.put(place, ++written);
            }
        });
        writes.keySet().retainAll(values.keySet());
        after.problems().forEach((path, reason) -> problems.put(ConfigPath.parse(root + "/" + path), reason));
        tellAll();
        return after;
    }

    private ConfigSubtree withoutPublications(ConfigPath root, ConfigSubtree subtree) {
        var lasting = new TreeMap<>(subtree.values());
        lasting.keySet().removeIf(path -> publications.containsKey(ConfigPath.parse(root + "/" + path)));
        return new ConfigSubtree(lasting, subtree.problems());
    }

    @Override
    public synchronized void confirm() {
        requireConnection();
        confirmations++;
    }

    /** How often an operator has confirmed it. */
    public synchronized int confirmations() {
        return confirmations;
    }

    /** Puts something in the tree that is no JSON or too large; {@code reason} is what watches hear. */
    public synchronized void spoil(ConfigPath path, String reason) {
        values.remove(path);
        problems.put(path, reason);
        tellAll();
    }

    @Override
    public synchronized Publication publish(ConfigPath path, JsonNode value, Runnable putBack) {
        var publication = new InMemoryPublication(path, value, putBack);
        publications.put(path, publication);
        showPublications();
        return publication;
    }

    @Override
    public Watch watch(ConfigPath root, Consumer<ConfigSubtree> listener) {
        return begin(new InMemoryWatch(root, written -> listener.accept(written.content()), false));
    }

    @Override
    public Watch watchWrites(ConfigPath root, Consumer<WrittenSubtree> listener) {
        return begin(new InMemoryWatch(root, listener, true));
    }

    private synchronized Watch begin(InMemoryWatch watch) {
        watches.add(watch);
        tellAll();
        return watch;
    }

    @Override
    public synchronized boolean isConnected() {
        return connected;
    }

    /** The server can no longer be reached; what is published disappears, as when a session ends. */
    public synchronized void disconnect() {
        publications.keySet().forEach(values::remove);
        connected = false;
    }

    /** The server can be reached again. */
    public synchronized void reconnect() {
        connected = true;
        showPublications();
        tellAll();
    }

    @Override
    public synchronized void close() {
        watches.clear();
        publications.keySet().forEach(values::remove);
        publications.clear();
    }

    /** Whether watches that hear of writes are told that what they get is remembered only. */
    public synchronized void remembering(boolean isRemembering) {
        this.isRemembering = isRemembering;
        tellAll();
    }

    private void requireConnection() {
        if (!connected) {
            throw new ConfigUnavailableException("The tree in memory is disconnected", new IllegalStateException());
        }
    }

    private void showPublications() {
        if (connected) {
            publications.forEach((path, publication) -> {
                if (values.put(path, publication.value) == null) {
                    publication.shown();
                }
            });
            tellAll();
        }
    }

    private void tellAll() {
        if (connected) {
            List.copyOf(watches).forEach(InMemoryWatch::tell);
        }
    }

    private static <V> SortedMap<String, V> below(ConfigPath root, NavigableMap<ConfigPath, V> from) {
        var result = new TreeMap<String, V>();
        from.forEach((path, value) -> {
            if (path.startsWith(root)) {
                result.put(path.relativeTo(root), value);
            }
        });
        return result;
    }

    private final class InMemoryWatch implements Watch {
        private final ConfigPath root;
        private final Consumer<WrittenSubtree> listener;
        private final boolean everyWrite;
        private Optional<WrittenSubtree> told = Optional.empty();

        private InMemoryWatch(ConfigPath root, Consumer<WrittenSubtree> listener, boolean everyWrite) {
            this.root = root;
            this.listener = listener;
            this.everyWrite = everyWrite;
        }

        private void tell() {
            var content = new ConfigSubtree(below(root, values), below(root, problems));
            SortedMap<String, Long> seen = everyWrite ? below(root, writes) : new TreeMap<>();
            var state = new WrittenSubtree(content, everyWrite && isRemembering, seen);
            if (!told.equals(Optional.of(state))) {
                told = Optional.of(state);
                executor.execute(() -> {
                    if (isOpen()) {
                        listener.accept(state);
                    }
                });
            }
        }

        private boolean isOpen() {
            synchronized (InMemoryConfigTree.this) {
                return watches.contains(this);
            }
        }

        @Override
        public void close() {
            synchronized (InMemoryConfigTree.this) {
                watches.remove(this);
            }
        }
    }

    private final class InMemoryPublication implements Publication {
        private final ConfigPath path;
        private final Runnable putBack;
        private JsonNode value;
        private boolean wasShown;

        private InMemoryPublication(ConfigPath path, JsonNode value, Runnable putBack) {
            this.path = path;
            this.value = value;
            this.putBack = putBack;
        }

        private void shown() {
            if (wasShown) {
                putBack.run();
            }
            wasShown = true;
        }

        @Override
        public void update(JsonNode value) {
            synchronized (InMemoryConfigTree.this) {
                this.value = value;
                showPublications();
            }
        }

        @Override
        public void close() {
            synchronized (InMemoryConfigTree.this) {
                if (publications.remove(path, this)) {
                    values.remove(path);
                    tellAll();
                }
            }
        }
    }
}
