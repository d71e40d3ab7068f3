package logyard.apptail.docker;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import logyard.config.DurableFile;
import logyard.config.DurableFile.NewerVersionException;
import logyard.core.daemon.NamedThreads;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How far the logs of containers are safe in the core's journal: {@code docker.json} in the state directory, a {@link
 * DurableFile}, saved once a second by a thread of its own, {@code docker-saver}. Any thread may call.
 */
public final class ContainerPositions implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ContainerPositions.class);
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    private static final int VERSION = 1;

    private final Path file;
    private final ScheduledExecutorService saver = NamedThreads.scheduler("docker-saver");
    private final Map<UUID, Progress> byStream = new ConcurrentHashMap<>();

    // Guarded by this:
    private final Map<String, Progress> byContainer = new HashMap<>();
    private final Set<String> unclaimed = new HashSet<>();

    private Map<String, Checkpoint> saved = Map.of(); // of the thread "docker-saver"
    private boolean failing; // of the thread "docker-saver"

    private record Document(int version, Map<String, Checkpoint> containers) {}

    private ContainerPositions(Path file) {
        this.file = file;
    }

    /**
     * Those that were saved, in a directory that is there.
     *
     * @throws NewerVersionException if a newer Logyard wrote them
     */
    public static ContainerPositions open(Path stateDirectory) {
        var positions = new ContainerPositions(stateDirectory.resolve("docker.json"));
        DurableFile.load(positions.file, positions::parse)
                .content()
                .ifPresent(document -> document.containers().forEach((container, checkpoint) -> {
                    positions.claim(container, checkpoint);
                    positions.unclaimed.add(container);
                }));
        positions.saver.scheduleWithFixedDelay(positions::save, 1, 1, TimeUnit.SECONDS);
        return positions;
    }

    private Document parse(byte[] json) throws IOException {
        JsonNode document = JSON.readTree(json);
        int version = document.path("version").asInt();
        if (version > VERSION) {
            throw new NewerVersionException(file, version, VERSION);
        }
        Document read = JSON.treeToValue(document, Document.class);
        read.containers().values().forEach(Checkpoint::instant); // or it throws
        return read;
    }

    private Progress claim(String container, Checkpoint checkpoint) {
        var progress = new Progress(checkpoint);
        byContainer.put(container, progress);
        byStream.put(checkpoint.stream(), progress);
        return progress;
    }

    /** How far a container was read; if it never was, it is known from now on. */
    synchronized Progress of(String container) {
        unclaimed.remove(container);
        Progress known = byContainer.get(container);
        return known == null ? claim(container, Checkpoint.beginning()) : known;
    }

    /** Reads a container's log anew: nothing of it is known. */
    synchronized Progress startAnew(String container) {
        forget(container);
        return claim(container, Checkpoint.beginning());
    }

    /** Its log is of no interest any more. */
    synchronized void forget(String container) {
        Progress known = byContainer.remove(container);
        if (known != null) {
            byStream.values().remove(known);
        }
    }

    /** Forgets those that nobody has asked for since the start. */
    synchronized void forgetOthers() {
        Set.copyOf(unclaimed).forEach(this::forget);
        unclaimed.clear();
    }

    /** All of a stream before {@code position} is stored; streams that are none of a container's do not count. */
    public void acknowledged(long high, long low, long position) {
        Progress progress = byStream.get(new UUID(high, low));
        if (progress != null) {
            progress.acknowledged(position);
        }
    }

    /** Saves now, and runs {@code then} on the thread {@code docker-saver}, saved or not. */
    void saveNow(Runnable then) {
        try {
            saver.execute(() -> {
                save();
                then.run();
            });
        } catch (RejectedExecutionException e) {
            log.debug("Not any more: {}", e.getMessage());
        }
    }

    private void save() {
        Map<String, Checkpoint> safe = new TreeMap<>();
        synchronized (this) {
            byContainer.forEach((container, progress) -> safe.put(container, progress.safe()));
        }
        if (safe.equals(saved)) {
            return;
        }
        try {
            DurableFile.replaceKeepingPrevious(file, JSON.writeValueAsBytes(new Document(VERSION, safe)));
            saved = safe;
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                log.warn(
                        "Cannot save how far containers were read, after a restart lines will come again: {}",
                        e.toString());
            }
            failing = true;
        }
    }

    /** Saves for the last time, within 2 s. */
    @Override
    public void close() {
        saveNow(() -> {});
        NamedThreads.stop(saver);
    }
}
