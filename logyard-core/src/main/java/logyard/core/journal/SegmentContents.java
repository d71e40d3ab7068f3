package logyard.core.journal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts what goes into a segment, for its summary. Not thread-safe. */
final class SegmentContents {
    /** When the keys take more than this in memory, hostile clients invent them: the segment is read, never skipped. */
    private static final int MAX_KEYS_BYTES = 1 << 20;

    /** Roughly what a key takes besides its characters. */
    private static final int KEY_BYTES = 100;

    private final Map<String, Count> keys = new HashMap<>();
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

    void addEvents(String key, int events) {
        Count count = keys.get(key);
        if (count == null && keysAreKnown()) {
            count = new Count();
            keys.put(key, count);
            keysBytes += KEY_BYTES + 2 * key.length();
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
        keys.forEach((key, count) -> events.put(key, count.events));
        return new SegmentSummary(
                base, end, firstTimeNanos, lastTimeNanos, keysAreKnown() ? Optional.of(events) : Optional.empty());
    }
}
