package logyard.core.journal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import logyard.core.event.StreamPositions.StreamPosition;

/** Counts what goes into the active segment, for its summary. Not thread-safe. */
final class SegmentContents {
    /** Beyond so many keys a segment is read rather than skipped; some 1 MB of summary. */
    private static final int MAX_KEYS = 10_000;

    private final Map<String, Long> keys = new HashMap<>();
    private boolean tooManyKeys;
    private long firstTimeNanos;
    private long lastTimeNanos;

    void addRecord(long timeNanos) {
        firstTimeNanos = firstTimeNanos == 0 ? timeNanos : firstTimeNanos;
        lastTimeNanos = timeNanos;
    }

    void addEvents(String key, int count) {
        if (keys.size() < MAX_KEYS || keys.containsKey(key)) {
            keys.merge(key, (long) count, Long::sum);
        } else {
            tooManyKeys = true;
        }
    }

    SegmentSummary summary(long end, List<StreamPosition> streams) {
        return new SegmentSummary(
                end, firstTimeNanos, lastTimeNanos, tooManyKeys ? Optional.empty() : Optional.of(keys), streams);
    }
}
