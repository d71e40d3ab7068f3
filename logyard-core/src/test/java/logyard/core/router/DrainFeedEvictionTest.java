package logyard.core.router;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import logyard.core.journal.Unread;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What drains are told when events of an application were evicted from segments that are still there. */
class DrainFeedEvictionTest {
    private static final String NOISY = "apptail.noisy ";
    private static final String SYSTEM = "systail.a.1 ";
    private static final String TEXT = "x".repeat(1000);
    private static final int LINES_IN_SEGMENT = 1013;

    @TempDir
    private Path folder;

    private final List<DrainFeed> feeds = new CopyOnWriteArrayList<>();
    private Journal journal;
    private Router router;

    /** What a feed gave, and told. */
    private record Told(long read, long evicted, long damaged) {}

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(new JournalOptions(folder, 16 << 20, 0, 1 << 20), Clock.systemUTC());
        router = new Router(journal, 100_000, Runnable::run);
        journal.unread(() -> feeds.stream().map(DrainFeedEvictionTest::unread).toList());
    }

    private static Unread unread(DrainFeed feed) {
        List<String> prefixes = feed.prefixes().stream()
                .map(prefix -> new String(prefix, UTF_8))
                .toList();
        return new Unread(feed.cursor().position(), prefixes);
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    private DrainFeed add(String prefix, FeedCursor start) throws IOException {
        DrainFeed feed = router.add(List.of(prefix.getBytes(UTF_8)), start);
        feeds.add(feed);
        return feed;
    }

    private DrainFeed add(String prefix) throws IOException {
        return add(prefix, FeedCursor.startingAt(router.end()));
    }

    private void append(String key) throws IOException {
        byte[] frame = (key + TEXT).getBytes(UTF_8);
        router.route(journal.append(frame), frame);
    }

    /** A segment that begins with so many lines of noise, and goes on with others; and the first line of the next. */
    private void segment(int noise, String firstOfNext) throws IOException {
        long active = journal.activeSegment();
        for (int i = 0; i < LINES_IN_SEGMENT; i++) {
            append(i < noise ? NOISY : SYSTEM);
        }
        while (journal.activeSegment() == active) {
            append(firstOfNext);
        }
    }

    private void fillWithNoise(int segments) throws IOException {
        for (int i = 0; i < segments; i++) {
            segment(LINES_IN_SEGMENT, NOISY);
        }
        retain();
    }

    private void retain() throws IOException {
        journal.sync();
        boolean unused = journal.seal();
        journal.retain();
        journal.flush();
    }

    private static Told read(DrainFeed feed) throws IOException {
        long read = 0;
        long evicted = 0;
        long damaged = 0;
        for (Optional<FedRecord> next = feed.next(); next.isPresent(); next = feed.next()) {
            read += next.get().frame().length > 0 ? 1 : 0;
            evicted += next.get().lost().evicted();
            damaged += next.get().lost().damaged();
        }
        return new Told(read, evicted, damaged);
    }

    /** Reads and settles what comes before the first loss; what that is. */
    private static Lost settleUpToALoss(DrainFeed feed) throws IOException {
        long settled = 0;
        while (true) {
            FedRecord next = feed.next().orElseThrow();
            if (!next.lost().equals(Lost.NOTHING)) {
                return next.lost();
            }
            feed.settle(next.next(), Account.delivered(next.ordinal() - settled));
            settled = next.ordinal();
        }
    }

    @Test
    void ofTwoHolesTheSecondIsToldAsEvictedToo() throws IOException {
        DrainFeed feed = add("");
        segment(900, NOISY); // the next one begins with noise
        segment(500, SYSTEM);
        segment(0, SYSTEM);
        fillWithNoise(14);

        Told told = read(feed);

        assertThat(told.evicted()).isGreaterThan(900);
        assertThat(told.damaged()).isZero();
        assertThat(told.read() + told.evicted()).isEqualTo(feed.cursor().matched());
    }

    @Test
    void whatIsReadAgainIsToldAgainInTheSameWay() throws IOException {
        DrainFeed feed = add("");
        segment(900, SYSTEM);
        segment(0, SYSTEM);
        fillWithNoise(14);
        Lost first = settleUpToALoss(feed);
        assertThat(first.evicted()).isPositive();
        assertThat(first.damaged()).isZero();

        feed.rewind();

        assertThat(read(feed).damaged()).isZero();
    }

    @Test
    void aCursorBehindAHoleKnowsAfterAStartWhatItHeld() throws IOException {
        DrainFeed feed = add("");
        segment(900, SYSTEM);
        segment(0, SYSTEM);
        fillWithNoise(14);
        for (int i = 0; i < 50; i++) {
            FedRecord next = feed.next().orElseThrow();
            feed.settle(next.next(), Account.delivered(1));
        }
        FeedCursor saved = feed.cursor();
        feed.close();
        feeds.clear();
        close();
        open();

        Told told = read(add("", saved));

        assertThat(told.evicted()).isPositive();
        assertThat(told.damaged()).isZero();
    }

    @Test
    void damageIsDamageAlsoBehindHolesOfOthers() throws IOException {
        DrainFeed feed = add("systail");
        append(SYSTEM);
        segment(900, SYSTEM);
        segment(0, SYSTEM);
        segment(0, SYSTEM);
        fillWithNoise(13);
        try (Stream<Path> files = Files.list(folder)) {
            Path second = files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .skip(1)
                    .findFirst()
                    .orElseThrow();
            try (var file = new RandomAccessFile(second.toFile(), "rw")) {
                file.seek(100_000);
                file.write(new byte[3000]);
            }
        }

        Told told = read(feed);

        assertThat(told).extracting(Told::evicted, Told::damaged).containsExactly(0L, 4L);
    }

    @Test
    void whatNobodyWantsGoesBeforeWhatSomebodyDoes() throws IOException {
        DrainFeed feed = add("apptail");
        for (int i = 0; i < 60_000; i++) { // a fifth is wanted
            append(i % 100 < 20 ? NOISY : SYSTEM);
            if (i % 500 == 0) {
                retain();
            }
        }
        journal.flush();

        assertThat(read(feed)).isEqualTo(new Told(12_000, 0, 0));
    }
}
