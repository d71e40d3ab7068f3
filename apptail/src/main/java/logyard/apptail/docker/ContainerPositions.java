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
 * How far the streams of containers are safe in the core's journal, each as {@code <container>/<stream>}: {@code docker.json} in the state directory, a {@link
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
    private final Map<String, Progress> byPlace = new HashMap<>();
    private final Set<String> unclaimed = new HashSet<>();

    private Map<String, Checkpoint> saved = Map.of(); // of the thread "docker-saver"
    private boolean failing; // of the thread "docker-saver"

    private record Document(int version, Map<String, Checkpoint> streams) {}

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
                .ifPresent(document -> document.streams().forEach((place, checkpoint) -> {
                    positions.claim(place, checkpoint);
                    positions.unclaimed.add(place);
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
        if (!document.path("streams").isObject()) {
            throw new IOException("there are no streams in it");
        }
        Document read = JSON.treeToValue(document, Document.class);
        read.streams().values().forEach(Checkpoint::instant); // or it throws
        return read;
    }

    private Progress claim(String place, Checkpoint checkpoint) {
        var progress = new Progress(checkpoint);
        byPlace.put(place, progress);
        byStream.put(checkpoint.stream(), progress);
        return progress;
    }

    /** How far a stream was read; if it never was, it is known from now on. */
    synchronized Progress of(String place) {
        unclaimed.remove(place);
        Progress known = byPlace.get(place);
        return known == null ? claim(place, Checkpoint.beginning()) : known;
    }

    /** A stream is read anew: nothing of it is known. */
    synchronized Progress startAnew(String place) {
        forget(place);
        return claim(place, Checkpoint.beginning());
    }

    /** A stream is of no interest any more. */
    synchronized void forget(String place) {
        Progress known = byPlace.remove(place);
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
            byPlace.forEach((place, progress) -> safe.put(place, progress.safe()));
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
                        "Cannot save how far the streams of containers were read, after a restart lines will come again: {}",
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
