package logyard.core.tail.position;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import logyard.config.FolderLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the owner has acknowledged each stream, in memory and, as often as it is told to save, on disk.
 *
 * <p>Saving is done by a thread of its own, {@code tail-positions}, since a sync can take long and lines must not wait
 * for it. When a save fails, that is logged once and counted, and the tailer goes on: a restart would then repeat lines,
 * which is better than to ship none. {@link #acknowledge} may be called by any thread, the rest by the tail thread.
 */
public final class Positions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Positions.class);
    private static final long CLOSE_SECONDS = 1;

    private final FolderLock lock;
    private final PositionsFile file;
    private final ExecutorService saver;
    private final Map<List<String>, SavedPath> unclaimed = new HashMap<>();
    private final Map<StreamId, Long> acknowledged = new ConcurrentHashMap<>();
    private final AtomicBoolean progressed = new AtomicBoolean();
    private final AtomicReference<@Nullable Snapshot> unsaved = new AtomicReference<>();
    private final AtomicLong saved = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final int unreadable;

    /** There were positions, and whoever claims some gets none. */
    private boolean lost;

    private Runnable afterSave = () -> {};
    private long snapshots;
    private boolean failing;

    private record Snapshot(long number, List<SavedPath> paths) {}

    private Positions(FolderLock lock, boolean hadLife, PositionsFile file, ExecutorService saver) throws IOException {
        this.lock = lock;
        this.file = file;
        this.saver = saver;
        PositionsFile.Loaded loaded = file.load();
        this.unreadable = loaded.unreadable();
        this.lost = hadLife && !loaded.isKnown();
        loaded.paths().forEach(path -> unclaimed.put(List.of(path.name(), path.path()), path));
    }

    /**
     * Reads the positions in a directory, which is made if it is not there, and is ours until {@link #close}: two tailers
     * would publish every line twice.
     *
     * @throws IOException if the directory cannot be used, or another tailer uses it
     * @throws logyard.config.DurableFile.NewerVersionException if a newer Logyard wrote there
     */
    public static Positions open(Path directory) throws IOException {
        return open(directory, Executors.newSingleThreadExecutor(task -> {
            var thread = new Thread(task, "tail-positions");
            thread.setDaemon(true);
            return thread;
        }));
    }

    /** As {@link #open(Path)}, saving on another thread, which is shut down by {@link #close}. */
    public static Positions open(Path directory, ExecutorService saver) throws IOException {
        Files.createDirectories(directory);
        boolean hadLife = FolderLock.wasTaken(directory);
        FolderLock lock = FolderLock.take(directory);
        try {
            return new Positions(lock, hadLife, new PositionsFile(directory), saver);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Takes over what was saved for a path; whoever does has to save it from now on. */
    public Optional<SavedPath> claim(String name, Path path) {
        return Optional.ofNullable(unclaimed.remove(List.of(name, path.toString())));
    }

    /** Whether an earlier life had positions that are damaged or gone, so that nobody knows how far the files were read. */
    public boolean areLost() {
        return lost;
    }

    /** Drops what was saved for paths that nobody has claimed: who claims from now on is new. */
    public void forgetUnclaimed() {
        unclaimed.clear();
        lost = false;
        progressed.set(true);
    }

    /** Begins to accept acknowledgements of a stream, of which everything before {@code offset} needs none. */
    public void track(StreamId id, long offset) {
        acknowledged.putIfAbsent(id, offset);
    }

    public void forget(StreamId id) {
        acknowledged.remove(id);
    }

    /** Everything before {@code offset} has arrived; any thread may say so, and may repeat it. */
    public void acknowledge(StreamId id, long offset) {
        acknowledged.computeIfPresent(id, (stream, before) -> {
            if (offset <= before) {
                return before;
            }
            progressed.set(true);
            return offset;
        });
    }

    /** The offset up to which a tracked stream is acknowledged. */
    public long acknowledged(StreamId id) {
        return acknowledged.getOrDefault(id, 0L);
    }

    /** Whether there were acknowledgements since this was last asked. */
    public boolean hasProgressed() {
        return progressed.getAndSet(false);
    }

    /** Is called on the saving thread after every save. */
    public void afterSave(Runnable action) {
        afterSave = action;
    }

    /**
     * Saves all followed paths, and soon: a snapshot may be overtaken by a later one.
     *
     * @return the number that {@link #isSaved} wants
     */
    public long save(List<SavedPath> followed) {
        var all = new ArrayList<>(followed);
        all.addAll(unclaimed.values());
        snapshots++;
        unsaved.set(new Snapshot(snapshots, all));
        saver.execute(this::saveNewest);
        return snapshots;
    }

    /** Whether that snapshot, or a later one, is on disk, or could not be written. */
    public boolean isSaved(long snapshot) {
        return saved.get() >= snapshot;
    }

    /** Saves that failed, and files that could not be read at the start. */
    public long failures() {
        return failures.get() + unreadable;
    }

    private void saveNewest() {
        Snapshot newest = unsaved.getAndSet(null);
        if (newest == null) {
            return;
        }
        try {
            file.save(newest.paths());
            if (failing) {
                log.info("Positions are saved again");
            }
            failing = false;
        } catch (IOException e) {
            failures.incrementAndGet();
            if (!failing) {
                log.warn("Cannot save positions, a restart now would repeat lines: {}", e.toString());
            }
            failing = true;
        }
        saved.set(newest.number());
        afterSave.run();
    }

    /** Waits a second at most for the last save. */
    @Override
    public void close() {
        saver.shutdown();
        try {
            if (!saver.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.error("Positions were not saved within {} s", CLOSE_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try {
            lock.close();
        } catch (IOException e) {
            log.debug("Cannot close the lock: {}", e.getMessage());
        }
    }
}
