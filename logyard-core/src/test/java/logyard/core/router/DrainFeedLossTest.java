package logyard.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import logyard.core.journal.Unread;
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
        journal.unread(() -> List.of(new Unread(0, List.of())));
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

    @Test
    void losesOnlyWhatTheApplicationPutInThatTakesMostOfTheJournal() throws IOException {
        DrainFeed feed = router.add(List.of(prefix("")), FeedCursor.startingAt(router.end()));
        appendNoise(600);

        Counted counted = read(feed);

        assertThat(counted.quiet()).isEqualTo(600);
        assertThat(counted.noisy()).isBetween(10_000L, 16_000L);
        assertThat(counted.evicted()).isEqualTo(60_000 - counted.noisy());
        assertThat(counted.damaged()).isZero();
        assertThat(feed.cursor().pending()).isEqualTo(60_600);
        assertThat(feed.isLagging()).isFalse();
    }

    @Test
    void countsThatExactlyWhenItGoesOnAfterAStartToo() throws IOException {
        DrainFeed before = router.add(List.of(prefix("")), FeedCursor.startingAt(router.end()));
        appendNoise(200);
        for (int i = 0; i < 100; i++) {
            before.next();
        }
        appendNoise(400);
        FeedCursor saved = before.cursor();
        before.close();
        close();
        open();

        DrainFeed feed = router.add(List.of(prefix("")), saved);
        appendNoise(200);
        Counted counted = read(feed);

        assertThat(counted.quiet()).isEqualTo(800);
        assertThat(counted.evicted()).isEqualTo(80_000 - counted.noisy()).isPositive();
        assertThat(counted.damaged()).isZero();
        assertThat(feed.cursor().matched()).isEqualTo(80_800);
    }

    @Test
    void countsThatExactlyAlsoIfItIsKilledBeforeItWasTold() throws IOException {
        DrainFeed before = router.add(List.of(prefix("")), FeedCursor.startingAt(router.end()));
        appendNoise(600);
        FeedCursor saved = before.cursor();
        before.close();
        close();
        open();
        DrainFeed killed = router.add(List.of(prefix("")), saved);
        appendNoise(2);
        long delivered = 0;
        while (killed.position() <= saved.countedTo()) {
            FedRecord record = killed.next().orElseThrow();
            assertThat(record.lost()).as("what is told").isEqualTo(Lost.NOTHING);
            int events = record.frame().length > 0 ? 1 : 0;
            delivered += events;
            killed.settle(record.next(), Account.delivered(events));
        }
        FeedCursor noted = killed.written();
        assertThat(noted.position()).isEqualTo(killed.position()).isLessThanOrEqualTo(noted.countedTo());
        killed.close();

        DrainFeed feed = router.add(List.of(prefix("")), new CursorNote(new UUID(1, 2), 1, noted).after(saved));
        Counted counted = read(feed);

        assertThat(delivered + counted.quiet() + counted.noisy() + counted.evicted() + counted.damaged())
                .isEqualTo(602 * 101);
        assertThat(counted.evicted() + counted.damaged()).isGreaterThan(10_000);
        assertThat(feed.cursor().matched()).isEqualTo(602 * 101);
    }

    /** What a feed gave, and told. */
    private record Counted(long quiet, long noisy, long evicted, long damaged) {}

    private static Counted read(DrainFeed feed) throws IOException {
        long quiet = 0;
        long noisy = 0;
        long evicted = 0;
        long damaged = 0;
        for (Optional<FedRecord> next = feed.next(); next.isPresent(); next = feed.next()) {
            evicted += next.get().lost().evicted();
            damaged += next.get().lost().damaged();
            String event = new String(next.get().frame(), StandardCharsets.UTF_8);
            quiet += event.startsWith("systail") ? 1 : 0;
            noisy += event.startsWith("apptail") ? 1 : 0;
        }
        return new Counted(quiet, noisy, evicted, damaged);
    }

    /** A hundred lines of an application for each of the system. */
    private void appendNoise(int rounds) throws IOException {
        for (int i = 0; i < rounds; i++) {
            for (int line = 0; line < 101; line++) {
                append((line == 100 ? "systail.a.1 " : "apptail.noisy ") + TEXT);
            }
            if (i % 8 == 0) {
                journal.sync();
                journal.seal();
                journal.retain();
            }
        }
        journal.flush();
    }

    private void append(String event) throws IOException {
        byte[] frame = event.getBytes(StandardCharsets.UTF_8);
        router.route(journal.append(frame), frame);
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
            append((i % 2 == 0 ? "systail.a.1 " : "event.b ") + TEXT);
        }
        journal.flush();
    }
}
