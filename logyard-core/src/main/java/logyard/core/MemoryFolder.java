package logyard.core;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder in memory, for what nobody wants to outlive the core: {@code journal.max_bytes=0}, which gives the best effort
 * of the original. It is in {@code /dev/shm}, which every Linux has, and new with each core; what one that was killed has
 * left there the next one of the same state folder removes.
 */
final class MemoryFolder implements AutoCloseable {
    /** How much a journal in memory may take: the least that a journal can have. */
    static final long BYTES = 16L << 20;

    private static final Logger log = LoggerFactory.getLogger(MemoryFolder.class);
    private static final Path MEMORY = Path.of("/dev/shm");

    private final Path folder;

    private MemoryFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes one.
     *
     * @param state the core's folder on disk, of which it has the lock
     * @throws IOException if there is no room in memory
     */
    static MemoryFolder create(Path state) throws IOException {
        try {
            return new MemoryFolder(Files.createTempDirectory(MEMORY, prefix(state))); // for its owner only
        } catch (IOException e) {
            throw new IOException(
                    "journal.max_bytes=0 keeps the journal in " + MEMORY + ", which cannot be used: " + e
                            + "; set a size, or mend that",
                    e);
        }
    }

    private static String prefix(Path state) throws IOException {
        return "logyard-" + Integer.toHexString(state.toRealPath().hashCode()) + "-";
    }

    /** Removes what earlier cores of this state folder have left. Whoever calls it has the folder's lock. */
    static void removeLeftovers(Path state) throws IOException {
        if (!Files.isDirectory(MEMORY)) {
            return;
        }
        UserPrincipal us = Files.getOwner(state.resolve("journal/lock")); // made by who runs the core
        List<Path> left = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(MEMORY, prefix(state) + "*")) {
            found.forEach(left::add);
        }
        for (Path folder : left) {
            if (Files.isDirectory(folder, NOFOLLOW_LINKS)
                    && Files.getOwner(folder, NOFOLLOW_LINKS).equals(us)) {
                removeAll(folder);
                log.info("Removed {}, which a core that was killed has left", folder);
            }
        }
    }

    private static void removeAll(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> found = Files.walk(folder)) {
            all = found.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }

    /** Where it is. */
    Path path() {
        return folder;
    }

    /** Removes it; what is in it must be closed. */
    @Override
    public void close() throws IOException {
        removeAll(folder);
    }
}
