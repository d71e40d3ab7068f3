package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
    @TempDir(factory = MemoryFolder.class)
    private Path root;

    private final Random random = new Random(2);
    private final FaultyDisk disk = new FaultyDisk();
    private final List<ByteBuffer> taken = new ArrayList<>();
    private Path folder;
    private Journal journal;

    @BeforeEach
    void open() throws IOException {
        folder = root.resolve("journal");
        journal = Journal.open(TestJournals.options(folder, 10_000_000), TestJournals.CLOCK, disk);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
        assertThat(disk.openFiles).as("files left open").hasValue(0);
    }

    private void append(int bytes) throws IOException {
        byte[] frame = TestJournals.randomEvent(random, bytes);
        journal.append(frame);
        taken.add(ByteBuffer.wrap(frame));
    }

    private void assertHolds(List<ByteBuffer> frames) throws IOException {
        assertThat(TestJournals.frames(TestJournals.readFrom(journal, 0))).isEqualTo(frames);
        assertThat(journal.damagedBytes()).isZero();
    }

    @Test
    void keepsWhatItTookUntilThereIsRoomAgain() throws Exception {
        disk.roomBytes.set(10_000);
        for (int i = 0; i < 9; i++) {
            append(1000);
        }
        journal.flush();
        List<ByteBuffer> flushed = List.copyOf(taken);
        append(1000);
        append(1000);

        assertThatThrownBy(journal::flush).isInstanceOf(IOException.class).hasMessageContaining("No space left");
        assertThatThrownBy(journal::sync).isInstanceOf(IOException.class);
        assertHolds(flushed);
        append(500);

        disk.roomBytes.set(FaultyDisk.AMPLE);
        journal.flush();
        assertHolds(taken);
    }

    @Test
    void refusesWhatHasNoRoomInTheBufferAndTakesItLater() throws Exception {
        disk.roomBytes.set(0);
        append(1 << 20);
        append(1 << 20);
        long end = journal.end();

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> journal.append(TestJournals.randomEvent(random, Journal.MAX_FRAME_BYTES)))
                    .isInstanceOf(IOException.class);
            assertThat(journal.end()).isEqualTo(end);
        }

        disk.roomBytes.set(FaultyDisk.AMPLE);
        append(Journal.MAX_FRAME_BYTES);
        journal.flush();
        assertHolds(taken);
    }

    @Test
    void aWriteThatWasDoneInPartTearsNothing() throws Exception {
        append(1000);
        journal.flush();
        for (int room = 0; room < 3000; room += 97) {
            append(1000);
            disk.roomBytes.set(room);
            int before = taken.size();
            try {
                journal.flush();
            } catch (IOException e) {
                assertThat(TestJournals.readFrom(journal, 0)).hasSizeLessThan(before);
            }
            Path killed = TestJournals.copy(folder, root.resolve("killed-" + room));
            try (Journal found = TestJournals.open(killed, 10_000_000)) {
                List<ByteBuffer> frames = TestJournals.frames(TestJournals.readFrom(found, 0));
                assertThat(taken).startsWith(frames.toArray(ByteBuffer[]::new));
                assertThat(found.flushedEnd()).isGreaterThanOrEqualTo(journal.flushedEnd());
                assertThat(found.damagedBytes()).isZero();
            }
        }

        disk.roomBytes.set(FaultyDisk.AMPLE);
        journal.flush();
        assertHolds(taken);
    }

    @Test
    void takesNothingWhileItCannotBeginTheNextSegment() throws Exception {
        journal.close();
        journal = Journal.open(TestJournals.options(folder, 1000), TestJournals.CLOCK, disk);
        append(1000);
        long end = journal.end();
        disk.failToMakeFiles = true;

        assertThatThrownBy(() -> journal.append(TestJournals.event("k", 10))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> journal.append(TestJournals.event("k", 10))).isInstanceOf(IOException.class);
        assertThat(journal.end()).isEqualTo(end);
        journal.sync();
        assertHolds(taken);

        disk.failToMakeFiles = false;
        append(1000);
        append(1000);
        journal.sync();
        assertHolds(taken);
    }

    @Test
    void beginsTheNextSegmentOnAFullDisk() throws Exception {
        journal.close();
        journal = Journal.open(TestJournals.options(folder, 1000), TestJournals.CLOCK, disk);
        append(1000);
        journal.flush();
        disk.roomBytes.set(0);

        append(100);

        assertThat(TestJournals.files(folder, ".journal")).hasSize(2);
        assertThatThrownBy(journal::flush).isInstanceOf(IOException.class);
        disk.roomBytes.set(FaultyDisk.AMPLE);
        journal.flush();
        assertHolds(taken);
    }

    @Test
    void aDiskThatIsFullOnlyForTheStartDoesNotStopIt() throws Exception {
        append(1000);
        journal.sync();
        Path other = TestJournals.copy(folder, root.resolve("other"));
        disk.roomBytes.set(0);

        try (Journal again = Journal.open(TestJournals.options(other, 1000), TestJournals.CLOCK, disk)) {
            assertThat(TestJournals.frames(TestJournals.readFrom(again, 0))).isEqualTo(taken);
            disk.roomBytes.set(FaultyDisk.AMPLE);
        }
    }
}
