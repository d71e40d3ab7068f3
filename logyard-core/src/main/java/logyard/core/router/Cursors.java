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
import java.util.UUID;
import logyard.config.DurableFile;
import logyard.config.fault.DurableStep;

/**
 * Where the drains and the named subscribers of this node stand, in a small file that is replaced whole. One thread at a
 * time.
 *
 * <p>A cursor must not be saved before the journal is safe up to it: else the end of the journal that a power failure
 * took away would be passed over when it is written again.
 */
public final class Cursors {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final int damaged;
    private final boolean lost;
    private boolean isThere;
    private All saved;

    /**
     * Where one of them stands.
     *
     * @param filters what it wanted, without which its numbers mean nothing
     * @param id another one for each that begins, also under a name that there was before, and for other filters
     */
    public record Saved(FeedCursor cursor, List<String> filters, UUID id) {
        /** Of a file that was written by hand, or by a version that knew none. */
        public static final UUID NO_ID = new UUID(0, 0);

        public Saved {
            filters = List.copyOf(filters);
        }

        /** One without an id. */
        public Saved(FeedCursor cursor, List<String> filters) {
            this(cursor, filters, NO_ID);
        }

        /** One that begins. */
        static Saved beginning(FeedCursor cursor, List<String> filters) {
            return new Saved(cursor, filters, UUID.randomUUID());
        }

        /** The same with an id. */
        Saved withId() {
            return id.equals(NO_ID) ? beginning(cursor, filters) : this;
        }
    }

    /** All of them, by name; a drain and a subscriber may have the same. */
    private record All(Map<String, Saved> drains, Map<String, Saved> subscribers) {
        static final All NONE = new All(Map.of(), Map.of());

        All {
            drains = Map.copyOf(drains);
            subscribers = Map.copyOf(subscribers);
        }
    }

    private Cursors(Path file, DurableFile.Loaded<All> loaded) {
        this.file = file;
        this.isThere = loaded.content().isPresent();
        this.saved = loaded.content().orElse(All.NONE);
        this.damaged = loaded.damaged();
        this.lost = damaged > 0 && saved.equals(All.NONE);
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
        return saved.drains();
    }

    /** Those of the named subscribers. */
    public Map<String, Saved> savedSubscribers() {
        return saved.subscribers();
    }

    /** Whether there were cursors at the start, and none of them could be used: nobody knows where the drains stood. */
    public boolean wereLost() {
        return lost;
    }

    /** Whether there is a file that can be read; a core writes one as soon as it runs, even if nobody stands anywhere. */
    public boolean isThere() {
        return isThere;
    }

    /** How many generations of the file could not be used at the start. */
    public int damaged() {
        return damaged;
    }

    /** Saves all cursors, if one of them moved. */
    public void save(Map<String, Saved> drains, Map<String, Saved> subscribers) throws IOException {
        var now = new All(drains, subscribers);
        if (isThere && now.equals(saved)) {
            return;
        }
        ObjectNode json = JSON.createObjectNode().put("version", VERSION);
        write(drains, json.putObject("drains"));
        if (!subscribers.isEmpty()) {
            write(subscribers, json.putObject("subscribers"));
        }
        DurableFile.replaceKeepingPrevious(file, JSON.writeValueAsBytes(json));
        DurableStep.CURSORS_SAVED.done();
        saved = now;
        isThere = true;
    }

    private static void write(Map<String, Saved> cursors, ObjectNode into) {
        new TreeMap<>(cursors).forEach((name, saved) -> write(saved, into.putObject(name)));
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
        if (!drain.id().equals(Saved.NO_ID)) {
            into.put("id", drain.id().toString());
        }
    }

    private static All read(Path file, byte[] content) throws IOException {
        JsonNode json = JSON.readTree(content);
        int version = json.path("version").asInt();
        if (version > VERSION) {
            throw new DurableFile.NewerVersionException(file, version, VERSION);
        }
        if (version < 1 || !json.path("drains").isObject()) {
            throw new IOException("it holds no cursors");
        }
        return new All(readAll(json.path("drains")), readAll(json.path("subscribers")));
    }

    private static Map<String, Saved> readAll(JsonNode json) {
        Map<String, Saved> cursors = new TreeMap<>();
        json.properties().forEach(named -> cursors.put(named.getKey(), read(named.getValue())));
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
        return new Saved(
                cursor,
                filters,
                json.has("id") ? UUID.fromString(json.path("id").asText()) : Saved.NO_ID);
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
