package logyard.core.journal;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room in a full journal at the cost of those who take most of it: the applications with most bytes give up their
 * oldest events, until they have no more than those with fewer. One thread.
 *
 * <p>Who has less than a {@value #LEAST_PARTS}th of the journal gives up nothing; nor do events of no application.
 */
final class Shares {
    private static final Logger log = LoggerFactory.getLogger(Shares.class);

    /** So many applications with no end of lines leave each other, and the rest of the node, something. */
    private static final int LEAST_PARTS = 16;

    /** A segment is not written anew for less than this part of it. */
    private static final int WORTH_PARTS = 8;

    private final Disk disk;
    private final long leastBytes;

    /** @param journalBytes how many bytes the journal may take */
    Shares(Disk disk, long journalBytes) {
        this.disk = disk;
        this.leastBytes = journalBytes / LEAST_PARTS;
    }

    /**
     * Makes room.
     *
     * @param segments that nothing is appended to any more, oldest first
     * @param needed how many bytes
     * @param free how many bytes the disk has for a segment that is written anew
     * @return how many bytes became free, which may be fewer, or more
     */
    long makeRoom(List<SegmentList.Entry> segments, long needed, long free) throws IOException {
        Map<SegmentList.Entry, SegmentSummary> summaries = new LinkedHashMap<>();
        Map<String, Long> bytes = new HashMap<>();
        for (SegmentList.Entry entry : segments) {
            Journal.summary(entry).ifPresent(summary -> {
                summaries.put(entry, summary);
                summary.applications().forEach((key, count) -> bytes.merge(key, count, Long::sum));
            });
        }
        long freed = 0;
        for (Map.Entry<SegmentList.Entry, SegmentSummary> each : summaries.entrySet()) {
            if (freed >= needed) {
                break;
            }
            long level = Math.max(leastBytes, level(bytes, needed - freed));
            freed += evict(each.getKey(), each.getValue(), bytes, level, free);
        }
        return freed;
    }

    /** How much an application may keep, so that so many bytes become free if each that has more gives it up. */
    static long level(Map<String, Long> bytes, long needed) {
        List<Long> descending =
                bytes.values().stream().sorted(Comparator.reverseOrder()).toList();
        long sum = -needed;
        for (int i = 0; i < descending.size(); i++) {
            sum += descending.get(i);
            long level = sum / (i + 1);
            if (i + 1 == descending.size() || level >= descending.get(i + 1)) {
                return Math.max(0, level);
            }
        }
        return 0;
    }

    private long evict(SegmentList.Entry entry, SegmentSummary summary, Map<String, Long> bytes, long level, long free)
            throws IOException {
        Set<String> evicted = new HashSet<>(summary.applications().keySet());
        evicted.removeIf(key -> bytes.getOrDefault(key, 0L) <= level);
        long gain = evicted.stream()
                .mapToLong(key -> summary.applications().getOrDefault(key, 0L))
                .sum();
        boolean fits = entry.bytes() - gain <= free;
        if (gain < entry.bytes() / WORTH_PARTS || !fits) {
            return 0;
        }
        long freed = Thinning.run(disk, entry, summary, evicted);
        evicted.forEach(key -> bytes.merge(key, -summary.applications().getOrDefault(key, 0L), Long::sum));
        log.info(
                "Evicted {} bytes of {} from {}: the journal has no room, and they have most of it",
                freed,
                evicted.size() == 1 ? evicted.iterator().next() : evicted.size() + " applications",
                entry.segment().file().getFileName());
        return freed;
    }
}
