package logyard.core.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import logyard.config.DurableFile;
import logyard.core.event.StreamId;
import logyard.core.event.StreamPositions.StreamPosition;

/**
 * What a sealed segment holds, so that recovery need not read it and catching up can skip it. Small JSON, next to the
 * segment.
 *
 * @param end the position behind its last record
 * @param firstTimeNanos when its first record was appended
 * @param lastTimeNanos when its last record was appended
 * @param keys how many events there are of each key; empty if the keys were too many to keep
 * @param streams where every stream stood when it was sealed
 */
record SegmentSummary(
        long end,
        long firstTimeNanos,
        long lastTimeNanos,
        Optional<Map<String, Long>> keys,
        List<StreamPosition> streams) {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    SegmentSummary {
        keys = keys.map(Map::copyOf);
        streams = List.copyOf(streams);
    }

    /** Writes the summary of a segment, whole or not at all. */
    void write(Segment segment) throws IOException {
        ObjectNode json = JSON.createObjectNode()
                .put("version", VERSION)
                .put("end", end)
                .put("first_time_ns", firstTimeNanos)
                .put("last_time_ns", lastTimeNanos);
        keys.ifPresent(counts -> {
            ObjectNode node = json.putObject("keys");
            counts.forEach(node::put);
        });
        ArrayNode list = json.putArray("streams");
        for (StreamPosition stream : streams) {
            list.addObject()
                    .put("client", stream.client())
                    .put("stream", stream.stream().toString())
                    .put("position", stream.position());
        }
        DurableFile.replace(segment.summaryFile(), JSON.writeValueAsBytes(json));
    }

    /** The summary of a segment; empty if there is none or it cannot be read: then the segment itself tells. */
    static Optional<SegmentSummary> read(Segment segment) {
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(segment.summaryFile()));
            return json.path("version").asInt() == VERSION ? Optional.of(of(json)) : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static SegmentSummary of(JsonNode json) {
        Optional<Map<String, Long>> keys = Optional.ofNullable(json.get("keys")).map(SegmentSummary::counts);
        List<StreamPosition> streams = new ArrayList<>();
        for (JsonNode stream : json.path("streams")) {
            streams.add(new StreamPosition(
                    stream.path("client").asText(),
                    StreamId.parse(stream.path("stream").asText()),
                    stream.path("position").asLong()));
        }
        return new SegmentSummary(
                json.path("end").asLong(),
                json.path("first_time_ns").asLong(),
                json.path("last_time_ns").asLong(),
                keys,
                streams);
    }

    private static Map<String, Long> counts(JsonNode json) {
        Map<String, Long> counts = new HashMap<>();
        json.properties()
                .forEach(field -> counts.put(field.getKey(), field.getValue().asLong()));
        return counts;
    }
}
