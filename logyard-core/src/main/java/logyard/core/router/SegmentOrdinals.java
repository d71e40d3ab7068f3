package logyard.core.router;

import java.util.Map;
import java.util.TreeMap;

/**
 * How many events a drain wanted when each segment began, by which what is gone from the journal can be told in events.
 * Not thread-safe. There are about as many as there are segments, however long nobody asks.
 */
final class SegmentOrdinals {
    private final TreeMap<Long, Long> ordinals = new TreeMap<>();

    /**
     * A segment begins.
     *
     * @param ordinal how many events were wanted before it
     * @param oldest where the journal begins: what is before it is asked for by nobody
     */
    void begins(long base, long ordinal, long oldest) {
        ordinals.put(base, ordinal);
        Long needed = ordinals.floorKey(oldest);
        if (needed != null) {
            ordinals.headMap(needed).clear();
        }
    }

    /** At least so many were wanted before {@code position}; 0 if that is not known. */
    long before(long position) {
        Map.Entry<Long, Long> segment = ordinals.floorEntry(position);
        return segment == null ? 0 : segment.getValue();
    }

    /** So many more were wanted before all of them. */
    void add(long more) {
        ordinals.replaceAll((base, ordinal) -> ordinal + more);
    }

    /** Nobody asks for what is before {@code position} any more. */
    void forgetBefore(long position) {
        ordinals.headMap(position).clear();
    }

    int size() {
        return ordinals.size();
    }
}
