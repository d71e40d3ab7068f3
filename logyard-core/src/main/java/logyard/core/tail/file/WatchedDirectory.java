package logyard.core.tail.file;

import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import logyard.core.tail.file.FileChanges.Listener;
import org.jspecify.annotations.Nullable;

/**
 * A directory with followed files in it, and how closely it is watched. Not thread-safe.
 *
 * <p>One event per write is the quickest way to learn of a line, and at thousands of writes a second the dearest. So a
 * directory with many becomes busy: the kernel is asked for its creations and deletions only, and its files are polled
 * until they are quiet again.
 */
final class WatchedDirectory {
    /** Woken more often than this within a window, a directory is busy. */
    private static final int BUSY_WAKE_UPS = 50;

    private static final long WINDOW = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long QUIET = TimeUnit.MILLISECONDS.toNanos(200);

    /** How closely the kernel watches a directory for us. */
    enum Mode {
        /** Every change is told. */
        ATTENTIVE,
        /** Creations and deletions are told. */
        BUSY,
        /** Nothing is told: the directory cannot be watched, or is gone. */
        UNWATCHED
    }

    final Path path;
    final FileStatus status;
    private final Map<String, List<Listener>> listeners = new HashMap<>();
    private Mode mode = Mode.UNWATCHED;
    private @Nullable WatchKey key;
    private boolean gone;
    private int wakeUps;
    private long windowStart;
    private long lastData;

    WatchedDirectory(Path path, FileStatus status) {
        this.path = path;
        this.status = status;
    }

    void add(String name, Listener listener) {
        listeners.computeIfAbsent(name, n -> new ArrayList<>()).add(listener);
    }

    void remove(String name, Listener listener) {
        listeners.computeIfPresent(name, (n, all) -> {
            all.remove(listener);
            return all.isEmpty() ? null : all;
        });
    }

    boolean isUnused() {
        return listeners.isEmpty();
    }

    int files() {
        return listeners.size();
    }

    Mode mode() {
        return mode;
    }

    boolean isUnwatched() {
        return mode == Mode.UNWATCHED;
    }

    /** Whether this is no directory any more, but may have a successor at its path. */
    boolean isGone() {
        return gone;
    }

    Optional<WatchKey> key() {
        return Optional.ofNullable(key);
    }

    void watchedBy(WatchKey watchKey, Mode closely) {
        key = watchKey;
        mode = closely;
    }

    void unwatched() {
        mode = Mode.UNWATCHED;
    }

    void gone() {
        unwatched();
        gone = true;
        allNamesChanged();
    }

    /** Tells the followers of the file, or of the log that it was before its rotation. */
    void contentChanged(String name) {
        List<Listener> own = listeners.get(name);
        if (own != null) {
            own.forEach(Listener::contentChanged);
            return;
        }
        listeners.forEach((log, all) -> {
            if (name.startsWith(log)) {
                all.forEach(Listener::contentChanged);
            }
        });
    }

    void nameChanged(String name) {
        listeners.getOrDefault(name, List.of()).forEach(Listener::nameChanged);
    }

    void allContentsChanged() {
        listeners.values().forEach(all -> all.forEach(Listener::contentChanged));
    }

    void allNamesChanged() {
        listeners.values().forEach(all -> all.forEach(Listener::nameChanged));
    }

    /** Counts one wake-up because of content; true when there have been too many of them. */
    boolean isTooBusy(long now) {
        if (now - windowStart > WINDOW) {
            windowStart = now;
            wakeUps = 0;
        }
        wakeUps++;
        return mode == Mode.ATTENTIVE && wakeUps > BUSY_WAKE_UPS;
    }

    void foundData(long now) {
        lastData = now;
    }

    boolean isQuietAgain(long now) {
        return mode == Mode.BUSY && now - lastData > QUIET;
    }
}
