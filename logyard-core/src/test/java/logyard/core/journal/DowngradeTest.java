package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import logyard.core.event.Events;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a later version of Logyard wrote before this one was put back: left as it is, and never taken for something else. */
class DowngradeTest {
    private static final StreamId STREAM = new StreamId(1, 2);

    @TempDir
    Path folder;

    @Test
    void leavesASummaryOfALaterVersionAndReadsTheSegment() throws IOException {
        long position;
        try (Journal journal = TestJournals.open(folder, 300)) {
            position = journal.append(TestJournals.event("systail.dea", 400));
            TestJournals.countEvents(journal, "systail.dea", 1);
            journal.append(TestJournals.event("systail.dea", 10));
        }
        Path summary = TestJournals.files(folder, ".summary").get(0);
        String newer = "{\"version\":2,\"keys\":\"somewhere else\"}\n";
        Files.writeString(summary, newer);

        try (Journal again = TestJournals.open(folder, 300)) {
            assertThat(again.summary(position)).isEmpty();
            assertThat(TestJournals.readFrom(again, 0)).hasSize(2);
        }

        assertThat(summary).hasContent(newer);
        assertThat(TestJournals.files(folder, ".damaged")).isEmpty();
    }

    @Test
    void countsABatchOfALaterVersionInsteadOfMisreadingIt() throws IOException {
        byte[] newer = newerBatch();
        try (Journal journal = TestJournals.open(folder, 1000)) {
            journal.append(newer);
            journal.append(TestJournals.event("systail.dea", 1000));
            journal.append(newer);
            journal.append(TestJournals.event("systail.dea", 10));
        }
        for (Path summary : TestJournals.files(folder, ".summary")) {
            Files.delete(summary); // as after a kill
        }

        try (Journal again = TestJournals.open(folder, 1000)) {
            assertThat(again.unreadableRecords()).isEqualTo(2);
            List<JournalRecord> records = TestJournals.readFrom(again, 0);
            assertThat(records).hasSize(4);
            assertThat(again.unreadableRecords()).isEqualTo(2);
            assertThat(again.damagedBytes()).isZero();
            // A version that can read it must not be told that nothing is in there.
            assertThat(again.summary(0).orElseThrow().keys()).isEmpty();
        }
    }

    @Test
    void thereAreNoEventsInABatchOfALaterVersion() {
        assertThat(new Events().over(newerBatch()).next()).isFalse();
        assertThat(new Events().over(new byte[] {1}).next()).isFalse();
        assertThat(new Events().over("a {}".getBytes(StandardCharsets.US_ASCII)).next())
                .isTrue();
    }

    private static byte[] newerBatch() {
        byte[] frame = TestJournals.batch(STREAM, 0, 0, 3).bytes().clone();
        frame[1] = 2;
        return frame;
    }
}
