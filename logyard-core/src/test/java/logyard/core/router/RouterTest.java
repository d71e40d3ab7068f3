package logyard.core.router;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import logyard.core.daemon.ManualTime;
import logyard.core.event.BatchBuilder;
import logyard.core.event.StreamId;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterTest {
    @TempDir
    Path folder;

    private final ManualTime time = new ManualTime();
    private Journal journal;
    private Router router;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(new JournalOptions(folder, 1 << 30, 0, 1000), time.clock());
        router = new Router(journal, 1 << 20, Runnable::run);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    @Test
    void tellsKeysApartThatAreNoUtf8() throws IOException {
        DrainFeed one = add("caf\u00e8");
        DrainFeed other = add("caf\u00e9");

        route("caf\u00e9 {}");
        route("caf\u00e8 {}");
        route("caf\u00e9 {}");

        assertThat(one.cursor().matched()).isEqualTo(1);
        assertThat(other.cursor().matched()).isEqualTo(2);
    }

    /** Live, read back from a segment that is still open, and from one of which only the summary is asked. */
    @Test
    void aWholeKeyIsNotTheBeginningOfAnother() throws IOException {
        long start = router.end();
        DrainFeed live = add("apptail.7 ");
        DrainFeed both = add("apptail.7");

        route("apptail.70 {}");
        route("apptail.7 {}");
        route("apptail.7x {" + "x".repeat(1000) + "}");
        route("event.b {}");
        DrainFeed readBack = router.add(List.of("apptail.7 ".getBytes(ISO_8859_1)), FeedCursor.startingAt(start));
        journal.sync();
        assertThat(journal.seal()).isTrue();
        DrainFeed bySummary = router.add(List.of("apptail.7 ".getBytes(ISO_8859_1)), FeedCursor.startingAt(start));

        assertThat(live.cursor().matched()).isEqualTo(1);
        assertThat(both.cursor().matched()).isEqualTo(3);
        assertThat(readBack.cursor().matched()).isEqualTo(1);
        assertThat(bySummary.cursor().matched()).isEqualTo(1);
    }

    @Test
    void keysThatAreNoUtf8AreNotInASummary() throws IOException {
        route("caf\u00e9 {}");
        route("event.a {" + "x".repeat(1000) + "}");
        route("event.b {}");
        journal.sync();

        assertThat(journal.seal()).isTrue();
        assertThat(journal.summary(0).orElseThrow().keys()).isEmpty();
    }

    @Test
    void countsEventsAndBytesByStream() throws IOException {
        var batch = new BatchBuilder("test", new StreamId(1, 2), 0);
        for (int i = 0; i < 10; i++) {
            batch.event().append(i % 3 == 0 ? "systail.dea.10.0.0.5 {}" : "systail.kato.10.0.0.5 {}");
            batch.endEvent(i + 1);
        }

        byte[] frame = batch.finish().bytes();
        router.route(journal.append(frame), frame);
        route("systail.dea.10.0.0.6 {\"n\":1}");
        route("event.kato_action {}");
        route("alone {}");

        assertThat(router.streams())
                .containsExactlyInAnyOrder(
                        new StreamCount("systail.dea", 5, 4 * 23 + 28),
                        new StreamCount("systail.kato", 6, 6 * 24),
                        new StreamCount("event.kato_action", 1, 20),
                        new StreamCount("alone", 1, 8));
    }

    @Test
    void goesOnCountingWhenDrainsComeAndGo() throws IOException {
        route("systail.dea.1 {}");

        DrainFeed feed = add("systail");
        route("systail.dea.1 {}");
        feed.close();
        route("systail.dea.2 {}");

        assertThat(router.streams()).containsExactly(new StreamCount("systail.dea", 3, 3 * 16));
    }

    @Test
    void countsStreamsBeyondTheBoundTogether() throws IOException {
        int streams = StreamCounters.MOST + 500;
        for (int i = 0; i < streams; i++) {
            route(String.format("apptail.%04d {}", i));
        }
        route("apptail.0000 {}");
        route("apptail.1499 {}");
        route("other {}");

        assertThat(router.streams())
                .hasSize(StreamCounters.MOST + 1)
                .contains(new StreamCount("apptail.0000", 2, 2 * 15))
                .contains(new StreamCount("other", 502, 501 * 15 + 8));
        assertThat(router.streams().stream().mapToLong(StreamCount::events).sum())
                .isEqualTo(streams + 3);
    }

    @Test
    void knowsWhenTheOldestPendingEventCameIn() throws IOException {
        DrainFeed feed = add("systail.dea");
        assertThat(feed.oldestPending()).isEmpty();

        route("systail.kato {}");
        time.advance(Duration.ofSeconds(5));
        Instant first = time.clock().instant();
        route("systail.dea {}");
        time.advance(Duration.ofSeconds(5));
        route("systail.dea {}");
        journal.flush();
        assertThat(feed.oldestPending()).contains(first);

        FedRecord read = feed.next().orElseThrow();
        feed.settle(read.next(), Account.delivered(1));
        assertThat(feed.oldestPending()).contains(first.plusSeconds(5));

        read = feed.next().orElseThrow();
        feed.settle(read.next(), Account.delivered(1));
        assertThat(feed.oldestPending()).isEmpty();
    }

    private DrainFeed add(String prefix) throws IOException {
        return router.add(List.of(prefix.getBytes(ISO_8859_1)), FeedCursor.startingAt(router.end()));
    }

    private void route(String event) throws IOException {
        byte[] frame = event.getBytes(ISO_8859_1);
        router.route(journal.append(frame), frame);
    }
}
