package logyard.core.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The segments there are, and where each ends. Any thread. */
final class SegmentList {
    /** One segment of the list. */
    static final class Entry {
        private final Segment segment;
        private volatile long end;
        private volatile long holeBytes;
        private final AtomicInteger edition = new AtomicInteger();
        private volatile Set<String> inVain = Set.of();

        Entry(Segment segment, long end) {
            this.segment = segment;
            this.end = end;
        }

        Segment segment() {
            return segment;
        }

        /** Where it ends, which is far away for the one that is being appended to. */
        long end() {
            return end;
        }

        boolean isSealed() {
            return end != Long.MAX_VALUE;
        }

        /** How many bytes of the disk it takes. */
        long bytes() {
            return end - segment.base() - holeBytes;
        }

        /** So many bytes of it take no room, where records were evicted. */
        void holes(long bytes) {
            holeBytes = bytes;
        }

        long holeBytes() {
            return holeBytes;
        }

        /** Whether records were evicted from it. */
        boolean hasHoles() {
            return holeBytes > 0;
        }

        /** Another file took its place, with so many bytes of holes; who reads the one before has to open it anew. */
        void replaced(long holeBytes) {
            this.holeBytes = holeBytes;
            edition.incrementAndGet();
        }

        /** It was read to evict events of some keys, and too little would have become free. */
        void inVain(Set<String> keys) {
            inVain = Set.copyOf(keys);
        }

        /** Whether that is known of these, or of more. */
        boolean wasInVain(Set<String> keys) {
            return inVain.containsAll(keys);
        }

        /** Which of the files that had its place it is now. */
        int edition() {
            return edition.get();
        }

        boolean holds(long position) {
            return position >= segment.base() && position < end;
        }
    }

    private final ConcurrentSkipListMap<Long, Entry> byBase = new ConcurrentSkipListMap<>();

    /** Adds a segment that nothing is appended to any more. */
    Entry add(Segment segment, long end) {
        Entry entry = new Entry(segment, end);
        byBase.put(segment.base(), entry);
        return entry;
    }

    /** Adds the segment that is being appended to from now on; the one before ends where this one begins. */
    Entry addActive(Segment segment) {
        Map.Entry<Long, Entry> before = byBase.lastEntry();
        Entry active = add(segment, Long.MAX_VALUE);
        if (before != null && !before.getValue().isSealed()) {
            before.getValue().end = segment.base();
        }
        return active;
    }

    void remove(Entry entry) {
        byBase.remove(entry.segment.base());
    }

    /** Adds again what was removed. */
    void putBack(Entry entry) {
        byBase.put(entry.segment.base(), entry);
    }

    /** The segment that holds {@code position}, or else the next one. */
    Optional<Entry> at(long position) {
        Map.Entry<Long, Entry> floor = byBase.floorEntry(position);
        if (floor != null && floor.getValue().holds(position)) {
            return Optional.of(floor.getValue());
        }
        return Optional.ofNullable(byBase.higherEntry(position)).map(Map.Entry::getValue);
    }

    /** Whether a segment is still in the list. */
    boolean contains(Segment segment) {
        return byBase.containsKey(segment.base());
    }

    /** Oldest first. */
    List<Entry> all() {
        return new ArrayList<>(byBase.values());
    }
}
