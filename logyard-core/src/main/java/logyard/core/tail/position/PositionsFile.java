package logyard.core.tail.position;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import logyard.config.DurableFile;
import logyard.config.DurableFile.NewerVersionException;
import logyard.config.fault.DurableStep;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code positions.json} in a state directory, a {@link DurableFile} with the generation before it.
 *
 * <p>Not thread-safe.
 */
final class PositionsFile {
    private static final Logger log = LoggerFactory.getLogger(PositionsFile.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    private final Path file;

    /**
     * What could be read, and how many files could not.
     *
     * @param isKnown whether there was a file that could be
     */
    record Loaded(List<SavedPath> paths, int unreadable, boolean isKnown) {}

    private record Document(int version, List<SavedPath> paths) {
        Document {
            if (version != VERSION) {
                throw new IllegalArgumentException("version must be " + VERSION + ", got " + version);
            }
            paths = List.copyOf(paths);
        }
    }

    PositionsFile(Path directory) {
        this.file = directory.resolve("positions.json");
    }

    /**
     * Reads the newest file that can be read; one that is damaged is set aside.
     *
     * @throws IOException if we may not read it: to begin anew would be to forget it
     * @throws NewerVersionException if a newer Logyard wrote it
     */
    Loaded load() throws IOException {
        if (Files.exists(file) && !Files.isReadable(file)) {
            throw new AccessDeniedException(file.toString());
        }
        DurableFile.Loaded<Document> loaded = DurableFile.load(file, this::parse);
        if (loaded.content().isEmpty() && loaded.damaged() > 0) {
            log.error("No positions in {} can be used, every file is seen for the first time", file);
        }
        return new Loaded(
                loaded.content().map(Document::paths).orElse(List.of()),
                loaded.damaged(),
                loaded.content().isPresent());
    }

    private Document parse(byte[] json) throws IOException {
        JsonNode document = JSON.readTree(json);
        int version = document.path("version").asInt();
        if (version > VERSION) {
            throw new NewerVersionException(file, version, VERSION);
        }
        if (!document.isObject()) {
            throw new IOException("it is no JSON object");
        }
        return JSON.treeToValue(document, Document.class);
    }

    void save(List<SavedPath> paths) throws IOException {
        DurableFile.replaceKeepingPrevious(file, JSON.writeValueAsBytes(new Document(VERSION, paths)));
        DurableStep.POSITIONS_SAVED.done();
    }
}
