package logyard.core;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import logyard.config.FolderLock;

/**
 * A folder in memory, for what nobody wants to outlive the core: {@code journal.max_bytes=0}, which gives the best effort
 * of the original. It is in {@code /dev/shm}, which every Linux has, and empty at first; what a core that was killed has
 * left there is removed by the next one.
 */
final class MemoryFolder implements AutoCloseable {
    /** How much a journal in memory may take: the least that a journal can have. */
    static final long BYTES = 16L << 20;

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path folder;
    private final FolderLock lock;

    private MemoryFolder(Path folder, FolderLock lock) {
        this.folder = folder;
        this.lock = lock;
    }

    /**
     * Makes it anew.
     *
     * @param state the core's folder on disk, by which that in memory is told from those of other cores
     * @throws IOException if it is in use, or somebody else's
     */
    static MemoryFolder open(Path state) throws IOException {
        Path real = state.toRealPath();
        Path folder = MEMORY.resolve("logyard-" + Integer.toHexString(real.hashCode()));
        try {
            Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException e) {
            requireOurs(folder, real);
        } catch (IOException e) {
            throw new IOException(
                    "journal.max_bytes=0 keeps the journal in " + MEMORY + ", which cannot be used: " + e
                            + "; set a size, or mend that",
                    e);
        }
        FolderLock lock = FolderLock.take(folder);
        try {
            removeAllIn(folder.resolve("journal"));
            return new MemoryFolder(folder, lock);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    /** Everybody may make a folder there: one that others can look into or change is not used. */
    private static void requireOurs(Path folder, Path state) throws IOException {
        PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class, NOFOLLOW_LINKS);
        if (!found.isDirectory()
                || !found.owner().equals(Files.getOwner(state))
                || !found.permissions().equals(OWNER_ONLY)) {
            throw new IOException(
                    folder + " is not a folder of this core's alone; remove it, or set journal.max_bytes");
        }
    }

    private static void removeAllIn(Path folder) throws IOException {
        if (Files.exists(folder, NOFOLLOW_LINKS)) {
            List<Path> all;
            try (Stream<Path> found = Files.walk(folder)) {
                all = found.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path path : all) {
                Files.delete(path);
            }
        }
    }

    /** For the journal; need not exist yet. */
    Path journal() {
        return folder.resolve("journal");
    }

    /** Removes it; the journal must be closed. */
    @Override
    public void close() throws IOException {
        try (lock) {
            removeAllIn(folder);
        }
    }
}
