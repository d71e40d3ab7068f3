package logyard.core.journal;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import logyard.core.event.BatchFrame;
import logyard.core.event.Events;
import logyard.core.event.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * What a journal must hold. What retention has removed stays in it, for a power failure may bring it back; what was
 * damaged stays in it, too, and may be missing.
 */
final class JournalModel {
    private final NavigableMap<Long, Appended> records = new TreeMap<>();
    private final NavigableMap<Long, Appended> removed = new TreeMap<>();
    private final NavigableSet<Long> evicted = new TreeSet<>();
    private final Set<Long> damaged = new HashSet<>();
    private boolean isDamaged;
    private boolean wasDamaged;

    /** A record as it was appended, with its batch unless it is a single event. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Appended(
            long next, byte[] frame, @Nullable BatchFrame batch) {}

    void appended(long position, byte[] frame, @Nullable BatchFrame batch) {
        records.put(position, new Appended(position + Journal.recordBytes(frame), frame, batch));
    }

    /** The bytes from one position to another are not what was written. */
    void damaged(long from, long to) {
        isDamaged = true; // even if it is only the header of a segment
        Map.Entry<Long, Appended> before = records.lowerEntry(from);
        if (before != null && before.getValue().next() > from) {
            damaged.add(before.getKey());
        }
        damaged.addAll(between(from, to));
        damaged.retainAll(records.keySet());
    }

    /** What was damaged is not there any more. */
    void repaired() {
        damaged.forEach(position -> removed.put(position, records.remove(position)));
        damaged.clear();
        isDamaged = false;
        wasDamaged = true;
    }

    /** Whether something was ever damaged: where the streams stand may not be known as well as before. */
    boolean wasDamaged() {
        return wasDamaged || isDamaged;
    }

    boolean isDamaged() {
        return isDamaged;
    }

    /** The first record at a position or behind it. */
    @Nullable
    Long ceiling(long position) {
        return records.ceilingKey(position);
    }

    /** Where some record was between two positions that was evicted from a segment, if any was. */
    @Nullable
    Long anyEvicted(long from, long to, Random random) {
        List<Long> positions = List.copyOf(evicted.subSet(Math.min(from, to), to));
        return positions.isEmpty() ? null : positions.get(random.nextInt(positions.size()));
    }

    private static String keyOf(byte[] frame) {
        Events events = new Events().over(frame);
        assertThat(events.next()).isTrue();
        return events.message().key();
    }

    /** Retention may have evicted records of an application: those that are not among what was found between two positions. */
    void mayBeEvicted(List<JournalRecord> found, long from, long to, String key) {
        Set<Long> missing = new TreeSet<>(between(from, to));
        missing.removeAll(positions(found));
        missing.removeAll(damaged);
        for (long position : missing) {
            Appended record = requireNonNull(records.remove(position));
            assertThat(keyOf(record.frame())).as("evicted").isEqualTo(key);
            removed.put(position, record);
            evicted.add(position);
        }
    }

    private Set<Long> between(long from, long to) {
        return from < to ? records.subMap(from, to).keySet() : Set.of();
    }

    void assertIsAsAppended(JournalRecord record) {
        Appended kept = records.get(record.position());
        Appended expected = kept == null ? removed.get(record.position()) : kept;
        assertThat(expected).as("record at " + record.position()).isNotNull();
        assertThat(record.next()).isEqualTo(expected.next());
        assertThat(record.frame()).isEqualTo(expected.frame());
    }

    /** All that was appended between two positions was found, and nothing that was not. */
    void assertHolds(List<JournalRecord> found, long from, long to) {
        found.forEach(this::assertIsAsAppended);
        List<Long> there = positions(found);
        assertThat(there).isSorted().doesNotHaveDuplicates();
        assertNothingIsMissing(new HashSet<>(there), from, to);
    }

    /** All that was appended between two positions is damaged or among these. */
    void assertNothingIsMissing(Set<Long> there, long from, long to) {
        Set<Long> missing = new TreeSet<>(between(from, to));
        missing.removeAll(there);
        missing.removeAll(damaged);
        assertThat(missing).as("missing").isEmpty();
    }

    /** Whether something between two positions was damaged and is not among what was found. */
    boolean isAnythingMissing(List<JournalRecord> found, long from, long to) {
        Set<Long> missing = new HashSet<>(between(from, to));
        missing.removeAll(positions(found));
        return !missing.isEmpty();
    }

    /** What was not found from a position on is gone for good, but if it is only damaged. */
    void keepFrom(long from, List<JournalRecord> found) {
        Set<Long> there = new HashSet<>(positions(found));
        records.tailMap(from).keySet().removeIf(position -> !there.contains(position) && !damaged.contains(position));
    }

    /** What was not found before a position was removed by retention. */
    void keepBefore(long to, List<JournalRecord> found) {
        Set<Long> there = new HashSet<>(positions(found));
        records.headMap(to).forEach((position, record) -> {
            if (!there.contains(position)) {
                removed.put(position, record);
            }
        });
        records.headMap(to).keySet().retainAll(there);
    }

    /** Other records will take the places of what was there. */
    void endsAt(long end) {
        NavigableMap<Long, Appended> behind = records.tailMap(end, true);
        removed.putAll(behind);
        evicted.tailSet(end, true).clear();
        damaged.removeAll(behind.keySet());
        behind.clear();
    }

    private static List<Long> positions(List<JournalRecord> found) {
        return found.stream().map(JournalRecord::position).toList();
    }

    /** Up to where all of a stream is in the journal, or was until it was removed, in whatever order it came in. */
    long reachedWithoutGap(StreamId stream) {
        NavigableMap<Long, Long> endByStart = new TreeMap<>();
        Stream.concat(removed.values().stream(), records.values().stream())
                .map(Appended::batch)
                .filter(batch -> batch != null && batch.stream().equals(stream))
                .forEach(batch -> endByStart.merge(batch.from(), batch.end(), Math::max));
        long reached = 0;
        for (Map.Entry<Long, Long> batch : endByStart.entrySet()) {
            if (batch.getKey() <= reached) {
                reached = Math.max(reached, batch.getValue());
            }
        }
        return reached;
    }

    /** Where the streams stand, if they stood there at a position. */
    Map<StreamId, OptionalLong> streams(Map<StreamId, OptionalLong> before, long position) {
        Map<StreamId, OptionalLong> streams = new HashMap<>(before);
        NavigableMap<Long, Appended> all = new TreeMap<>(records.tailMap(position));
        evicted.tailSet(position).forEach(each -> all.put(each, requireNonNull(removed.get(each))));
        for (Appended record : all.values()) {
            BatchFrame batch = record.batch();
            if (batch != null) {
                streams.put(batch.stream(), OptionalLong.of(batch.end()));
            }
        }
        return streams;
    }
}
