package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import logyard.core.event.BatchFrame;
import logyard.core.event.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * A journal that goes through random operations and crashes, beside a model of what it must hold. What retention has
 * removed stays in the model, for a power failure may bring it back.
 */
final class JournalLife implements AutoCloseable {
    private static final int STREAMS = 5;
    private static final long SEGMENT_BYTES = 20_000;

    /** What ends a process. */
    enum Crash {
        KILL,
        POWER_FAILURE
    }

    /** A record as it was appended, with its batch unless it is a single event. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Appended(
            long next, byte[] frame, @Nullable BatchFrame batch) {}

    /** A reader, and up to where it has read. */
    private static final class Reading {
        private final JournalReader reader;
        private long position;

        Reading(JournalReader reader, long position) {
            this.reader = reader;
            this.position = position;
        }
    }

    private final Path root;
    private final Crash crash;
    private final Random random;
    private final NavigableMap<Long, Appended> model = new TreeMap<>();
    private final Map<StreamId, Long> acknowledged = new HashMap<>();
    private final List<Reading> readings = new ArrayList<>();
    private final NavigableMap<Long, Appended> removed = new TreeMap<>();
    private Map<StreamId, OptionalLong> recovered;
    private long recoveredEnd;
    private boolean positionsMayBeOld;
    private int generation;
    private Path folder;
    private ForgetfulDisk disk;
    private Journal journal;

    JournalLife(Path root, Crash crash, Random random) throws IOException {
        this.root = root;
        this.crash = crash;
        this.random = random;
        open(root.resolve("0"), new ForgetfulDisk(root.resolve("removed-0")));
        recovered = positions();
    }

    private void open(Path at, ForgetfulDisk on) throws IOException {
        folder = at;
        disk = on;
        var options = new JournalOptions(folder, 6 * SEGMENT_BYTES, 1000, SEGMENT_BYTES);
        journal = Journal.open(options, TestJournals.CLOCK, disk);
        generation++;
    }

    void live(int steps) throws IOException {
        for (int i = 0; i < steps; i++) {
            int what = random.nextInt(100);
            if (what < 50) {
                append();
            } else if (what < 65) {
                journal.flush();
            } else if (what < 70) {
                sync();
            } else if (what < 73) {
                seal();
            } else if (what < 76) {
                retain();
            } else if (what < 80) {
                read();
            } else if (what < 97) {
                readOn();
            } else if (what < 98) {
                closeAndReopen();
            } else {
                crash();
            }
        }
        journal.flush();
        assertAllIsThere(journal.first(), journal.flushedEnd());
    }

    private void append() throws IOException {
        if (random.nextBoolean()) {
            StreamId stream = TestJournals.stream(random.nextInt(STREAMS));
            long from = journal.positions().expected(stream).orElse(0);
            int count = 1 + random.nextInt(40);
            BatchFrame batch = TestJournals.batch(stream, acknowledged.getOrDefault(stream, 0L), from, count);
            append(batch.bytes(), batch);
            TestJournals.countEvents(journal, "systail.test", count);
            journal.positions().advance("test", stream, batch.end());
        } else {
            int bytes = random.nextInt(200) == 0 ? random.nextInt(2 << 20) : random.nextInt(2000);
            append(TestJournals.randomEvent(random, bytes), null);
            TestJournals.countEvents(journal, "k", 1);
        }
    }

    private void append(byte[] frame, @Nullable BatchFrame batch) throws IOException {
        long position = journal.append(frame);
        model.put(position, new Appended(position + Journal.recordBytes(frame), frame, batch));
    }

    private void sync() throws IOException {
        journal.sync();
        positions().forEach((stream, position) -> position.ifPresent(known -> acknowledged.put(stream, known)));
    }

    private void seal() throws IOException {
        if (journal.seal()) {
            positionsMayBeOld = false;
        }
    }

    /** Mostly in the order in which the commit thread does it; without it, where the streams stood may go, too. */
    private void retain() throws IOException {
        if (random.nextInt(4) > 0) {
            sync();
            seal();
        } else {
            positionsMayBeOld = true;
        }
        disk.usableBytes = random.nextInt(5) == 0 ? random.nextInt(1000) : Long.MAX_VALUE;
        journal.retain();
    }

    private void read() {
        if (readings.size() < 5) {
            // Not within a record, which the journal would have to count as damage.
            Long position = model.ceilingKey((long) (random.nextDouble() * journal.end()));
            long from = position == null ? journal.end() : position;
            readings.add(new Reading(journal.reader(from), from));
        }
    }

    private void readOn() throws IOException {
        if (readings.isEmpty()) {
            return;
        }
        Reading reading = readings.get(random.nextInt(readings.size()));
        if (random.nextInt(10) == 0) {
            reading.reader.close();
        }
        for (int count = random.nextInt(100); count > 0; count--) {
            Optional<JournalRecord> next = reading.reader.next(journal.flushedEnd());
            Long expected = model.ceilingKey(reading.position);
            if (next.isEmpty()) {
                assertThat(expected == null || expected >= journal.flushedEnd() || expected < journal.first())
                        .isTrue();
                break;
            }
            if (next.get().position() != expected) {
                assertThat(model.lowerKey(next.get().position()))
                        .as("the last one of a gap")
                        .isLessThan(journal.first());
            }
            assertIsAsAppended(next.get());
            reading.position = next.get().next();
        }
        if (random.nextInt(10) == 0) {
            reading.reader.close();
            readings.remove(reading);
        }
    }

    private void assertIsAsAppended(JournalRecord record) {
        Appended expected = model.get(record.position());
        assertThat(expected).as("record at " + record.position()).isNotNull();
        assertThat(record.next()).isEqualTo(expected.next());
        assertThat(record.frame()).isEqualTo(expected.frame());
    }

    private void closeAndReopen() throws IOException {
        closeReadings();
        journal.close();
        long end = journal.end();

        open(folder, disk);

        assertThat(journal.end()).isGreaterThanOrEqualTo(end).isLessThan(end + 100);
        assertAllIsThere(journal.first(), end);
        checkPositions();
    }

    private void crash() throws IOException {
        closeReadings();
        if (crash == Crash.POWER_FAILURE && random.nextBoolean()) {
            failPower();
        } else {
            kill();
        }
        checkPositions();
    }

    /** What the journal wrote is there, on the same disk, which still knows what is not synced. */
    private void kill() throws IOException {
        long flushedEnd = journal.flushedEnd();
        Files.delete(folder.resolve("lock")); // the dead one still has it, but not as a new file
        open(folder, disk);
        model.tailMap(flushedEnd).clear();
        assertAllIsThere(journal.first(), flushedEnd);
        if (crash == Crash.KILL) {
            assertThat(journal.damagedBytes()).isZero();
        }
    }

    private void failPower() throws IOException {
        long first = journal.first();
        long syncedEnd = journal.syncedEnd();
        Path after = root.resolve(Integer.toString(generation));
        disk.failPower(folder, after, random);
        journal.close(); // gives its files back, which nobody looks at any more
        open(after, new ForgetfulDisk(root.resolve("removed-" + generation)));
        keepWhatIsLeft(first, syncedEnd);
        acknowledged.forEach((stream, position) -> assertThat(positionsMayBeOld
                        || journal.positions().expected(stream).orElse(-1) >= position)
                .isTrue());
        positionsMayBeOld = true;
    }

    private void assertAllIsThere(long from, long to) throws IOException {
        assertSame(TestJournals.readFrom(journal, from), between(from, to));
    }

    private Set<Long> between(long from, long to) {
        return from < to ? model.subMap(from, to).keySet() : Set.of();
    }

    private void assertSame(List<JournalRecord> found, Set<Long> expected) {
        found.forEach(this::assertIsAsAppended);
        List<Long> there = found.stream().map(JournalRecord::position).toList();
        assertThat(there).isSorted().doesNotHaveDuplicates();
        Set<Long> missing = new TreeSet<>(expected);
        missing.removeAll(new HashSet<>(there));
        assertThat(missing).as("missing").isEmpty();
    }

    /** After a power failure, what was not synced may be gone in part, and what was removed be there again in part. */
    private void keepWhatIsLeft(long first, long syncedEnd) throws IOException {
        List<JournalRecord> found = TestJournals.readFrom(journal, 0);
        assertSame(found, between(first, syncedEnd));
        Set<Long> there = new HashSet<>();
        found.forEach(record -> there.add(record.position()));
        model.tailMap(syncedEnd).keySet().retainAll(there);
        model.headMap(first).forEach((position, record) -> {
            if (!there.contains(position)) {
                removed.put(position, record);
            }
        });
        model.headMap(first).keySet().retainAll(there);
    }

    private void checkPositions() {
        Map<StreamId, OptionalLong> found = positions();
        if (!positionsMayBeOld) {
            assertThat(found).isEqualTo(positionsOfModel());
        }
        for (int i = 0; i < STREAMS; i++) {
            StreamId stream = TestJournals.stream(i);
            assertThat(found.get(stream).orElse(0))
                    .as("lost, but taken for known")
                    .isLessThanOrEqualTo(reachedWithoutGap(stream));
        }
        recovered = found;
        recoveredEnd = journal.recoveredEnd();
        positionsMayBeOld = false;
        acknowledged.clear();
        found.forEach((stream, position) -> position.ifPresent(known -> acknowledged.put(stream, known)));
    }

    /** Up to where all of a stream is in the journal, or was until it was removed, in whatever order it came in. */
    private long reachedWithoutGap(StreamId stream) {
        NavigableMap<Long, Long> endByStart = new TreeMap<>();
        Stream.concat(removed.values().stream(), model.values().stream())
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

    private Map<StreamId, OptionalLong> positions() {
        Map<StreamId, OptionalLong> positions = new HashMap<>();
        for (int i = 0; i < STREAMS; i++) {
            StreamId stream = TestJournals.stream(i);
            positions.put(stream, journal.positions().expected(stream));
        }
        return positions;
    }

    /** As they were after the last start, and as batches were appended since. */
    private Map<StreamId, OptionalLong> positionsOfModel() {
        Map<StreamId, OptionalLong> positions = new HashMap<>(recovered);
        for (Appended record : model.tailMap(recoveredEnd).values()) {
            BatchFrame batch = record.batch();
            if (batch != null) {
                positions.put(batch.stream(), OptionalLong.of(batch.end()));
            }
        }
        return positions;
    }

    private void closeReadings() throws IOException {
        for (Reading reading : readings) {
            reading.reader.close();
        }
        readings.clear();
    }

    @Override
    public void close() throws IOException {
        closeReadings();
        journal.close();
    }
}
