package logyard.core.router;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import logyard.config.DurableFile;
import logyard.config.fault.DurableStep;

/**
 * Where the drains of this node stand, in a small file that is replaced whole. One thread at a time.
 *
 * <p>A cursor must not be saved before the journal is safe up to it: else the end of the journal that a power failure
 * took away would be passed over when it is written again.
 */
public final class Cursors {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final int damaged;
    private Map<String, Saved> saved;

    /**
     * Where one drain stands.
     *
     * @param filters what the drain wanted, without which its numbers mean nothing
     */
    public record Saved(FeedCursor cursor, List<String> filters) {
        public Saved {
            filters = List.copyOf(filters);
        }
    }

    private Cursors(Path file, DurableFile.Loaded<Map<String, Saved>> loaded) {
        this.file = file;
        this.saved = loaded.content().orElse(Map.of());
        this.damaged = loaded.damaged();
    }

    /**
     * Reads the file; there need not be one, and of a damaged one the generation before is used.
     *
     * @throws DurableFile.NewerVersionException if a later version of Logyard wrote it
     */
    public static Cursors load(Path file) {
        return new Cursors(file, DurableFile.load(file, content -> read(file, content)));
    }

    /** As {@link #load}, but changes nothing: what is damaged stays where it is. */
    public static Cursors look(Path file) {
        return new Cursors(file, DurableFile.look(file, content -> read(file, content)));
    }

    /** The cursors as they were read, or saved last, by drain name. */
    public Map<String, Saved> saved() {
        return Map.copyOf(saved);
    }

    /** Whether there were cursors, and none of them can be used: nobody knows any more where the drains stood. */
    public boolean areLost() {
        return damaged > 0 && saved.isEmpty();
    }

    /** How many generations of the file could not be used at the start. */
    public int damaged() {
        return damaged;
    }

    /** Saves all cursors, if one of them moved. */
    public void save(Map<String, Saved> cursors) throws IOException {
        if (cursors.equals(saved)) {
            return;
        }
        ObjectNode json = JSON.createObjectNode().put("version", VERSION);
        ObjectNode drains = json.putObject("drains");
        new TreeMap<>(cursors).forEach((name, drain) -> write(drain, drains.putObject(name)));
        DurableFile.replaceKeepingPrevious(file, JSON.writeValueAsBytes(json));
        DurableStep.CURSORS_SAVED.done();
        saved = Map.copyOf(cursors);
    }

    private static void write(Saved drain, ObjectNode into) {
        FeedCursor cursor = drain.cursor();
        into.put("position", cursor.position())
                .put("delivered", cursor.account().delivered())
                .put("stored", cursor.stored())
                .put("counted_to", cursor.countedTo())
                .put("unstored", cursor.unstored());
        ObjectNode drops = into.putObject("drops");
        new TreeMap<>(cursor.account().drops())
                .forEach((reason, drop) -> drops.putObject(reason.label())
                        .put("events", drop.events())
                        .put("since", drop.since())
                        .put("announced", drop.announced())
                        .put("open_since", drop.openSince()));
        drain.filters().forEach(into.putArray("filters")::add);
    }

    private static Map<String, Saved> read(Path file, byte[] content) throws IOException {
        JsonNode json = JSON.readTree(content);
        int version = json.path("version").asInt();
        if (version > VERSION) {
            throw new DurableFile.NewerVersionException(file, version, VERSION);
        }
        if (version < 1 || !json.path("drains").isObject()) {
            throw new IOException("it holds no cursors");
        }
        Map<String, Saved> cursors = new TreeMap<>();
        json.path("drains").properties().forEach(drain -> cursors.put(drain.getKey(), read(drain.getValue())));
        return cursors;
    }

    private static Saved read(JsonNode json) {
        var cursor = new FeedCursor(
                json.path("position").asLong(),
                new Account(json.path("delivered").asLong(), drops(json.path("drops"))),
                json.path("stored").asLong(),
                json.path("counted_to").asLong(),
                json.path("unstored").asLong());
        List<String> filters = new ArrayList<>();
        json.path("filters").forEach(filter -> filters.add(filter.asText()));
        return new Saved(cursor, filters);
    }

    private static Map<DropReason, Drop> drops(JsonNode json) {
        Map<DropReason, Drop> drops = new EnumMap<>(DropReason.class);
        for (DropReason reason : DropReason.values()) {
            JsonNode drop = json.path(reason.label());
            if (drop.isObject()) {
                drops.put(
                        reason,
                        new Drop(
                                drop.path("events").asLong(),
                                drop.path("since").asLong(),
                                drop.path("announced").asLong(),
                                drop.path("open_since").asLong()));
            }
        }
        return drops;
    }
}
