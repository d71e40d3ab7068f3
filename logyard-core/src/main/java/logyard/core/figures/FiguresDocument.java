package logyard.core.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import logyard.core.router.StreamCount;

/**
 * Figures of a node as they are in the tree: JSON of at most {@value #MOST_BYTES} bytes, however many streams and drains
 * there are (docs/formats.md).
 *
 * @param events that came in, of all streams, also of those left out
 * @param bytes of those events
 * @param streamsLeftOut how many streams have no place in it
 * @param drainsLeftOut how many drains have none
 */
public record FiguresDocument(NodeFigures figures, long events, long bytes, int streamsLeftOut, int drainsLeftOut) {
    /** A value in the tree may have 64 KiB. */
    static final int MOST_BYTES = 48 << 10;

    private static final int VERSION = 1;

    /** For the drains, and as much for the streams; the rest is for what is around them. */
    private static final int MOST_ROW_BYTES = MOST_BYTES / 2 - 256;

    private static final int MOST_CHARACTERS = 200;
    private static final String STARTED = "started";
    private static final String ELAPSED = "elapsed_ms";
    private static final String EVENTS = "events";
    private static final String BYTES = "bytes";
    private static final String STREAMS = "streams";
    private static final String DRAINS = "drains";
    private static final String STREAMS_LEFT_OUT = "streams_left_out";
    private static final String DRAINS_LEFT_OUT = "drains_left_out";

    /**
     * The figures as JSON. Where there is too much, the busiest streams since {@code before} are kept, and the drains that
     * need attention before the busiest others.
     */
    static ObjectNode write(NodeFigures now, NodeFigures before) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("version", VERSION)
                .put(STARTED, now.started().toEpochMilli())
                .put(ELAPSED, now.elapsed().toMillis())
                .put(
                        EVENTS,
                        now.streams().stream().mapToLong(StreamCount::events).sum())
                .put(BYTES, now.streams().stream().mapToLong(StreamCount::bytes).sum());
        ArrayNode streams = json.putArray(STREAMS);
        ArrayNode drains = json.putArray(DRAINS);
        int room = MOST_ROW_BYTES;
        for (StreamCount stream : busiestFirst(now, before)) {
            room = add(row(stream), streams, room);
        }
        room = MOST_ROW_BYTES;
        for (DrainFigures drain : urgentFirst(now, before)) {
            room = add(row(drain), drains, room);
        }
        return json.put(STREAMS_LEFT_OUT, now.streams().size() - streams.size())
                .put(DRAINS_LEFT_OUT, now.drains().size() - drains.size());
    }

    private static int add(JsonNode row, ArrayNode rows, int room) {
        int left = room - row.toString().getBytes(UTF_8).length - 1;
        if (left >= 0) {
            rows.add(row);
        }
        return left;
    }

    private static List<StreamCount> busiestFirst(NodeFigures now, NodeFigures before) {
        Map<String, Long> earlier =
                before.streams().stream().collect(Collectors.toMap(StreamCount::name, StreamCount::events, Long::sum));
        return now.streams().stream()
                .sorted(Comparator.comparingLong(
                                (StreamCount stream) -> earlier.getOrDefault(stream.name(), 0L) - stream.events())
                        .thenComparing(StreamCount::name))
                .toList();
    }

    private static List<DrainFigures> urgentFirst(NodeFigures now, NodeFigures before) {
        Map<String, Long> earlier = before.drains().stream()
                .collect(Collectors.toMap(DrainFigures::name, DrainFigures::delivered, Long::sum));
        return now.drains().stream()
                .sorted(Comparator.comparing((DrainFigures drain) -> !drain.needsAttention())
                        .thenComparingLong(drain -> earlier.getOrDefault(drain.name(), 0L) - drain.delivered())
                        .thenComparing(DrainFigures::name))
                .toList();
    }

    private static ArrayNode row(StreamCount stream) {
        return JsonNodeFactory.instance
                .arrayNode()
                .add(shortened(stream.name()))
                .add(stream.events())
                .add(stream.bytes());
    }

    private static ObjectNode row(DrainFigures drain) {
        ObjectNode row =
                JsonNodeFactory.instance.objectNode().put("name", drain.name()).put("state", drain.state());
        drain.error().ifPresent(error -> row.put("error", shortened(error)));
        return row.put("delivered", drain.delivered())
                .put(BYTES, drain.bytes())
                .put("pending", drain.pending())
                .put("lag_ms", drain.lag().toMillis())
                .put("dropped", drain.dropped());
    }

    private static String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS - 1) + "…";
    }

    /** What a core wrote; empty if this is nothing that a core of this version writes. */
    public static Optional<FiguresDocument> read(JsonNode json) {
        if (json.path("version").asInt() != VERSION) {
            return Optional.empty();
        }
        List<StreamCount> streams = new ArrayList<>();
        json.path(STREAMS)
                .forEach(row -> streams.add(new StreamCount(
                        row.path(0).asText(), row.path(1).asLong(), row.path(2).asLong())));
        List<DrainFigures> drains = new ArrayList<>();
        json.path(DRAINS).forEach(row -> drains.add(drain(row)));
        try {
            var figures = new NodeFigures(
                    Instant.ofEpochMilli(json.path(STARTED).asLong()),
                    Duration.ofMillis(json.path(ELAPSED).asLong()),
                    streams,
                    drains);
            return Optional.of(new FiguresDocument(
                    figures,
                    json.path(EVENTS).asLong(),
                    json.path(BYTES).asLong(),
                    json.path(STREAMS_LEFT_OUT).asInt(),
                    json.path(DRAINS_LEFT_OUT).asInt()));
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static DrainFigures drain(JsonNode row) {
        return new DrainFigures(
                row.path("name").asText(),
                row.path("state").asText(),
                Optional.of(row.path("error").asText()).filter(error -> !error.isEmpty()),
                row.path("delivered").asLong(),
                row.path(BYTES).asLong(),
                row.path("pending").asLong(),
                Duration.ofMillis(row.path("lag_ms").asLong()),
                row.path("dropped").asLong());
    }
}
