package logyard.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainFeedLossTest {
    private static final int MAX_BYTES = 16 << 20;
    private static final String TEXT = "x".repeat(1000);

    @TempDir
    Path folder;

    private Journal journal;
    private Router router;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(new JournalOptions(folder, MAX_BYTES, 0, 1 << 20), Clock.systemUTC());
        router = new Router(journal, 100_000, Runnable::run);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    @Test
    void countsExactlyWhatLeftTheJournalBeforeTheDrainReadIt() throws IOException {
        DrainFeed feed = router.add(List.of(prefix("systail")), FeedCursor.startingAt(router.end()));
        append(40_000);
        journal.sync();
        journal.retain();

        long lost = 0;
        long read = 0;
        for (Optional<FedRecord> next = feed.next(); next.isPresent(); next = feed.next()) {
            lost += next.get().lost().evicted();
            read += next.get().frame().length > 0 && isWanted(next.get().frame()) ? 1 : 0;
        }

        assertThat(lost).isBetween(3_000L, 20_000L);
        assertThat(lost + read).isEqualTo(20_000);
        assertThat(feed.isLagging()).isFalse();
    }

    @Test
    void countsWhatIsGoneSinceItsCursorWasSaved() throws IOException {
        DrainFeed before = router.add(List.of(prefix("systail")), FeedCursor.startingAt(router.end()));
        append(2_000);
        FeedCursor saved = before.cursor();
        before.close();
        append(38_000);
        journal.sync();
        journal.retain();

        DrainFeed feed = router.add(List.of(prefix("systail")), saved);
        long ordinal = 0;
        for (Optional<FedRecord> next = feed.next(); next.isPresent(); next = feed.next()) {
            ordinal = next.get().ordinal();
        }

        // What came in after the cursor was saved, and was gone before anybody counted it, is not known of.
        assertThat(ordinal).isEqualTo(feed.cursor().matched());
        assertThat(feed.cursor().matched()).isBetween(1_000L, 20_000L);
    }

    private static boolean isWanted(byte[] frame) {
        return new String(frame, StandardCharsets.UTF_8).startsWith("systail");
    }

    private static byte[] prefix(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Every second event is wanted. */
    private void append(int events) throws IOException {
        for (int i = 0; i < events; i++) {
            byte[] frame = ((i % 2 == 0 ? "systail.a.1 " : "event.b ") + TEXT).getBytes(StandardCharsets.UTF_8);
            router.route(journal.append(frame), frame);
        }
        journal.flush();
    }
}
