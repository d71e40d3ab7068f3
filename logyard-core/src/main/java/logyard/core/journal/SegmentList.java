package logyard.core.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/** The segments there are, and where each ends. Any thread may read; the journal's lock guards changes. */
final class SegmentList {
    /** @param summary of a sealed segment; the active one has none, nor one whose summary is still to be written */
    record Listed(Segment segment, long end, Optional<SegmentSummary> summary) {}

    private final ConcurrentSkipListMap<Long, Listed> byBase = new ConcurrentSkipListMap<>();

    void put(Segment segment, long end, Optional<SegmentSummary> summary) {
        byBase.put(segment.base(), new Listed(segment, end, summary));
    }

    void remove(Segment segment) {
        byBase.remove(segment.base());
    }

    /** The segment that holds {@code position}, or else the next one. */
    Optional<Listed> at(long position) {
        Map.Entry<Long, Listed> floor = byBase.floorEntry(position);
        if (floor != null && position < floor.getValue().end()) {
            return Optional.of(floor.getValue());
        }
        return Optional.ofNullable(byBase.higherEntry(position)).map(Map.Entry::getValue);
    }

    /** Where a segment ends, which is far away for the active one; empty if it was removed. */
    OptionalLong endOf(Segment segment) {
        Listed listed = byBase.get(segment.base());
        return listed == null ? OptionalLong.empty() : OptionalLong.of(listed.end());
    }

    boolean isEmpty() {
        return byBase.isEmpty();
    }

    /** Oldest first. */
    List<Listed> all() {
        return new ArrayList<>(byBase.values());
    }
}
