package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailingSyncTest {
    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private Journal journal;

    @BeforeEach
    void open() throws IOException {
        TestJournals.logNothing();
        journal = Journal.open(TestJournals.options(folder, 5000), TestJournals.CLOCK, disk);
    }

    @AfterEach
    void close() throws IOException {
        TestJournals.logAgain();
        disk.failForce = false;
        disk.failFolderSync = false;
        journal.close();
        assertThat(disk.openFiles).as("files left open").hasValue(0);
    }

    private void append(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            journal.append(TestJournals.event("k", 1000));
        }
    }

    @Test
    void nothingIsSyncedUntilASyncSucceeds() throws Exception {
        append(1);
        journal.sync();
        long synced = journal.syncedEnd();
        append(12);
        disk.failForce = true;

        assertThatThrownBy(journal::sync).isInstanceOf(IOException.class);
        assertThatThrownBy(journal::sync).isInstanceOf(IOException.class);
        assertThat(journal.syncedEnd()).isEqualTo(synced);
        assertThat(journal.seal()).isFalse();
        assertThat(TestJournals.readFrom(journal, 0)).hasSize(13);

        disk.failForce = false;
        journal.sync();
        assertThat(journal.syncedEnd()).isEqualTo(journal.end());
        assertThat(journal.seal()).isTrue();
    }

    /** The kernel takes what it could not write for written, and says so at the next call. */
    @Test
    void writesAgainWhatWasNotSynced() throws Exception {
        append(1);
        journal.sync();
        append(2);
        disk.failForce = true;
        assertThatThrownBy(journal::sync).isInstanceOf(IOException.class);
        disk.failForce = false;
        int before = disk.bytesWritten.get();
        append(1);

        journal.sync();

        assertThat(disk.bytesWritten.get() - before).isEqualTo(3 * 1021 + 1021);
        journal.sync();
        assertThat(disk.bytesWritten.get() - before).isEqualTo(3 * 1021 + 1021);
        assertThat(TestJournals.readFrom(journal, 0)).hasSize(4);
        assertThat(journal.damagedBytes()).isZero();
    }

    /** What a sync has failed to write is written by the sync of whoever comes next, in this process or in another. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aStartAfterAFailedSyncWritesWhatThatDidNot(boolean failsAtTheStart) throws Exception {
        Path dying = folder.resolve("dying");
        var forgetful = new ForgetfulDisk(folder.resolve("removed"));
        Journal killed = Journal.open(TestJournals.options(dying, 1000), TestJournals.CLOCK, forgetful);
        for (int i = 0; i < 5; i++) {
            killed.append(TestJournals.event("k", 1000));
        }
        killed.flush();
        forgetful.failForce = true;
        if (failsAtTheStart) {
            Files.delete(dying.resolve("lock")); // of the dead one
            assertThatThrownBy(() -> Journal.open(TestJournals.options(dying, 1000), TestJournals.CLOCK, forgetful))
                    .isInstanceOf(IOException.class);
        } else {
            assertThatThrownBy(killed::sync).isInstanceOf(IOException.class);
            Files.delete(dying.resolve("lock"));
        }
        forgetful.failForce = false;
        Journal second = Journal.open(TestJournals.options(dying, 1000), TestJournals.CLOCK, forgetful);
        assertThat(second.syncedEnd()).isEqualTo(second.end());

        Path after = folder.resolve("after");
        forgetful.failPower(dying, after, new Random(1));

        try (Journal found = TestJournals.open(after, 1000)) {
            assertThat(TestJournals.readFrom(found, 0)).hasSize(5);
        }
        second.close();
        killed.close();
    }

    @Test
    void neverSaysThatIsSafeWhatTheDiskHasLost() throws Exception {
        append(1);
        journal.sync();
        long synced = journal.syncedEnd();
        append(2);
        disk.failForce = true;
        assertThatThrownBy(journal::sync).isInstanceOf(IOException.class);
        disk.failForce = false;
        try (var file = new RandomAccessFile(
                TestJournals.files(folder, ".journal").get(0).toFile(), "rw")) {
            file.seek(synced + 100);
            file.write(new byte[500]);
        }

        for (int i = 0; i < 3; i++) {
            append(1);
            assertThatThrownBy(journal::sync)
                    .isInstanceOf(IOException.class)
                    .hasMessage("the disk has lost 1021 bytes behind position " + synced);
            assertThat(journal.syncedEnd()).isEqualTo(synced);
        }
        assertThat(TestJournals.readFrom(journal, 0)).hasSize(5);

        assertThatThrownBy(journal::close).isInstanceOf(IOException.class);
        open(); // and a restart finds out what is left
        assertThat(TestJournals.readFrom(journal, 0)).hasSize(5);
        assertThat(journal.damagedBytes()).isEqualTo(1021);
        journal.sync();
    }

    @Test
    void nothingInANewSegmentIsSafeBeforeItsNameIs() throws Exception {
        append(5);
        journal.sync();
        long synced = journal.syncedEnd();
        append(1);
        disk.failFolderSync = true;

        assertThatThrownBy(journal::sync).isInstanceOf(IOException.class);
        assertThat(journal.syncedEnd()).isEqualTo(synced);
        disk.usableBytes = -1_000_000; // the segment before goes, and the name must be synced nevertheless
        journal.retain();
        assertThatThrownBy(journal::sync).isInstanceOf(IOException.class);

        disk.failFolderSync = false;
        journal.sync();
        assertThat(journal.syncedEnd()).isEqualTo(journal.end());
    }

    @Test
    void syncsTheSegmentsBeforeBeforeTheActiveOne() throws Exception {
        append(12);
        int before = disk.forces.get();

        journal.sync();

        assertThat(disk.forces.get() - before).isEqualTo(3);
        journal.sync();
        assertThat(disk.forces.get() - before).isEqualTo(3);
    }

    @Test
    void aSummaryThatCannotBeWrittenHoldsUpNothing() throws Exception {
        append(12);
        List<Path> segments = TestJournals.files(folder, ".journal");
        Path inTheWay = new Segment(segments.get(0), 0).summaryFile();
        Files.createDirectories(inTheWay.resolve("not-empty"));

        journal.sync();
        assertThatThrownBy(journal::seal).isInstanceOf(IOException.class);
        assertThat(journal.syncedEnd()).isEqualTo(journal.end());
        assertThat(TestJournals.readFrom(journal, 0)).hasSize(12);

        Files.delete(inTheWay.resolve("not-empty"));
        Files.delete(inTheWay);
        assertThat(journal.seal()).isTrue();
        assertThat(TestJournals.files(folder, ".summary")).hasSize(2);
    }

    @Test
    void appendingGoesOnWhileTheDiskSyncs() throws Exception {
        append(1);
        long[] appendedMeanwhile = {0};
        disk.beforeForce = () -> {
            try {
                append(20);
                journal.flush();
                appendedMeanwhile[0] = journal.end();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        };

        journal.sync();

        disk.beforeForce = () -> {};
        assertThat(appendedMeanwhile[0]).isGreaterThan(20_000);
        assertThat(journal.syncedEnd()).isEqualTo(Segment.HEADER_BYTES + 1021);
        assertThat(TestJournals.readFrom(journal, 0)).hasSize(21);
    }

    @Test
    void readersDoNotWaitForASync() throws Exception {
        append(12);
        journal.flush();
        int[] readMeanwhile = {0};
        disk.beforeForce = () -> {
            var reading = new Thread(() -> {
                try {
                    readMeanwhile[0] = TestJournals.readFrom(journal, 0).size();
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            reading.start();
            try {
                reading.join(60_000);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        };

        journal.sync();

        disk.beforeForce = () -> {};
        assertThat(readMeanwhile[0]).isEqualTo(12);
    }
}
