package logyard.core.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import logyard.config.DurableFile;
import logyard.config.fault.DurableStep;

/**
 * What a segment holds that nothing is appended to any more, so that recovery need not read it and catching up can skip
 * it. Small JSON, next to the segment.
 *
 * @param base the position where the segment begins
 * @param end the position behind its last record
 * @param next where the next segment begins; behind the end if what lay between was damaged and a repair has removed it
 * @param firstTimeNanos when its earliest record was appended, in nanoseconds since the epoch
 * @param lastTimeNanos when its latest record was appended
 * @param keys how many events there are of each key, or were before some were evicted; empty if the keys were too many
 *     to keep, or one is no UTF-8
 * @param bytes how many bytes the events of each key take that are there; empty if {@code keys} is, or an earlier version
 *     wrote this. Of keys that are no UTF-8 it says nothing
 * @param evicted how many of the events were evicted, by key
 * @param holeBytes how many bytes of the segment take no room on the disk, where records were evicted
 */
public record SegmentSummary(
        long base,
        long end,
        long next,
        long firstTimeNanos,
        long lastTimeNanos,
        Optional<Map<String, Long>> keys,
        Map<String, Long> bytes,
        Map<String, Long> evicted,
        long holeBytes) {
    private static final int VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    public SegmentSummary {
        keys = keys.filter(counts -> counts.keySet().stream().allMatch(SegmentSummary::isUtf8))
                .map(Map::copyOf);
        Map<String, Long> told = new HashMap<>(bytes);
        told.keySet().removeIf(key -> !isUtf8(key));
        bytes = Map.copyOf(told);
        evicted = Map.copyOf(evicted);
    }

    /** Whether the text of a key says which bytes it was made of: what is no UTF-8 becomes U+FFFD. */
    private static boolean isUtf8(String key) {
        return key.indexOf('\uFFFD') < 0;
    }

    /** The position of the first record. */
    public long firstRecord() {
        return base + Segment.HEADER_BYTES;
    }

    /** Writes the summary of a segment, whole or not at all. */
    void write(Segment segment) throws IOException {
        ObjectNode json = JSON.createObjectNode()
                .put("version", VERSION)
                .put("base", base)
                .put("end", end)
                .put("first_time_ns", firstTimeNanos)
                .put("last_time_ns", lastTimeNanos);
        if (next != end) {
            json.put("next", next);
        }
        if (holeBytes > 0) {
            json.put("hole_bytes", holeBytes);
        }
        keys.ifPresent(counts -> counts.forEach(json.putObject("keys")::put));
        if (!bytes.isEmpty()) {
            bytes.forEach(json.putObject("bytes")::put);
        }
        if (!evicted.isEmpty()) {
            evicted.forEach(json.putObject("evicted")::put);
        }
        DurableFile.replace(segment.summaryFile(), JSON.writeValueAsBytes(json));
        DurableStep.SEGMENT_SUMMARIZED.done();
    }

    /**
     * The summary of a segment; empty if there is none or it is damaged: then the segment itself tells.
     *
     * @throws DurableFile.NewerVersionException if a later Logyard wrote it: then, too, but the file is left as it is
     */
    static Optional<SegmentSummary> read(Segment segment) {
        return DurableFile.load(segment.summaryFile(), content -> of(segment, content))
                .content();
    }

    /** As {@link #read}, but changes nothing, and says whether it is damaged. */
    static DurableFile.Loaded<SegmentSummary> look(Segment segment) {
        return DurableFile.look(segment.summaryFile(), content -> of(segment, content));
    }

    /** The same, but the next segment begins there. */
    SegmentSummary followedAt(long position) {
        return new SegmentSummary(base, end, position, firstTimeNanos, lastTimeNanos, keys, bytes, evicted, holeBytes);
    }

    /** The same, after events were evicted: so many bytes of each key are left, so many events are gone since ever. */
    SegmentSummary thinned(Map<String, Long> left, Map<String, Long> gone, long holes) {
        return new SegmentSummary(base, end, next, firstTimeNanos, lastTimeNanos, keys, left, gone, holes);
    }

    private static SegmentSummary of(Segment segment, byte[] content) throws IOException {
        JsonNode json = JSON.readTree(content);
        JsonNode version = json.path("version");
        if (version.canConvertToInt() && version.asInt() > VERSION) {
            throw new DurableFile.NewerVersionException(segment.summaryFile(), version.asInt(), VERSION);
        }
        if (version.asInt() != VERSION || json.path("base").asLong(-1) != segment.base()) {
            throw new IOException("it is no summary of " + segment.file() + " of version " + VERSION);
        }
        return new SegmentSummary(
                segment.base(),
                json.path("end").asLong(),
                json.path("next").asLong(json.path("end").asLong()),
                json.path("first_time_ns").asLong(),
                json.path("last_time_ns").asLong(),
                Optional.ofNullable(json.get("keys")).map(SegmentSummary::counts),
                counts(json.path("bytes")),
                counts(json.path("evicted")),
                json.path("hole_bytes").asLong());
    }

    private static Map<String, Long> counts(JsonNode json) {
        Map<String, Long> counts = new HashMap<>();
        json.properties()
                .forEach(field -> counts.put(field.getKey(), field.getValue().asLong()));
        return counts;
    }
}
