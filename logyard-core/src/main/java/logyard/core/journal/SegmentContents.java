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

    private static final class Count {
        long events;
    }

    void addRecord(long timeNanos) {
        firstTimeNanos = Math.min(firstTimeNanos, timeNanos);
        lastTimeNanos = Math.max(lastTimeNanos, timeNanos);
    }

    /** There are events of the key {@code bytes[start..end)}. */
    void addEvents(byte[] bytes, int start, int end, int events) {
        Count count = keys.get(bytes, start, end);
        if (count == null && keysAreKnown()) {
            count = new Count();
            keys.put(bytes, start, end, count);
            keysBytes += KEY_BYTES + end - start;
        }
        if (count != null) {
            count.events += events;
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

    private boolean keysAreKnown() {
        return keysBytes < MAX_KEYS_BYTES;
    }

    /** The summary of what was counted. */
    SegmentSummary summary(long base, long end) {
        Map<String, Long> events = new HashMap<>();
        keys.forEach((key, count) -> events.put(new String(key, StandardCharsets.UTF_8), count.events));
        return new SegmentSummary(
                base, end, end, firstTimeNanos, lastTimeNanos, keysAreKnown() ? Optional.of(events) : Optional.empty());
    }
}
