package logyard.apptail.instance;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import logyard.config.DurableFile;
import logyard.config.DurableFile.NewerVersionException;

/**
 * {@code instances.json} in the state directory, a {@link DurableFile}: after a restart nobody need be asked which
 * instances there are, and those that end meanwhile are read to their end.
 *
 * <p>Not thread-safe.
 */
final class InstancesFile {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final int VERSION = 1;

    private final Path file;

    private record Document(int version, List<Instance> instances) {
        Document {
            instances = List.copyOf(instances);
        }
    }

    InstancesFile(Path directory) {
        this.file = directory.resolve("instances.json");
    }

    /**
     * What was saved last; none if nothing can be used.
     *
     * @throws NewerVersionException if a newer Logyard wrote it
     */
    List<Instance> load() {
        return DurableFile.load(file, this::parse)
                .content()
                .map(Document::instances)
                .orElse(List.of());
    }

    private Document parse(byte[] json) throws IOException {
        JsonNode document = JSON.readTree(json);
        int version = document.path("version").asInt();
        if (version > VERSION) {
            throw new NewerVersionException(file, version, VERSION);
        }
        return JSON.treeToValue(document, Document.class);
    }

    void save(Collection<Instance> instances) throws IOException {
        DurableFile.replaceKeepingPrevious(file, JSON.writeValueAsBytes(new Document(VERSION, List.copyOf(instances))));
    }
}
