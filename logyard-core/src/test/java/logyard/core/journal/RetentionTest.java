package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import logyard.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
    private static final long SEGMENT_BYTES = 10_000;
    private static final long MAX_BYTES = 100_000;
    private static final long MIN_FREE_BYTES = 10 << 20;

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private Journal journal;

    @BeforeEach
    void open() throws IOException {
        TestJournals.logNothing();
        journal = open(SEGMENT_BYTES);
    }

    private Journal open(long segmentBytes) throws IOException {
        var options = new JournalOptions(folder, Math.max(MAX_BYTES, 2 * segmentBytes), MIN_FREE_BYTES, segmentBytes);
        return Journal.open(options, TestJournals.CLOCK, disk);
    }

    @AfterEach
    void close() throws IOException {
        TestJournals.logAgain();
        journal.close();
        assertThat(disk.openFiles).as("files left open").hasValue(0);
    }

    private void append(int count, int bytes) throws IOException {
        for (int i = 0; i < count; i++) {
            journal.append(TestJournals.event("k", bytes));
        }
        journal.sync();
        boolean unused = journal.seal();
    }

    private long segmentBytesOnDisk() throws IOException {
        long bytes = 0;
        for (Path segment : TestJournals.files(folder, ".journal")) {
            bytes += Files.size(segment);
        }
        return bytes;
    }

    @Test
    void leavesAJournalThatFitsAlone() throws Exception {
        append(80, 1000);

        journal.retain();

        assertThat(TestJournals.readFrom(journal, 0)).hasSize(80);
    }

    @Test
    void neverTakesMoreThanItMay() throws Exception {
        for (int i = 0; i < 300; i++) {
            append(1, 1000);
            journal.retain();

            assertThat(segmentBytesOnDisk()).isLessThanOrEqualTo(MAX_BYTES + 1021);
            assertThat(journal.sizeBytes()).isEqualTo(segmentBytesOnDisk());
        }
        assertThat(segmentBytesOnDisk()).isGreaterThan(MAX_BYTES - 2 * SEGMENT_BYTES);
        assertThat(TestJournals.files(folder, ".summary"))
                .hasSize(TestJournals.files(folder, ".journal").size() - 1);
        assertThat(TestJournals.readFrom(journal, 0).get(0).position()).isEqualTo(journal.first());
    }

    @Test
    void makesRoomForOthersWithTheOldest() throws Exception {
        append(80, 1000);
        long size = segmentBytesOnDisk();
        disk.usableBytes = MIN_FREE_BYTES - 25_000;

        journal.retain();

        assertThat(size - segmentBytesOnDisk()).isBetween(25_000L, 25_000 + SEGMENT_BYTES + 1021);
        assertThat(journal.first()).isBetween(25_000L, 25_000 + SEGMENT_BYTES + 1021);
    }

    @Test
    void keepsSomeRoomForItselfEvenIfNoneIsToBeLeftToOthers() throws Exception {
        journal.close();
        journal = Journal.open(new JournalOptions(folder, MAX_BYTES, 0, SEGMENT_BYTES), TestJournals.CLOCK, disk);
        append(80, 1000);
        disk.usableBytes = 0;

        journal.retain();

        assertThat(TestJournals.files(folder, ".journal")).hasSize(1);
    }

    @Test
    void keepsTheActiveSegmentWhateverIsAskedFor() throws Exception {
        append(25, 1000);
        disk.usableBytes = 0;

        journal.retain();

        assertThat(TestJournals.files(folder, ".journal")).hasSize(1);
        assertThat(journal.first()).isEqualTo(journal.activeSegment() + Segment.HEADER_BYTES);
        append(1, 1000);
        assertThat(TestJournals.files(folder, ".journal"))
                .as("too small to be given up early")
                .hasSize(1);
    }

    @Test
    void givesUpALargeActiveSegmentWhenNothingElseIsLeft() throws Exception {
        journal.close();
        journal = open(10 << 20);
        append(2, 1 << 20);
        disk.usableBytes = 0;
        journal.retain();
        assertThat(TestJournals.files(folder, ".journal")).hasSize(1);

        append(1, 1000);
        journal.retain();

        assertThat(TestJournals.files(folder, ".journal")).hasSize(1);
        assertThat(segmentBytesOnDisk()).isEqualTo(Segment.HEADER_BYTES + 1021);
        assertThat(TestJournals.readFrom(journal, 0)).hasSize(1);
    }

    @Test
    void keepsTheActiveSegmentIfRoomWasFoundElsewhere() throws Exception {
        journal.close();
        journal = open(10 << 20);
        append(2, 1 << 20);
        disk.usableBytes = 0;
        journal.retain();
        disk.usableBytes = FaultyDisk.AMPLE;
        journal.retain();

        append(1, 1000);

        assertThat(TestJournals.files(folder, ".journal")).hasSize(1);
        assertThat(TestJournals.readFrom(journal, 0)).hasSize(3);
    }

    @Test
    void removesSegmentsThatAreNotSafeOrNotSummarisedYet() throws Exception {
        for (int i = 0; i < 30; i++) {
            journal.append(TestJournals.event("k", 1000));
        }
        journal.flush();
        int open = disk.openFiles.get();
        disk.usableBytes = 0;

        journal.retain();

        assertThat(TestJournals.files(folder, ".journal")).hasSize(1);
        assertThat(disk.openFiles).hasValue(open - 2);
        journal.sync();
        assertThat(journal.seal()).isFalse();
        assertThat(TestJournals.files(folder, ".summary")).isEmpty();
    }

    @Test
    void triesAgainWhatItCouldNotRemove() throws Exception {
        append(30, 1000);
        Path oldest = TestJournals.files(folder, ".journal").get(0);
        Path inTheWay = new Segment(oldest, 0).summaryFile();
        Files.delete(inTheWay);
        Files.createDirectories(inTheWay.resolve("not-empty"));
        disk.usableBytes = 0;

        assertThatThrownBy(journal::retain).isInstanceOf(IOException.class);
        assertThat(journal.first()).isEqualTo(Segment.HEADER_BYTES);
        assertThat(TestJournals.readFrom(journal, 0)).hasSize(30);

        Files.delete(inTheWay.resolve("not-empty"));
        journal.retain();
        assertThat(TestJournals.files(folder, ".journal")).hasSize(1);
    }

    @Test
    void optionsSayWhatIsWrongWithThem() {
        assertThatThrownBy(() -> JournalOptions.of(folder, 1000, -1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(
                        "journal.max_bytes must be at least 16MiB, or 0 for a journal in memory only, got 1000 bytes")
                .hasMessageContaining("journal.min_free_bytes must not be negative, got -1");
        assertThatThrownBy(() -> new JournalOptions(folder, 1000, 0, 501))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("at least two segments of 501 bytes must fit into 1000");
        assertThat(JournalOptions.of(folder, 1L << 30, 0).segmentBytes()).isEqualTo(64 << 20);
        assertThat(JournalOptions.of(folder, 16 << 20, 0).segmentBytes()).isEqualTo(2 << 20);
    }
}
