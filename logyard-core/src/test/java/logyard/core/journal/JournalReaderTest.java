package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalReaderTest {
    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private Journal journal;

    @BeforeEach
    void open() throws Exception {
        journal = Journal.open(TestJournals.options(folder, 1000), TestJournals.CLOCK, disk);
    }

    @AfterEach
    void close() throws Exception {
        journal.close();
        assertThat(disk.openFiles).as("files left open").hasValue(0);
    }

    private List<Long> appendEvents(int count, int bytes) throws IOException {
        List<Long> positions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            positions.add(journal.append(TestJournals.event("k" + i, bytes)));
        }
        journal.flush();
        return positions;
    }

    @Test
    void returnsTheRecordsThatBeginBeforeTheLimit() throws Exception {
        List<Long> positions = appendEvents(3, 100);

        try (JournalReader reader = journal.reader(0)) {
            assertThat(reader.next(positions.get(1)).orElseThrow().position()).isEqualTo(positions.get(0));
            assertThat(reader.next(positions.get(1))).isEmpty();
            assertThat(reader.position()).isEqualTo(positions.get(1));

            assertThat(reader.next(positions.get(1) + 5).orElseThrow().position())
                    .isEqualTo(positions.get(1));
            assertThat(reader.next(positions.get(1) + 5)).isEmpty();
            assertThat(reader.position()).isEqualTo(positions.get(2));

            assertThat(reader.next(Long.MAX_VALUE).orElseThrow().position()).isEqualTo(positions.get(2));
            assertThat(reader.next(Long.MAX_VALUE)).isEmpty();
            assertThat(reader.position()).isEqualTo(journal.end());
        }
        assertThat(journal.damagedBytes()).isZero();
    }

    @Test
    void followsTheEndFromSegmentToSegment() throws Exception {
        try (JournalReader reader = journal.reader(journal.end())) {
            for (int i = 0; i < 50; i++) {
                long position = journal.append(TestJournals.event("k", 300));
                assertThat(reader.next(journal.flushedEnd())).isEmpty();
                journal.flush();

                assertThat(reader.next(journal.flushedEnd()).orElseThrow().position())
                        .isEqualTo(position);
                assertThat(reader.next(journal.flushedEnd())).isEmpty();
            }
        }
        assertThat(journal.damagedBytes()).isZero();
    }

    @Test
    void goesOnWithTheOldestThatIsLeftWhenItsSegmentIsRemoved() throws Exception {
        List<Long> positions = appendEvents(1000, 300);
        disk.usableBytes = -100_000;

        try (JournalReader reader = journal.reader(0)) {
            assertThat(reader.next(journal.end()).orElseThrow().position()).isEqualTo(positions.get(0));
            journal.retain();

            JournalRecord next = reader.next(journal.end()).orElseThrow();
            while (next.position() < journal.first()) { // what it had read ahead
                next = reader.next(journal.end()).orElseThrow();
            }
            assertThat(next.position()).isEqualTo(journal.first());
        }
        assertThat(journal.damagedBytes()).isZero();
    }

    @Test
    void aReaderThatLagsDoesNotKeepTheRoomOfARemovedSegment() throws Exception {
        appendEvents(20, 300);
        Path oldest = TestJournals.files(folder, ".journal").get(0);
        Path link = Files.createLink(folder.resolve("link"), oldest);

        try (JournalReader reader = journal.reader(0)) {
            assertThat(reader.next(journal.end())).isPresent();
            disk.usableBytes = 0;
            journal.retain();

            assertThat(Files.size(link)).isZero();
        }
    }

    @Test
    void holdsNoDescriptorAndNoBufferOnceClosed() throws Exception {
        List<Long> positions = appendEvents(3, 100);
        int before = disk.openFiles.get();
        JournalReader reader = journal.reader(0);
        assertThat(disk.openFiles).hasValue(before);
        assertThat(reader.next(journal.end())).isPresent();
        assertThat(disk.openFiles).hasValue(before + 1);

        reader.close();

        assertThat(disk.openFiles).hasValue(before);
        assertThat(reader.next(journal.end()).orElseThrow().position()).isEqualTo(positions.get(1));
        reader.close();
    }

    @Test
    void passesOverASegmentThatSomebodyDeleted() throws Exception {
        TestJournals.logNothing();
        appendEvents(20, 300);
        Path second = TestJournals.files(folder, ".journal").get(1);
        long bytes = Files.size(second);
        Files.delete(second);

        int read = TestJournals.readFrom(journal, 0).size();

        assertThat(read).isLessThan(20).isGreaterThan(10);
        assertThat(journal.damagedBytes()).isEqualTo(bytes);
        TestJournals.logAgain();
    }

    @Test
    void doesNotWaitForEverWhenSomebodyDeletedTheActiveSegment() throws Exception {
        TestJournals.logNothing();
        appendEvents(2, 300);
        Files.delete(TestJournals.files(folder, ".journal").get(0));

        assertThat(TestJournals.readFrom(journal, 0)).isEmpty();
        assertThat(journal.damagedBytes()).isPositive();
        TestJournals.logAgain();
    }

    @Test
    void aCopyOfARecordWithinAnotherIsNone() throws Exception {
        TestJournals.logNothing();
        appendEvents(1, 50);
        byte[] file = Files.readAllBytes(TestJournals.files(folder, ".journal").get(0));
        var copy = new ByteArrayOutputStream();
        copy.writeBytes("k ".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        copy.write(file, Segment.HEADER_BYTES, file.length - Segment.HEADER_BYTES);
        long forged = journal.append(copy.toByteArray());
        long next = journal.append(TestJournals.event("k", 50));
        journal.flush();

        assertThat(TestJournals.readFrom(journal, forged + 1).get(0).position()).isEqualTo(next);
        TestJournals.logAgain();
    }

    @Test
    void passesOverPagesThatTheDiskCannotRead() throws Exception {
        TestJournals.logNothing();
        journal.close();
        journal = Journal.open(TestJournals.options(folder, 1 << 20), TestJournals.CLOCK, disk);
        appendEvents(500, 300);
        disk.unreadable = offset -> offset >= 81_920 && offset < 86_016;

        int read = TestJournals.readFrom(journal, 0).size();

        assertThat(read).isBetween(486, 487);
        assertThat(journal.damagedBytes()).isBetween(4096L, 4096L + 2 * 321);
        TestJournals.logAgain();
    }

    @Test
    void failsWhenTheDiskCannotReadAtAllAndGoesOnWhenItCan() throws Exception {
        List<Long> positions = appendEvents(5, 100);

        try (JournalReader reader = journal.reader(0)) {
            disk.unreadable = offset -> true;
            assertThatThrownBy(() -> reader.next(journal.end())).hasMessageContaining("Input/output error");
            disk.unreadable = offset -> false;

            assertThat(reader.next(journal.end()).orElseThrow().position()).isEqualTo(positions.get(0));
        }
        assertThat(journal.damagedBytes()).isZero();
    }

    @Test
    void goesOnAfterItsThreadWasInterrupted() throws Exception {
        List<Long> positions = appendEvents(5, 100);

        try (JournalReader reader = journal.reader(0)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> reader.next(journal.end())).isInstanceOf(ClosedByInterruptException.class);
            assertThat(Thread.interrupted()).isTrue();

            assertThat(reader.next(journal.end()).orElseThrow().position()).isEqualTo(positions.get(0));
        }
        assertThat(journal.damagedBytes()).isZero();
    }

    @Test
    void aPositionBehindTheEndHasNothing() throws Exception {
        appendEvents(5, 100);

        try (JournalReader reader = journal.reader(journal.end() + 1000)) {
            assertThat(reader.next(Long.MAX_VALUE)).isEmpty();
            assertThat(reader.position()).isEqualTo(journal.end() + 1000);
        }
    }

    @Test
    void aNegativePositionMeansTheOldestRecord() throws Exception {
        List<Long> positions = appendEvents(5, 100);

        assertThat(TestJournals.readFrom(journal, -1).get(0).position()).isEqualTo(positions.get(0));
        assertThat(TestJournals.readFrom(journal, Long.MIN_VALUE).get(0).position())
                .isEqualTo(positions.get(0));
    }
}
