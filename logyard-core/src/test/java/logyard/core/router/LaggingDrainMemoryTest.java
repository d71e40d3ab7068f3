package logyard.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a drain costs whose target is away, however long: the place where it stands, and one number per segment. */
class LaggingDrainMemoryTest {
    private static final int SEGMENTS = 10;
    private static final int SEGMENT_BYTES = 4000;

    @TempDir
    Path folder;

    private Journal journal;
    private Router router;
    private DrainFeed feed;

    @BeforeEach
    void open() throws IOException {
        var options = new JournalOptions(folder, SEGMENTS * SEGMENT_BYTES, 0, SEGMENT_BYTES);
        journal = Journal.open(options, Clock.systemUTC());
        router = new Router(journal, 10_000, Runnable::run, 1000);
        feed = router.add(List.of("systail".getBytes(StandardCharsets.UTF_8)), FeedCursor.startingAt(router.end()));
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    @Test
    void holdsNothingForADrainWithoutATarget() throws IOException {
        feed.rewind(); // as at the end of a run

        append(20_000);

        assertThat(feed.heldObjects()).isLessThanOrEqualTo(SEGMENTS + 2);
        assertThat(feed.cursor().pending()).isEqualTo(20_000);
    }

    @Test
    void letsGoOfWhatWaitsForATargetThatTakesNothing() throws IOException {
        append(20_000);

        assertThat(feed.heldObjects()).isLessThanOrEqualTo(SEGMENTS + 2);
        assertThat(feed.isLagging()).isTrue();
    }

    @Test
    void holdsNothingForADrainThatIsGone() throws IOException {
        append(20);
        assertThat(feed.heldObjects()).isGreaterThanOrEqualTo(20);

        feed.close();

        assertThat(feed.heldObjects()).isZero();
    }

    @Test
    void theNumbersItKeepsAreThoseItNeeds() throws IOException {
        append(20_000);

        long got = 0;
        long lost = 0;
        for (var next = feed.next(); next.isPresent(); next = feed.next()) {
            got += next.get().frame().length > 0 ? 1 : 0;
            lost += next.get().lost().evicted();
        }

        assertThat(lost).isPositive();
        assertThat(got + lost).isEqualTo(20_000);
    }

    private void append(int events) throws IOException {
        byte[] frame = "systail.dea.1 {\"text\":\"x\"}".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < events; i++) {
            router.route(journal.append(frame), frame);
            if (i % 100 == 0) {
                journal.sync();
                journal.retain();
            }
        }
        journal.flush();
    }
}
