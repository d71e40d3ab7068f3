package logyard.core.tail.position;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code positions.json} in a state directory: replaced whole, the one before kept as {@code positions.previous.json}.
 *
 * <p>Not thread-safe.
 */
final class PositionsFile {
    private static final Logger log = LoggerFactory.getLogger(PositionsFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    private final Path current;
    private final Path previous;
    private final Path next;

    /** What could be read, and how many files could not. */
    record Loaded(List<SavedPath> paths, int unreadable) {}

    private record Document(int version, List<SavedPath> paths) {
        Document {
            if (version != VERSION) {
                throw new IllegalArgumentException("version must be " + VERSION + ", got " + version);
            }
            paths = List.copyOf(paths);
        }
    }

    PositionsFile(Path directory) {
        this.current = directory.resolve("positions.json");
        this.previous = directory.resolve("positions.previous.json");
        this.next = directory.resolve("positions.json.new");
    }

    /**
     * Reads the newest file that can be read; one that cannot is set aside as {@code ….damaged}.
     *
     * @throws IOException if a newer Logyard wrote one of them
     */
    Loaded load() throws IOException {
        int unreadable = 0;
        for (Path file : List.of(current, previous)) {
            if (Files.exists(file)) {
                Optional<Document> document = read(file);
                if (document.isPresent()) {
                    return new Loaded(document.get().paths(), unreadable);
                }
                unreadable++;
                Files.move(file, file.resolveSibling(file.getFileName() + ".damaged"), REPLACE_EXISTING);
            }
        }
        return new Loaded(List.of(), unreadable);
    }

    private static Optional<Document> read(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        try {
            JsonNode document = JSON.readTree(bytes);
            refuseNewer(file, document.path("version").asInt());
            return Optional.of(JSON.treeToValue(document, Document.class));
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            log.error("Cannot use the positions in {}: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static void refuseNewer(Path file, int version) throws IOException {
        if (version > VERSION) {
            throw new IOException(file + " has version " + version + " and this Logyard reads up to version " + VERSION
                    + "; start the newer one, or move the file away to begin anew");
        }
    }

    void save(List<SavedPath> paths) throws IOException {
        write(JSON.writeValueAsBytes(new Document(VERSION, paths)));
        if (Files.exists(current)) {
            Files.move(current, previous, ATOMIC_MOVE);
        }
        Files.move(next, current, ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(current.resolveSibling("."), READ)) {
            directory.force(true);
        }
    }

    private void write(byte[] document) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        try (FileChannel file = FileChannel.open(next, Set.of(CREATE, WRITE, TRUNCATE_EXISTING), ownerOnly)) {
            ByteBuffer bytes = ByteBuffer.wrap(document);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(true);
        }
    }
}
