package logyard.apptail.instance;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import logyard.config.DurableFile;
import logyard.config.DurableFile.NewerVersionException;
import logyard.config.fault.DurableStep;
import logyard.core.daemon.NamedThreads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code instances.json} in the state directory, a {@link DurableFile}: after a restart nobody need be asked which
 * instances there are, and those that end meanwhile are read to their end.
 *
 * <p>It is written by a thread of its own, {@code instances-saver}, since a sync can take longer than an instance lives.
 * One thread at a time may call.
 */
final class InstancesFile implements AutoCloseable {
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private static final Logger log = LoggerFactory.getLogger(InstancesFile.class);
    private static final int VERSION = 1;

    private final Path file;
    private final ExecutorService saver = NamedThreads.single("instances-saver");
    private final AtomicReference<@Nullable List<Instance>> unsaved = new AtomicReference<>();
    private boolean failing;

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

    /** Saves these, or what is given after them before their turn comes. Never waits. */
    void saveSoon(List<Instance> instances) {
        if (unsaved.getAndSet(List.copyOf(instances)) == null) {
            saver.execute(this::save);
        }
    }

    private void save() {
        List<Instance> newest = unsaved.getAndSet(null);
        if (newest == null) {
            return;
        }
        try {
            DurableFile.replaceKeepingPrevious(file, JSON.writeValueAsBytes(new Document(VERSION, newest)));
            DurableStep.INSTANCES_SAVED.done();
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                log.warn("Cannot save which instances there are, a restart now depends on their DEA: {}", e.toString());
            }
            failing = true;
        }
    }

    /** Waits 2 s at most for the last save. */
    @Override
    public void close() {
        NamedThreads.stop(saver);
    }
}
