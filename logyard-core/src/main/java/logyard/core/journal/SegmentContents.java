package logyard.core.journal;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import logyard.core.event.KeyTable;

/** Counts what goes into a segment, for its summary. Not thread-safe. */
final class SegmentContents {
    /** When the keys take more than this in memory, hostile clients invent them: the segment is read, never skipped. */
    private static final int MAX_KEYS_BYTES = 1 << 20;

    /** Roughly what a key takes besides its bytes. */
    private static final int KEY_BYTES = 100;

    private final KeyTable<Count> keys = new KeyTable<>();
    private int keysBytes;
    private long firstTimeNanos = Long.MAX_VALUE;
    private long lastTimeNanos = Long.MIN_VALUE;
    private long holeBytes;

    private static final class Count {
        long events;
        long bytes;
    }

    void addRecord(long timeNanos) {
        firstTimeNanos = Math.min(firstTimeNanos, timeNanos);
        lastTimeNanos = Math.max(lastTimeNanos, timeNanos);
    }

    /** There are events of the key {@code bytes[start..end)}, of so many bytes together. */
    void addEvents(byte[] bytes, int start, int end, int events, long eventBytes) {
        Count count = keys.get(bytes, start, end);
        if (count == null && keysAreKnown()) {
            count = new Count();
            keys.put(bytes, start, end, count);
            keysBytes += KEY_BYTES + end - start;
        }
        if (count != null) {
            count.events += events;
            count.bytes += eventBytes;
        }
        if (!keysAreKnown()) {
            keys.clear();
        }
    }

    /** There are events whose keys cannot be told. */
    void addUnknown() {
        keysBytes = MAX_KEYS_BYTES;
        keys.clear();
    }

    /** So many bytes take no room on the disk, where records were evicted. */
    void addHoles(long bytes) {
        holeBytes += bytes;
    }

    long holeBytes() {
        return holeBytes;
    }

    private boolean keysAreKnown() {
        return keysBytes < MAX_KEYS_BYTES;
    }

    /** The summary of what was counted. */
    SegmentSummary summary(long base, long end) {
        Map<String, Long> events = new HashMap<>();
        Map<String, Long> bytes = new HashMap<>();
        keys.forEach((utf8, count) -> {
            String key = new String(utf8, StandardCharsets.UTF_8);
            events.put(key, count.events);
            bytes.put(key, count.bytes);
        });
        return new SegmentSummary(
                base,
                end,
                end,
                firstTimeNanos,
                lastTimeNanos,
                keysAreKnown() ? Optional.of(events) : Optional.empty(),
                bytes,
                Map.of(),
                holeBytes);
    }
}
