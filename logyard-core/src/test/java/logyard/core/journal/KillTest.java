package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import logyard.core.event.BatchFrame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that appends is killed again and again, at any moment. */
class KillTest {
    private static final int KILLS = Integer.getInteger("logyard.journal.kills", 20);

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    private final Random random = new Random();

    @BeforeEach
    void logNothing() {
        TestJournals.logNothing();
    }

    @AfterEach
    void logAgain() {
        TestJournals.logAgain();
    }

    /** How far the process said it was. */
    private record Said(long opened, long flushed, long flushedEnd, long syncedEnd) {
        static final Said NOTHING = new Said(-1, 0, 0, 0);

        Said and(String line) {
            String[] words = line.split(" ");
            return switch (words[0]) {
                case "O" -> new Said(Long.parseLong(words[1]), flushed, flushedEnd, syncedEnd);
                case "F" -> new Said(opened, Long.parseLong(words[1]), Long.parseLong(words[2]), syncedEnd);
                case "S" -> new Said(opened, flushed, flushedEnd, Long.parseLong(words[1]));
                default -> throw new AssertionError(line);
            };
        }
    }

    @Test
    void everythingThatWasFlushedIsThere() throws Exception {
        long reached = 0;
        for (int i = 0; i < KILLS; i++) {
            Said said = runAndKill();

            assertThat(said.opened()).as("where it went on").isEqualTo(reached);
            reached = assertIsThere(said);
        }
        assertThat(reached).isPositive();
    }

    private Said runAndKill() throws IOException {
        Process process = new ProcessBuilder(KilledJournal.command(folder))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Said said = Said.NOTHING;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            int lines = 1 + random.nextInt(random.nextInt(10) == 0 ? 3 : 500);
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                said = said.and(line);
                if (--lines == 0) {
                    process.toHandle().destroyForcibly(); // what it had said by then is still read
                }
            }
        } finally {
            process.toHandle().destroyForcibly();
        }
        return said;
    }

    private long assertIsThere(Said said) throws IOException {
        try (Journal journal = Journal.open(KilledJournal.options(folder), TestJournals.CLOCK)) {
            assertThat(journal.flushedEnd()).isGreaterThanOrEqualTo(said.flushedEnd());
            assertThat(journal.flushedEnd()).isGreaterThanOrEqualTo(said.syncedEnd());
            assertThat(journal.damagedBytes()).isZero();
            long reached = journal.positions().expected(KilledJournal.STREAM).orElse(0);
            assertThat(reached).isGreaterThanOrEqualTo(said.flushed());
            List<JournalRecord> records = TestJournals.readFrom(journal, 0);
            long expected = records.isEmpty()
                    ? 0
                    : BatchFrame.parse(records.get(0).frame()).from();
            for (JournalRecord record : records) {
                BatchFrame batch = BatchFrame.parse(record.frame());
                assertThat(batch.from()).isEqualTo(expected);
                expected = batch.end();
            }
            assertThat(expected).isEqualTo(reached);
            assertThat(journal.damagedBytes()).isZero();
            return reached;
        } catch (logyard.core.event.MalformedFrameException e) {
            throw new AssertionError(e);
        }
    }
}
