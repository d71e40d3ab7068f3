package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import logyard.core.event.BatchFrame;
import logyard.core.event.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * A journal that goes through random actions, beside a model of what it must hold.
 *
 * <ul>
 *   <li>What was flushed can be read back, byte by byte, in order, at the position it was given, and nothing else; after a
 *       kill as well. After a power failure that holds for what was synced, and the rest may be there or not.
 *   <li>What retention removed is gone from the front, segment by segment; only a power failure may bring it back.
 *   <li>If somebody has not read the oldest segment, records of the noisy application may be gone instead, and no others.
 *   <li>When the disk is full, or fails to sync, what cannot be taken is refused and changes nothing; what was taken is
 *       kept, and is in the journal once the disk works again. What was not synced is never said to be.
 *   <li>Only what is damaged is missing, and some bytes are counted as damaged then; none are as long as nothing is, or
 *       after a repair.
 *   <li>A stream is never taken to be further than what was stored of it without a gap, nor, unless retention or damage
 *       came between, not as far as its batches go.
 * </ul>
 */
final class JournalLife implements AutoCloseable {
    private static final int STREAMS = 5;
    private static final long SEGMENT_BYTES = 20_000;
    private static final String NOISY = "apptail.noisy";

    /** What may happen to it, besides that it is full and fails to sync. */
    enum Mishap {
        KILL,
        POWER_FAILURE,
        /** Besides being killed, bytes of it change. */
        DAMAGE
    }

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
    private final Mishap mishap;
    private final JournalModel model = new JournalModel();
    private final Map<StreamId, Long> acknowledged = new HashMap<>();
    private final List<Reading> readings = new ArrayList<>();
    private Random random = new Random();
    private Map<StreamId, OptionalLong> recovered;
    private long recoveredEnd;
    private boolean positionsMayBeOld;
    private int generation;
    private Path folder;
    private ForgetfulDisk disk;
    private Journal journal;

    JournalLife(Path root, Mishap mishap) throws IOException {
        this.root = root;
        this.mishap = mishap;
        open(root.resolve("0"), new ForgetfulDisk(root.resolve("removed-0")));
        recovered = positions();
    }

    private void open(Path at, ForgetfulDisk on) throws IOException {
        folder = at;
        disk = on;
        var options = new JournalOptions(folder, 6 * SEGMENT_BYTES, 1000, SEGMENT_BYTES);
        try {
            journal = Journal.open(options, TestJournals.CLOCK, disk);
        } catch (IOException e) {
            assertThat(disk.isTroubled()).as(e.toString()).isTrue();
            disk.mend();
            journal = Journal.open(options, TestJournals.CLOCK, disk);
        }
        generation++;
    }

    void live(List<JournalAction> actions) throws IOException {
        for (JournalAction action : actions) {
            random = new Random(action.seed());
            try {
                act(action.kind());
            } catch (IOException e) {
                assertThat(disk.isTroubled()).as(e.toString()).isTrue();
            }
        }
        disk.mend();
        journal.flush();
        assertAllIsThere(journal.first(), journal.flushedEnd());
    }

    private void act(JournalAction.Kind kind) throws IOException {
        switch (kind) {
            case APPEND_BATCH -> appendBatch();
            case APPEND_EVENT -> appendEvent();
            case APPEND_NOISE -> appendNoise();
            case FLUSH -> journal.flush();
            case SYNC -> sync();
            case SEAL -> seal();
            case RETAIN -> retain();
            case OPEN_READER -> openReader();
            case READ_ON -> readOn();
            case FILL_OR_FREE -> disk.roomBytes = disk.isFilled() ? Long.MAX_VALUE : random.nextInt(30_000);
            case FAIL_OR_MEND -> disk.failForce = mishap != Mishap.DAMAGE && !disk.failForce;
            case DAMAGE -> damage();
            case CLOSE_AND_REOPEN -> closeAndReopen();
            case CRASH -> crash();
        }
    }

    private void appendBatch() throws IOException {
        int count = 1 + random.nextInt(40);
        appendBatch(TestJournals.event("systail.test", 30), count);
        TestJournals.countEvents(journal, "systail.test", count);
    }

    private void appendBatch(byte[] event, int count) throws IOException {
        StreamId stream = TestJournals.stream(random.nextInt(STREAMS));
        long from = journal.positions().expected(stream).orElse(0);
        BatchFrame batch = TestJournals.batch(stream, acknowledged.getOrDefault(stream, 0L), from, count, event);
        append(batch.bytes(), batch);
        journal.positions().advance("test", stream, batch.end());
    }

    private void appendEvent() throws IOException {
        int bytes = random.nextInt(200) == 0 ? random.nextInt(2 << 20) : random.nextInt(2000);
        append(TestJournals.randomEvent(random, bytes), null);
        TestJournals.countEvents(journal, "k", 1);
    }

    private void appendNoise() throws IOException {
        for (int count = 1 + random.nextInt(5); count > 0; count--) {
            byte[] event = TestJournals.event(NOISY, 1000 + random.nextInt(15_000));
            if (random.nextBoolean()) {
                appendBatch(event, 1);
            } else {
                append(event, null);
            }
            journal.countEvents(event, 0, NOISY.length(), 1, event.length);
        }
    }

    private void append(byte[] frame, @Nullable BatchFrame batch) throws IOException {
        long end = journal.end();
        try {
            model.appended(journal.append(frame), frame, batch);
        } catch (IOException e) {
            assertThat(journal.end()).as("end after %s", e).isEqualTo(end);
            throw e;
        }
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
        disk.usableBytes = random.nextInt(15) == 0 ? random.nextInt(1000) : Long.MAX_VALUE;
        long wanted = random.nextBoolean() ? 0 : Long.MAX_VALUE;
        journal.unread(() -> List.of(new Unread(wanted, List.of())));
        try {
            journal.retain();
        } finally {
            long end = journal.flushedEnd();
            if (wanted == 0) {
                model.mayBeEvicted(TestJournals.readFrom(journal, 0), journal.first(), end, NOISY);
            }
        }
    }

    private void openReader() {
        if (readings.size() < 5) {
            // Not within a record, which the journal would have to count as damage.
            Long evicted = random.nextBoolean() ? null : model.anyEvicted(journal.first(), journal.end(), random);
            Long position = evicted == null || model.isDamaged()
                    ? model.ceiling((long) (random.nextDouble() * journal.end()))
                    : evicted;
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
            long reached = next.map(JournalRecord::position).orElse(Math.max(reading.position, journal.flushedEnd()));
            model.assertNothingIsMissing(Set.of(), Math.max(reading.position, journal.first()), reached);
            reading.position = next.map(JournalRecord::next).orElse(reached);
            next.ifPresent(model::assertIsAsAppended);
        }
        if (mishap == Mishap.KILL) {
            assertThat(journal.damagedBytes()).isZero();
        }
        if (random.nextInt(10) == 0) {
            reading.reader.close();
            readings.remove(reading);
        }
    }

    private void damage() throws IOException {
        if (mishap == Mishap.DAMAGE && journal.syncedEnd() > journal.first()) {
            long from = journal.first();
            long at = from + (long) (random.nextDouble() * (journal.syncedEnd() - from));
            long end = new Damage(folder, random).at(at, journal.activeSegment());
            model.damaged(at, end);
        }
    }

    private void closeAndReopen() throws IOException {
        closeReadings();
        disk.mend();
        journal.close();
        long end = journal.end();
        repair();

        open(folder, disk);

        if (!model.wasDamaged()) {
            assertThat(journal.end()).isGreaterThanOrEqualTo(end).isLessThan(end + 100);
        }
        recoveredTo(end);
    }

    /** Half of the time, what is damaged is taken out, and only that. */
    private void repair() throws IOException {
        if (mishap == Mishap.DAMAGE && random.nextBoolean()) {
            try (StoppedJournal stopped = StoppedJournal.open(folder)) {
                new JournalRepair(stopped, stopped.damages()).run();
            }
            try (StoppedJournal stopped = StoppedJournal.open(folder)) {
                assertThat(stopped.damages()).allMatch(JournalDamage::isHarmless);
            }
            model.repaired();
        }
    }

    private void crash() throws IOException {
        closeReadings();
        if (mishap == Mishap.POWER_FAILURE && random.nextBoolean()) {
            failPower();
        } else {
            kill();
        }
    }

    /** What the journal wrote is there, on the same disk, which still knows what is not synced. */
    private void kill() throws IOException {
        long flushedEnd = journal.flushedEnd();
        Files.delete(folder.resolve("lock")); // the dead one still has it, but not as a new file
        open(folder, disk);
        recoveredTo(flushedEnd);
    }

    private void recoveredTo(long flushedEnd) throws IOException {
        List<JournalRecord> found = assertAllIsThere(journal.first(), flushedEnd);
        model.keepFrom(flushedEnd, found); // of a write that did not end, the first records may be there
        model.endsAt(journal.end());
        checkPositions();
    }

    private void failPower() throws IOException {
        long first = journal.first();
        long syncedEnd = journal.syncedEnd();
        Path after = root.resolve(Integer.toString(generation));
        disk.failPower(folder, after, random);
        closeDead();
        open(after, new ForgetfulDisk(root.resolve("removed-" + generation)));
        List<JournalRecord> found = TestJournals.readFrom(journal, 0);
        model.assertHolds(found, first, syncedEnd);
        model.keepFrom(syncedEnd, found);
        model.keepBefore(first, found);
        acknowledged.forEach((stream, position) -> assertThat(positionsMayBeOld
                        || journal.positions().expected(stream).orElse(-1) >= position)
                .isTrue());
        positionsMayBeOld = true;
        checkPositions();
    }

    /** Gives its files back, which nobody looks at any more. */
    private void closeDead() throws IOException {
        disk.mend();
        journal.close();
    }

    private List<JournalRecord> assertAllIsThere(long from, long to) throws IOException {
        List<JournalRecord> found = TestJournals.readFrom(journal, from);
        model.assertHolds(found, from, to);
        if (model.isAnythingMissing(found, from, Math.min(to, journal.end()))) {
            assertThat(journal.damagedBytes()).isPositive();
        } else if (!model.isDamaged() && mishap != Mishap.POWER_FAILURE) {
            assertThat(journal.damagedBytes()).isZero();
        }
        return found;
    }

    private void checkPositions() {
        Map<StreamId, OptionalLong> found = positions();
        if (!positionsMayBeOld && !model.wasDamaged()) {
            assertThat(found).isEqualTo(model.streams(recovered, recoveredEnd));
        }
        for (int i = 0; i < STREAMS; i++) {
            StreamId stream = TestJournals.stream(i);
            assertThat(found.get(stream).orElse(0))
                    .as("lost, but taken for known")
                    .isLessThanOrEqualTo(model.reachedWithoutGap(stream));
        }
        recovered = found;
        recoveredEnd = journal.recoveredEnd();
        positionsMayBeOld = false;
        acknowledged.clear();
        found.forEach((stream, position) -> position.ifPresent(known -> acknowledged.put(stream, known)));
    }

    private Map<StreamId, OptionalLong> positions() {
        Map<StreamId, OptionalLong> positions = new HashMap<>();
        for (int i = 0; i < STREAMS; i++) {
            StreamId stream = TestJournals.stream(i);
            positions.put(stream, journal.positions().expected(stream));
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
        closeDead();
    }
}
