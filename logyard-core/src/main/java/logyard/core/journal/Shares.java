package logyard.core.journal;

import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import logyard.core.event.Keys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes room in a full journal that somebody has not read: first at the cost of what nobody wants who lags, then of those
 * who take most. The applications with most bytes give up their oldest events, until they have no more than those with
 * fewer. One thread.
 *
 * <p>Who has less than a {@value #LEAST_PARTS}th of the journal gives up nothing; nor do events of no application.
 */
final class Shares {
    private static final Logger log = LoggerFactory.getLogger(Shares.class);

    /** So many applications with no end of lines leave each other, and the rest of the node, something. */
    private static final int LEAST_PARTS = 16;

    /** So much of a segment an application gives up at least, if it has so much: less is not worth writing it anew. */
    private static final int AT_ONCE_PARTS = 2;

    /** After so many segments that were read in vain the oldest goes: publishers wait meanwhile. */
    private static final int MOST_IN_VAIN = 8;

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
     * @param segments that may be written anew, oldest first
     * @param unread who lags
     * @param needed how many bytes
     * @param free how many bytes the disk has for a segment that is written anew
     * @return how many bytes became free, which may be fewer, or more
     */
    long makeRoom(List<SegmentList.Entry> segments, List<Unread> unread, long needed, long free) {
        return new Round(segments, unread, needed, free).run();
    }

    /** How much each may keep, so that so many bytes become free if all who have more give that up. */
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

    private interface Choice {
        /** How many bytes of each key are to be evicted from a segment. */
        Map<String, Long> of(SegmentList.Entry entry, SegmentSummary summary);
    }

    private final class Round {
        private final Map<SegmentList.Entry, SegmentSummary> summaries = new LinkedHashMap<>();
        private final Map<String, Long> bytes = new HashMap<>(); // of applications
        private final List<Unread> unread;
        private final long needed;
        private final long free;
        private long freed;
        private int inVain;

        Round(List<SegmentList.Entry> segments, List<Unread> unread, long needed, long free) {
            this.unread = unread;
            this.needed = needed;
            this.free = free;
            for (SegmentList.Entry entry : segments) {
                Journal.summary(entry).ifPresent(summary -> {
                    summaries.put(entry, summary);
                    count(summary, 1);
                });
            }
        }

        long run() {
            evict(this::unwanted);
            evict(this::surplus);
            return freed;
        }

        private void evict(Choice choice) {
            for (SegmentList.Entry entry : List.copyOf(summaries.keySet())) {
                if (freed >= needed || inVain >= MOST_IN_VAIN) {
                    return;
                }
                SegmentSummary summary = summaries.get(entry);
                if (summary != null) {
                    evict(entry, summary, choice.of(entry, summary));
                }
            }
        }

        /** Adds up what is of applications. */
        private void count(SegmentSummary summary, int times) {
            summary.bytes().forEach((key, count) -> {
                if (key.startsWith(Keys.APPTAIL)) {
                    bytes.merge(key, times * count, Long::sum);
                }
            });
        }

        private Map<String, Long> unwanted(SegmentList.Entry entry, SegmentSummary summary) {
            Predicate<String> isWanted =
                    key -> unread.stream().anyMatch(each -> each.position() < entry.end() && each.wants(key));
            Map<String, Long> all = new HashMap<>(summary.bytes());
            all.keySet().removeIf(isWanted);
            return all;
        }

        private Map<String, Long> surplus(SegmentList.Entry entry, SegmentSummary summary) {
            long level = Math.max(leastBytes, level(bytes, needed - freed));
            Map<String, Long> most = new HashMap<>();
            summary.bytes().keySet().forEach(key -> {
                long all = bytes.getOrDefault(key, 0L);
                if (all > level) {
                    long atOnce = Math.max(all - level, entry.bytes() / AT_ONCE_PARTS);
                    most.put(key, Math.min(atOnce, all - leastBytes));
                }
            });
            return most;
        }

        private void evict(SegmentList.Entry entry, SegmentSummary summary, Map<String, Long> most) {
            long gain = most.entrySet().stream()
                    .mapToLong(each -> Math.min(each.getValue(), summary.bytes().getOrDefault(each.getKey(), 0L)))
                    .sum();
            if (gain < Thinning.worth(entry) || entry.wasInVain(most.keySet()) || entry.bytes() > free) {
                return;
            }
            long before = entry.bytes();
            Optional<SegmentSummary> thinned = Optional.empty();
            try {
                thinned = Thinning.run(disk, entry, summary, most);
            } catch (IOException e) {
                log.warn("Cannot evict a part of {} only: {}", entry.segment().file(), e.toString());
            }
            freed += before - entry.bytes();
            if (thinned.isEmpty()) {
                inVain++;
                entry.inVain(most.keySet());
                return;
            }
            count(summary, -1);
            count(thinned.get(), 1);
            summaries.put(entry, thinned.get());
            log.info(
                    "Evicted {} bytes of {} from {}, as the journal has no room for all that is wanted",
                    before - entry.bytes(),
                    most.size() == 1 ? most.keySet().iterator().next() : most.size() + " keys",
                    entry.segment().file().getFileName());
        }
    }
}
