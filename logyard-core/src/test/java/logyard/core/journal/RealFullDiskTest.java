package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a file system of 8 MB that is really full. Where the tests do not run as root {@link FullDiskTest} must do. */
@Timeout(300)
class RealFullDiskTest {
    private static final int FRAME_BYTES = 50_000;

    @TempDir
    private Path root;

    private final Random random = new Random(3);

    @BeforeEach
    void logNothing() {
        TestJournals.logNothing();
    }

    @AfterEach
    void logAgain() {
        TestJournals.logAgain();
    }

    private interface Scenario {
        void run(Path folder) throws Exception;
    }

    private void onSmallFileSystem(Scenario scenario) throws Exception {
        var mounted = SmallFileSystem.mount(root.resolve("small"), 8);
        if (mounted.isEmpty()) {
            Assumptions.abort("Not root: no real file system was filled");
        }
        try (SmallFileSystem small = mounted.get()) {
            scenario.run(small.folder());
        }
    }

    @Test
    void goesOnWithoutARestartOnceThereIsRoom() throws Exception {
        onSmallFileSystem(folder -> {
            Path other = Files.write(folder.resolve("other"), new byte[3 << 20]);
            var options = new JournalOptions(folder.resolve("journal"), 1 << 30, 0, 1 << 20);
            try (Journal journal = Journal.open(options, TestJournals.CLOCK)) {
                List<ByteBuffer> taken = fill(journal);
                assertThat(taken.size()).isGreaterThan(5 * 1024 * 1024 / (FRAME_BYTES + 100));
                assertThatThrownBy(journal::sync).isInstanceOf(IOException.class);
                List<ByteBuffer> flushed = TestJournals.frames(TestJournals.readFrom(journal, 0));
                assertThat(taken).startsWith(flushed.toArray(ByteBuffer[]::new));

                Files.delete(other);
                journal.sync();
                assertThat(journal.seal()).isTrue();

                assertThat(TestJournals.frames(TestJournals.readFrom(journal, 0)))
                        .isEqualTo(taken);
                assertThat(journal.syncedEnd()).isEqualTo(journal.end());
                assertThat(journal.damagedBytes()).isZero();
            }
        });
    }

    @Test
    void startsAgainOnAFullDisk() throws Exception {
        onSmallFileSystem(folder -> {
            var options = new JournalOptions(folder.resolve("journal"), 1 << 30, 0, 1 << 20);
            Journal journal = Journal.open(options, TestJournals.CLOCK);
            fill(journal);
            List<ByteBuffer> flushed = TestJournals.frames(TestJournals.readFrom(journal, 0));
            assertThatThrownBy(journal::close).isInstanceOf(IOException.class);

            var floor = new JournalOptions(folder.resolve("journal"), 1 << 30, 2 << 20, 1 << 20);
            try (Journal again = Journal.open(floor, TestJournals.CLOCK)) {
                assertThat(TestJournals.frames(TestJournals.readFrom(again, 0)))
                        .startsWith(flushed.toArray(ByteBuffer[]::new));
                again.retain();
                assertThat(Files.getFileStore(folder).getUsableSpace()).isGreaterThanOrEqualTo(2 << 20);
                again.append(TestJournals.randomEvent(random, FRAME_BYTES));
                again.sync();
            }
        });
    }

    @Test
    void makesItsOwnRoomWhileItCommits() throws Exception {
        onSmallFileSystem(folder -> {
            var options = new JournalOptions(folder.resolve("journal"), 1 << 30, 3 << 20, 1 << 20);
            var committed = new LinkedBlockingQueue<Long>();
            try (Journal journal = Journal.open(options, TestJournals.CLOCK)) {
                try (Commit commit = Commit.start(
                        journal,
                        Duration.ofMillis(1),
                        Duration.ofMillis(10),
                        () -> new Committed(journal, committed))) {
                    for (int i = 0; i < 40 * 1024 * 1024 / FRAME_BYTES; i++) {
                        appendAsSoonAsThereIsRoom(journal, commit, committed);
                    }
                }
                assertThat(journal.syncedEnd()).isEqualTo(journal.end());
                assertThat(journal.damagedBytes()).isZero();
                assertThat(journal.first()).isGreaterThan(30 << 20);
            }
        });
    }

    /** As large as the disk: what is in the way must be given up before nothing can be written any more. */
    @Test
    void aSegmentDoesNotTakeTheWholeDisk() throws Exception {
        onSmallFileSystem(folder -> {
            var options = new JournalOptions(folder.resolve("journal"), 1 << 30, 0, 64 << 20);
            var committed = new LinkedBlockingQueue<Long>();
            try (Journal journal = Journal.open(options, TestJournals.CLOCK)) {
                try (Commit commit = Commit.start(
                        journal,
                        Duration.ofMillis(1),
                        Duration.ofMillis(10),
                        () -> new Committed(journal, committed))) {
                    for (int i = 0; i < 40 * 1024 * 1024 / FRAME_BYTES; i++) {
                        appendAsSoonAsThereIsRoom(journal, commit, committed);
                    }
                }
                assertThat(journal.syncedEnd()).isEqualTo(journal.end());
                assertThat(journal.first()).isGreaterThan(30 << 20);
            }
        });
    }

    private void appendAsSoonAsThereIsRoom(Journal journal, Commit commit, LinkedBlockingQueue<Long> committed)
            throws Exception {
        byte[] frame = TestJournals.randomEvent(random, FRAME_BYTES);
        while (true) {
            try {
                journal.append(frame);
                journal.flush();
                commit.appended();
                return;
            } catch (IOException e) {
                commit.soon();
                committed.poll(10, TimeUnit.MILLISECONDS);
            }
        }
    }

    private List<ByteBuffer> fill(Journal journal) throws IOException {
        List<ByteBuffer> taken = new ArrayList<>();
        while (true) {
            byte[] frame = TestJournals.randomEvent(random, FRAME_BYTES);
            try {
                journal.append(frame);
            } catch (IOException e) {
                return taken;
            }
            taken.add(ByteBuffer.wrap(frame));
            try {
                journal.flush();
            } catch (IOException e) {
                // in the buffer, as long as that has room
            }
        }
    }

    private record Committed(Journal journal, LinkedBlockingQueue<Long> ends) implements Commit.Listener {
        @Override
        public void beginning() {}

        @Override
        public void committed() {
            ends.add(journal.syncedEnd());
        }

        @Override
        public void tick() {}

        @Override
        public void close() {}
    }
}
