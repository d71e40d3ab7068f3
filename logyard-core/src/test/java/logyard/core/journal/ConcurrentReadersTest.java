package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ConcurrentReadersTest {
    private static final int RECORDS = 300_000;

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private volatile boolean appended;

    /** What a reader saw. */
    private record Seen(long records, long gaps) {}

    @BeforeEach
    void logNothing() {
        TestJournals.logNothing();
    }

    @AfterEach
    void logAgain() {
        TestJournals.logAgain();
    }

    @Test
    @Timeout(300)
    void eachSeesAStrictlyIncreasingRunOfRecords() throws Exception {
        var options = new JournalOptions(folder, 2 << 20, 0, 64 << 10);
        ExecutorService readers = Executors.newFixedThreadPool(4);
        List<Future<Seen>> seen = new ArrayList<>();
        try (Journal journal = Journal.open(options, TestJournals.CLOCK, disk);
                Commit commit = Commit.start(journal, Duration.ofMillis(1), Ignore::new)) {
            for (int i = 0; i < 4; i++) {
                boolean lagging = i == 3;
                JournalReader reader = journal.reader(0); // before anything can have been removed
                Callable<Seen> reading = () -> read(journal, reader, lagging);
                seen.add(readers.submit(reading));
            }
            append(journal, commit);
            for (Future<Seen> reader : seen) {
                Seen result = reader.get(60, TimeUnit.SECONDS);
                assertThat(result.records()).isPositive();
                assertThat(result.gaps() > 0 || result.records() == RECORDS).isTrue();
            }
            assertThat(seen.get(3).get().gaps()).as("gaps of the lagging one").isPositive();
            assertThat(journal.damagedBytes()).isZero();
            assertThat(disk.openFiles.get())
                    .as("lock, active segment, and those to be sealed")
                    .isLessThan(10);
        } finally {
            readers.shutdownNow();
        }
        assertThat(disk.openFiles).hasValue(0);
    }

    private void append(Journal journal, Commit commit) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(100).put((byte) 'k').put((byte) ' ');
        for (int i = 0; i < RECORDS; i++) {
            journal.append(frame.putInt(2, i).array().clone());
            if (i % 50 == 0) {
                journal.flush();
                commit.appended();
            }
        }
        journal.flush();
        appended = true;
    }

    private Seen read(Journal journal, JournalReader opened, boolean lagging) throws IOException {
        long records = 0;
        long gaps = 0;
        int last = -1;
        long expected = Segment.HEADER_BYTES;
        try (JournalReader reader = opened) {
            while (last < RECORDS - 1) {
                Optional<JournalRecord> next = reader.next(journal.flushedEnd());
                if (next.isEmpty()) {
                    Thread.onSpinWait();
                    continue;
                }
                int number = ByteBuffer.wrap(next.get().frame()).getInt(2);
                if (number != last + 1) {
                    assertThat(number).isGreaterThan(last);
                    assertThat(journal.first())
                            .as("a gap where nothing was removed")
                            .isGreaterThan(expected);
                    gaps++;
                }
                last = number;
                expected = next.get().next();
                records++;
                if (lagging && records % 1000 == 0) {
                    fallBehind(journal, reader);
                }
            }
        }
        return new Seen(records, gaps);
    }

    /** Waits until what it was about to read is gone; every other time it holds on to the segment it is in. */
    private void fallBehind(Journal journal, JournalReader reader) throws IOException {
        if (reader.position() % 2 == 0) {
            reader.close();
        }
        while (!appended && journal.first() <= reader.position()) {
            Thread.onSpinWait();
        }
    }

    private static final class Ignore implements Commit.Listener {
        @Override
        public void beginning() {}

        @Override
        public void committed() {}

        @Override
        public void tick() {}

        @Override
        public void close() {}
    }
}
