package logyard.core.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.stream.Stream;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainFeedReadBackTest {
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final String NOISE = "systail.dea.1 {" + "x".repeat(1000) + "}";
    private static final int NOISE_PER_SEGMENT = 1100;

    @TempDir
    Path folder;

    private final Queue<Runnable> counting = new ArrayDeque<>();
    private Journal journal;
    private Router router;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(new JournalOptions(folder, 16 * SEGMENT_BYTES, 0, SEGMENT_BYTES), Clock.systemUTC());
        router = new Router(journal, 100_000, counting::add);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    @Test
    void readsNoSegmentThatHoldsNothingForIt() throws IOException {
        DrainFeed feed = add("rare", FeedCursor.startingAt(router.end()));
        route("rare.a {}");
        noise(4 * NOISE_PER_SEGMENT);
        route("rare.b {}");
        feed.rewind();
        seal();
        spoilAllButTheFirstAndTheLast();

        assertThat(readAll(feed)).isEqualTo(2);
        assertThat(journal.damagedBytes()).isZero();
        assertThat(feed.isLagging()).isFalse();
    }

    @Test
    void countsWhatItMissedByTheSummaries() throws IOException {
        route("rare.a {}");
        noise(2 * NOISE_PER_SEGMENT);
        route("rare.b {}");
        noise(2 * NOISE_PER_SEGMENT);
        route("rare.c {}");
        seal();
        spoilAllButTheFirstAndTheLast();

        DrainFeed feed = add("rare", FeedCursor.startingAt(0));
        counting.remove().run();

        assertThat(feed.cursor().matched()).isEqualTo(3);
        assertThat(journal.damagedBytes()).isZero();
        // What was counted by a summary and is damaged is told as lost.
        assertThat(readAll(feed)).isEqualTo(3);
        assertThat(journal.damagedBytes()).isPositive();
        assertThat(feed.isLagging()).isFalse();
    }

    @Test
    void findsTheLastOnesAcrossSegments() throws IOException {
        for (int i = 0; i < 4; i++) {
            route("rare.a {}");
            noise(NOISE_PER_SEGMENT);
        }
        seal();
        List<byte[]> rare = List.of("rare".getBytes(StandardCharsets.UTF_8));

        for (int last = 1; last <= 4; last++) {
            DrainFeed feed = add("rare", FeedCursor.startingAt(router.positionOfLast(rare, last)));
            counting.remove().run();
            assertThat(readAll(feed)).isEqualTo(last);
        }
        assertThat(router.positionOfLast(rare, 5)).isEqualTo(router.positionOfLast(rare, 4));
        assertThat(router.positionOfLast(List.of("none".getBytes(StandardCharsets.UTF_8)), 5))
                .isEqualTo(router.end());
    }

    @Test
    void passesABoundedPieceOfTheJournalInOneCall() throws IOException {
        DrainFeed feed = add("rare", FeedCursor.startingAt(router.end()));
        feed.rewind();
        noise(3 * NOISE_PER_SEGMENT);
        long end = journal.end();
        route("rare.a {}");

        long passed = 0;
        int calls = 0;
        FedRecord last = feed.next().orElseThrow();
        while (last.frame().length == 0) {
            assertThat(last.readBackBytes()).isBetween(1L, DrainFeed.READ_BACK_BYTES + NOISE.length() + 100);
            passed += last.readBackBytes();
            calls++;
            last = feed.next().orElseThrow();
        }

        assertThat(passed).isLessThanOrEqualTo(end);
        assertThat(calls).isGreaterThanOrEqualTo((int) (end / (DrainFeed.READ_BACK_BYTES + NOISE.length() + 100)));
        assertThat(last.ordinal()).isEqualTo(1);
        assertThat(feed.next()).isEmpty();
    }

    @Test
    void whatWasPassedNeedNotBePassedAgain() throws IOException {
        DrainFeed feed = add("rare", FeedCursor.startingAt(router.end()));
        noise(NOISE_PER_SEGMENT / 2);
        route("rare.a {}");
        feed.rewind();
        FedRecord passed = feed.next().orElseThrow();

        feed.settle(passed.next(), Account.NOTHING);

        assertThat(feed.cursor().position()).isEqualTo(passed.next()).isGreaterThan(200_000);
        assertThat(feed.cursor().pending()).isEqualTo(1);
    }

    @Test
    void addingADrainReadsNothing() throws IOException {
        noise(NOISE_PER_SEGMENT);
        route("rare.a {}");

        DrainFeed feed = add("rare", FeedCursor.startingAt(0));
        route("rare.b {}");

        assertThat(feed.next()).isEmpty();
        assertThat(feed.cursor()).isEqualTo(FeedCursor.startingAt(0));
        counting.remove().run();
        assertThat(feed.cursor().matched()).isEqualTo(2);
        assertThat(readAll(feed)).isEqualTo(2);
    }

    @Test
    void failsTheRunIfItCannotCountAndCountsAgain() throws IOException {
        route("rare.a {}");
        Path segment = folder.resolve("00000000000000000000.journal");
        Path away = folder.resolve("away");
        DrainFeed feed = add("rare", FeedCursor.startingAt(0));
        Files.move(segment, away);
        Files.createDirectory(segment);
        counting.remove().run();

        assertThatThrownBy(feed::next).hasMessageContaining("cannot count what is pending: Cannot read");
        assertThat(feed.next()).isEmpty();

        Files.delete(segment);
        Files.move(away, segment);
        counting.remove().run();
        assertThat(readAll(feed)).isEqualTo(1);
    }

    @Test
    void wakesTheDrainWhenItIsCounted() throws IOException {
        route("rare.a {}");
        DrainFeed feed = add("rare", FeedCursor.startingAt(0));
        var woken = new ArrayDeque<String>();
        feed.onMore(() -> woken.add("woken"));
        woken.clear();

        counting.remove().run();

        assertThat(woken).hasSize(1);
    }

    @Test
    void doesNotTakeForRoutedWhatIsOnlyAppended() throws IOException {
        DrainFeed feed = add("rare", FeedCursor.startingAt(router.end()));
        byte[] frame = "rare.a {}".getBytes(StandardCharsets.UTF_8);
        long position = journal.append(frame);
        journal.flush();

        // A cursor that is saved now and used after a crash must lead to this event.
        assertThat(feed.cursor().position()).isLessThanOrEqualTo(position);
        assertThat(feed.cursor().countedTo()).isLessThanOrEqualTo(position);
        feed.rewind();
        assertThat(feed.next()).isEmpty();
        DrainFeed late = add("rare", FeedCursor.startingAt(router.end()));

        router.route(position, frame);

        assertThat(readAll(feed)).isEqualTo(1);
        assertThat(readAll(late)).isEqualTo(1);
        assertThat(late.cursor().matched()).isEqualTo(1);
    }

    private DrainFeed add(String prefix, FeedCursor start) throws IOException {
        return router.add(List.of(prefix.getBytes(StandardCharsets.UTF_8)), start);
    }

    /** How many events it got or lost. */
    private static long readAll(DrainFeed feed) throws IOException {
        long ordinal = 0;
        for (Optional<FedRecord> next = feed.next(); next.isPresent(); next = feed.next()) {
            ordinal = next.get().ordinal();
        }
        return ordinal;
    }

    private void noise(int events) throws IOException {
        for (int i = 0; i < events; i++) {
            route(NOISE);
        }
    }

    private void route(String event) throws IOException {
        byte[] frame = event.getBytes(StandardCharsets.UTF_8);
        router.route(journal.append(frame), frame);
        journal.flush();
    }

    private void seal() throws IOException {
        journal.sync();
        assertThat(journal.seal()).isTrue();
    }

    /** Whoever reads them now finds damage. */
    private void spoilAllButTheFirstAndTheLast() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> segments = files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
            assertThat(segments).hasSizeGreaterThan(3);
            for (Path segment : segments.subList(1, segments.size() - 1)) {
                byte[] content = Files.readAllBytes(segment);
                java.util.Arrays.fill(content, 20, content.length, (byte) 'x');
                Files.write(segment, content);
            }
        }
    }
}
