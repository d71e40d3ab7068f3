package logyard.config.snapshot;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file a snapshot lives in, such as {@code /var/lib/logyard/config-systail.json}, and the generation before it,
 * {@code config-systail.json.1}.
 *
 * <p>A crash at any moment leaves one of the two whole. Only the owner may read them, since drains may hold secrets. Not
 * thread-safe: one process, one file, one thread at a time.
 */
public final class SnapshotFile {
    private static final Logger log = LoggerFactory.getLogger(SnapshotFile.class);
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path file;
    private final Path previous;
    private final Path next;
    private boolean isOfANewerLogyard;

    /** The file of {@code process} in {@code folder}, which need not exist yet. */
    public SnapshotFile(Path folder, String process) {
        this.file = folder.resolve("config-" + process + ".json");
        this.previous = folder.resolve(file.getFileName() + ".1");
        this.next = folder.resolve(file.getFileName() + ".tmp");
    }

    /** Whether this process ever left a snapshot, readable or not. */
    public boolean exists() {
        return Files.exists(file) || Files.exists(previous);
    }

    /**
     * The latest snapshot that can be read. One that was written by a newer Logyard is left untouched: it is not read,
     * and {@link #save} does nothing from then on.
     */
    public Optional<Snapshot> load() {
        Optional<Snapshot> latest = load(file);
        return latest.isPresent() || isOfANewerLogyard ? latest : load(previous);
    }

    private Optional<Snapshot> load(Path generation) {
        if (!Files.exists(generation)) {
            return Optional.empty();
        }
        try {
            return Optional.of(SnapshotJson.read(Files.readAllBytes(generation)));
        } catch (NewerVersionException e) {
            isOfANewerLogyard = true;
            log.error("Leaving {} untouched and doing without it: {}", generation, e.getMessage());
        } catch (IOException e) {
            log.warn("Cannot read the snapshot {}: {}", generation, e.getMessage());
        }
        return Optional.empty();
    }

    /** Replaces the snapshot. When this returns, it is on the disk. */
    public void save(Snapshot snapshot) throws IOException {
        if (isOfANewerLogyard) {
            return;
        }
        Files.createDirectories(next.toAbsolutePath().getParent());
        Files.deleteIfExists(next);
        try (FileChannel channel = FileChannel.open(next, Set.of(CREATE_NEW, WRITE), OWNER_ONLY)) {
            ByteBuffer json = ByteBuffer.wrap(SnapshotJson.write(snapshot));
            while (json.hasRemaining()) {
                channel.write(json);
            }
            channel.force(true);
        }
        if (Files.exists(file)) {
            Files.move(file, previous, ATOMIC_MOVE, REPLACE_EXISTING);
        }
        Files.move(next, file, ATOMIC_MOVE, REPLACE_EXISTING);
        try (FileChannel folder = FileChannel.open(next.toAbsolutePath().getParent(), READ)) {
            folder.force(true); // else the new names may be lost with the power
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
