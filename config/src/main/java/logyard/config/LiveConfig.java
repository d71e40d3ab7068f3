package logyard.config;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The latest valid settings of one component.
 *
 * <p>A change that cannot be used is logged and the settings in force stay as they were: a slip in {@code kato config
 * set} must not stop a running daemon. A single value that is missing has its packaged default; a key nobody knows is
 * left aside, since a newer Logyard may have written it. Safe for use by several threads.
 */
public final class LiveConfig<T extends Record> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LiveConfig.class);

    /** Longer than the tree waits for its server before it goes on with what it remembers. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ConfigPath path;
    private final ConfigReader<T> reader;
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final List<Consumer<T>> listeners = new CopyOnWriteArrayList<>();
    private final CountDownLatch arrived = new CountDownLatch(1);
    private final ConfigTree.Watch watch;
    private volatile @Nullable T current;

    private LiveConfig(ConfigTree tree, ConfigPath path, Class<T> type) {
        this.path = path;
        this.reader = new ConfigReader<>(path, type);
        this.watch = tree.watch(path, this::changed);
    }

    /**
     * The settings at {@code path}, kept up to date until closed. Waits for the tree's first word, for 5 s at most; the
     * packaged defaults hold until then, and also if that first word is unusable. Not to be called by a listener of the
     * tree's, for whose end that word would wait.
     *
     * @throws ConfigException if neither the tree nor the package has settings to begin with
     */
    public static <T extends Record> LiveConfig<T> open(ConfigTree tree, ConfigPath path, Class<T> type) {
        var config = new LiveConfig<>(tree, path, type);
        try {
            config.awaitFirst();
        } catch (ConfigException e) {
            config.close();
            throw e;
        }
        return config;
    }

    /** The settings in force. */
    public T current() {
        return Objects.requireNonNull(current);
    }

    /** From now on tells {@code listener} of all settings that differ from those before, on the tree's thread. */
    public void onChange(Consumer<T> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        watch.close();
    }

    private void awaitFirst() {
        try {
            if (!arrived.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Nothing heard of the settings at {} yet, going on with the packaged ones", path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (current == null) {
                current = reader.defaults();
            }
        }
    }

    private void changed(ConfigSubtree subtree) {
        tell(subtree);
        try {
            T settings = reader.read(subtree);
            if (replaceBy(settings)) {
                log.info("Settings changed: {}", path);
                listeners.forEach(listener -> listener.accept(settings));
            }
        } catch (ConfigException e) {
            log.error("Ignoring unusable settings at {}: {}", path, e.getMessage());
        } finally {
            arrived.countDown();
        }
    }

    /** Whether there were others before. */
    private synchronized boolean replaceBy(T settings) {
        T before = current;
        current = settings;
        return before != null && !before.equals(settings);
    }

    private void tell(ConfigSubtree subtree) {
        for (String name : reader.unknown(subtree)) {
            if (told.add(name)) {
                log.warn("Left aside the unknown setting {} (known: {})", path.child(name), reader.known());
            }
        }
        reader.missing(subtree).forEach((name, value) -> {
            if (told.add(name)) {
                log.info("Setting {} is missing, using the packaged default {}", path.child(name), value);
            }
        });
    }
}
