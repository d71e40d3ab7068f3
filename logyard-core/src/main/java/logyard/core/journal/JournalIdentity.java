package logyard.core.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import logyard.config.DurableFile;
import logyard.config.DurableFile.NewerVersionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * By which two journals are told apart: a position means something in one of them only. It is in the journal's folder, {@code
 * identity.json}, and goes away with it.
 */
public final class JournalIdentity {
    private static final Logger log = LoggerFactory.getLogger(JournalIdentity.class);

    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private JournalIdentity() {}

    /**
     * That of the journal in a folder of which the caller has the lock; a new one if there is none that can be read. If it
     * cannot be written it is another one after the next start.
     *
     * @throws NewerVersionException if a later Logyard wrote it
     */
    public static UUID of(Path folder) {
        Path file = folder.resolve("identity.json");
        Optional<UUID> known =
                DurableFile.load(file, content -> parse(file, content)).content();
        if (known.isPresent()) {
            return known.get();
        }
        UUID made = UUID.randomUUID();
        try {
            DurableFile.replaceKeepingPrevious(
                    file,
                    JSON.writeValueAsBytes(
                            JSON.createObjectNode().put("version", VERSION).put("id", made.toString())));
        } catch (IOException e) {
            log.warn(
                    "Cannot write {}: after the next start, subscribers get some events a second time ({})",
                    file,
                    e.toString());
        }
        return made;
    }

    private static UUID parse(Path file, byte[] content) throws IOException {
        JsonNode json = JSON.readTree(content);
        int version = json.path("version").asInt();
        if (version > VERSION) {
            throw new NewerVersionException(file, version, VERSION);
        }
        return UUID.fromString(json.path("id").asText());
    }
}
