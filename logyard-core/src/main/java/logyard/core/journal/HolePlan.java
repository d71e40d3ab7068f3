package logyard.core.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import logyard.core.event.Events;
import logyard.core.event.KeyTable;
import logyard.core.event.Message;

/** Where holes are to be in a segment when events of some keys are evicted from it, the oldest first. One thread. */
final class HolePlan {
    /** Fewer bytes one behind the other stay: at each end of a hole a page is only partly free. */
    private static final int LEAST_HOLE_BYTES = 16 << 10;

    private final KeyTable<Quota> quotas = new KeyTable<>();
    private final List<Hole> holes = new ArrayList<>();
    private final Map<String, Long> evicted = new HashMap<>();
    private final Events events = new Events();
    private long keptRecords;
    private long damagedBytes;

    // The hole that has begun, which may become too short for one:
    private final List<Quota> ofHole = new ArrayList<>();
    private long from;
    private long to;
    private long recordsOfHole;

    /** From one position to another. */
    record Hole(long from, long to) {}

    /** How many bytes of a key may still be evicted, and what the hole has of it that has begun. */
    private static final class Quota {
        private final String key;
        private long left;
        private long bytes;
        private long events;

        Quota(String key, long left) {
            this.key = key;
            this.left = left;
        }
    }

    private HolePlan(Map<String, Long> most) {
        most.forEach((key, bytes) -> {
            byte[] text = key.getBytes(StandardCharsets.UTF_8);
            quotas.put(text, 0, text.length, new Quota(key, bytes));
        });
    }

    /**
     * Reads a segment through.
     *
     * @param most how many bytes may be evicted of each key
     */
    static HolePlan of(Disk disk, SegmentList.Entry entry, Map<String, Long> most) throws IOException {
        var plan = new HolePlan(most);
        plan.read(disk, entry);
        return plan;
    }

    private void read(Disk disk, SegmentList.Entry entry) throws IOException {
        var alone = new SegmentList();
        alone.add(entry.segment(), entry.end());
        long at = entry.segment().firstRecord();
        long evictedBefore = 0;
        JournalReader.Damage damage = (in, begin, end) -> damagedBytes += end - begin;
        try (var reader = new JournalReader(disk, alone, damage, entry::end, at)) {
            for (Optional<JournalRecord> next = reader.next(entry.end());
                    next.isPresent();
                    next = reader.next(entry.end())) {
                JournalRecord record = next.get();
                takePassed(at, record.position(), reader.evictedBytes() - evictedBefore);
                evictedBefore = reader.evictedBytes();
                take(record);
                at = record.next();
            }
            takePassed(at, entry.end(), reader.evictedBytes() - evictedBefore);
        }
        endHole();
    }

    /** Takes in what the reader has passed over: holes there are, or damage, which stays. */
    private void takePassed(long begin, long end, long ofHoles) {
        if (end > begin && ofHoles == end - begin) {
            extendHole(begin, end);
        }
    }

    private void take(JournalRecord record) {
        if (mayGo(record.frame())) {
            extendHole(record.position(), record.next());
            recordsOfHole++;
            countEvicted(record.frame());
        } else {
            keptRecords++;
        }
    }

    private void extendHole(long begin, long end) {
        if (begin != to) {
            endHole();
            from = begin;
        }
        to = end;
    }

    private boolean mayGo(byte[] frame) {
        Message message = events.over(frame).message();
        boolean any = false;
        while (events.next()) {
            Quota quota = quotas.get(frame, message.start(), message.start() + message.keyLength());
            if (quota == null || quota.left <= 0) {
                return false;
            }
            any = true;
        }
        return any;
    }

    private void countEvicted(byte[] frame) {
        Message message = events.over(frame).message();
        while (events.next()) {
            Quota quota = quotas.get(frame, message.start(), message.start() + message.keyLength());
            if (quota != null) {
                if (quota.events == 0) {
                    ofHole.add(quota);
                }
                quota.events++;
                quota.bytes += message.end() - message.start();
                quota.left -= message.end() - message.start();
            }
        }
    }

    private void endHole() {
        boolean isLongEnough = to - from >= LEAST_HOLE_BYTES;
        if (isLongEnough) {
            holes.add(new Hole(from, to));
        } else {
            keptRecords += recordsOfHole;
        }
        for (Quota quota : ofHole) {
            if (isLongEnough) {
                evicted.merge(quota.key, quota.events, Long::sum);
            } else {
                quota.left += quota.bytes;
            }
            quota.bytes = 0;
            quota.events = 0;
        }
        ofHole.clear();
        recordsOfHole = 0;
        from = to;
    }

    /** In the order of their positions; those that there are already among them. */
    List<Hole> holes() {
        return holes;
    }

    /** How many bytes of the disk they do not take, if the segment begins at {@code base}. */
    long holeBytes(long base) {
        return holes.stream()
                .mapToLong(hole -> SparseFile.holeBytes(hole.from() + RecordHeader.BYTES - base, hole.to() - base))
                .sum();
    }

    /** How many events will be gone, by key. */
    Map<String, Long> evicted() {
        return evicted;
    }

    /** How many records will be left. */
    long keptRecords() {
        return keptRecords;
    }

    /** How many bytes are damaged, and will be. */
    long damagedBytes() {
        return damagedBytes;
    }
}
