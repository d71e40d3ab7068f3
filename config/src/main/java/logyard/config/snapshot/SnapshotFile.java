package logyard.config.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import logyard.config.DurableFile;
import logyard.config.DurableFile.NewerVersionException;
import logyard.config.fault.DurableStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file a snapshot lives in, such as {@code /var/lib/logyard/config-systail.json}, a {@link DurableFile} with the
 * generation before it.
 *
 * <p>Not thread-safe: one process, one file, one thread at a time.
 */
public final class SnapshotFile {
    private static final Logger log = LoggerFactory.getLogger(SnapshotFile.class);

    private final Path file;
    private boolean isOfANewerLogyard;

    /** The file of {@code process} in {@code folder}, which need not exist yet. */
    public SnapshotFile(Path folder, String process) {
        this.file = folder.resolve("config-" + process + ".json");
    }

    /** Whether this process ever left a snapshot, readable or not. */
    public boolean exists() {
        return DurableFile.existed(file);
    }

    /**
     * The latest snapshot that can be read. One that was written by a newer Logyard is left untouched: it is not read,
     * and {@link #save} does nothing from then on.
     */
    public Optional<Snapshot> load() {
        try {
            return DurableFile.load(file, json -> SnapshotJson.read(file, json)).content();
        } catch (NewerVersionException e) {
            isOfANewerLogyard = true;
            log.error("Doing without the snapshot: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** The latest snapshot, for another process that must change nothing; empty if that cannot or may not read it. */
    public Optional<Snapshot> look() {
        try {
            return Files.isReadable(file)
                    ? DurableFile.look(file, json -> SnapshotJson.read(file, json))
                            .content()
                    : Optional.empty();
        } catch (NewerVersionException e) {
            return Optional.empty();
        }
    }

    /** Replaces the snapshot. When this returns, it is on the disk. */
    public void save(Snapshot snapshot) throws IOException {
        if (!isOfANewerLogyard) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            DurableFile.replaceKeepingPrevious(file, SnapshotJson.write(snapshot));
            DurableStep.SNAPSHOT_SAVED.done();
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
