package logyard.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import logyard.core.event.BatchBuilder;
import logyard.core.event.Events;
import logyard.core.event.StreamId;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random lives of drains, against a model that simply keeps every event. */
class DrainFeedModelTest {
    private static final int STEPS = 3000;
    private static final UUID READER = new UUID(1, 2);
    private static final List<String> KEYS = List.of("systail.dea.1", "systail.dea_ng.1", "event.error", "apptail.7");

    static LongStream seeds() {
        return LongStream.range(0, 25);
    }

    /** What one drain wants, has got, and should have got. */
    private static final class Watched {
        final List<String> filters;
        final List<String> expected = new ArrayList<>();
        final List<String> delivered = new ArrayList<>();
        final List<String> unsettled = new ArrayList<>();
        DrainFeed feed;
        Account account = Account.NOTHING;
        Account pendingGains = Account.NOTHING;
        long readTo = -1;
        FeedCursor saved;
        CursorNote note;

        Watched(List<String> filters, DrainFeed feed) {
            this.filters = filters;
            this.feed = feed;
            this.saved = feed.cursor();
            this.note = new CursorNote(READER, 0, saved);
        }

        boolean wants(String event) {
            return filters.stream().anyMatch(event::startsWith);
        }
    }

    @TempDir
    Path folder;

    private final List<Watched> drains = new ArrayList<>();
    private final Queue<Runnable> counting = new ArrayDeque<>();
    private Journal journal;
    private Router router;
    private long streamPosition;
    private int number;

    @ParameterizedTest
    @MethodSource("seeds")
    void eachDrainGetsWhatItWantsInOrderWithoutGapOrRepeat(long seed) throws IOException {
        var random = new Random(seed);
        open(random);
        add(random);

        for (int i = 0; i < STEPS; i++) {
            step(random);
        }

        journal.flush();
        runCounting(counting.size());
        for (Watched drain : drains) {
            settle(drain);
            while (read(drain)) {
                settle(drain);
            }
            assertThat(drain.delivered)
                    .as("seed %d, filters %s", seed, drain.filters)
                    .isEqualTo(drain.expected);
            FeedCursor cursor = drain.feed.cursor();
            assertThat(cursor.matched()).isEqualTo(drain.expected.size());
            assertThat(cursor.account()).isEqualTo(Account.delivered(drain.expected.size()));
            assertThat(cursor.pending()).isZero();
            assertThat(drain.feed.isLagging()).isFalse();
        }
        journal.close();
    }

    private void open(Random random) throws IOException {
        // Small enough that records leave the window, and segments are rolled, but none is removed.
        journal = Journal.open(new JournalOptions(folder, 1L << 30, 0, 20_000), Clock.systemUTC());
        router = new Router(journal, 500 + random.nextInt(5000), counting::add, 1 + random.nextInt(50));
    }

    private void step(Random random) throws IOException {
        switch (random.nextInt(13)) {
            case 0, 1, 2, 3 -> append(random);
            case 4 -> {
                journal.flush();
                router.wake();
            }
            case 12 -> {
                journal.sync(); // and now summaries tell what can be passed over
                journal.seal();
                runCounting(random.nextInt(3));
            }
            case 5, 6, 7 -> read(any(random));
            case 8, 9 -> settle(any(random));
            case 10 -> rewindSometimes(random);
            default -> comeAndGo(random);
        }
    }

    private void runCounting(int tasks) {
        for (int i = 0; i < tasks && !counting.isEmpty(); i++) {
            counting.remove().run();
        }
    }

    private Watched any(Random random) {
        return drains.get(random.nextInt(drains.size()));
    }

    private void append(Random random) throws IOException {
        byte[] frame;
        List<String> events = new ArrayList<>();
        if (random.nextInt(4) == 0) {
            events.add(event(random));
            frame = events.get(0).getBytes(StandardCharsets.UTF_8);
        } else {
            var builder = new BatchBuilder("test", new StreamId(1, 2), streamPosition);
            int count = 1 + random.nextInt(20);
            for (int i = 0; i < count; i++) {
                String event = event(random);
                events.add(event);
                builder.event().append(event);
                builder.endEvent(++streamPosition);
            }
            frame = builder.finish().bytes();
        }
        long position = journal.append(frame);
        if (random.nextInt(20) == 0) {
            betweenAppendingAndRouting(random);
        }
        router.route(position, frame);
        for (Watched drain : drains) {
            events.stream().filter(drain::wants).forEach(drain.expected::add);
        }
    }

    /** What other threads may do just then, which must not take the record for one that was routed. */
    private void betweenAppendingAndRouting(Random random) throws IOException {
        if (random.nextBoolean()) {
            journal.flush();
        }
        Watched drain = any(random);
        if (random.nextBoolean()) {
            startAgain(drain, () -> {});
        } else {
            read(drain);
        }
    }

    private String event(Random random) {
        // In long stretches one key only, so that there are segments in which another one is not.
        int keys = number / 400 % 3 == 0 ? 1 : KEYS.size();
        return KEYS.get(random.nextInt(keys)) + " {\"n\":" + number++ + "}";
    }

    private boolean read(Watched drain) throws IOException {
        Optional<FedRecord> next = drain.feed.next();
        if (next.isEmpty()) {
            return false;
        }
        FedRecord record = next.get();
        assertThat(record.lost()).isEqualTo(Lost.NOTHING);
        var events = new Events().over(record.frame());
        int wanted = 0;
        while (events.next()) {
            String event = events.message().key() + " " + events.message().value();
            if (drain.wants(event)) {
                drain.unsettled.add(event);
                wanted++;
            }
        }
        drain.pendingGains = drain.pendingGains.plus(Account.delivered(wanted));
        drain.readTo = record.next();
        assertThat(drain.account.settled() + drain.pendingGains.settled()).isEqualTo(record.ordinal());
        return true;
    }

    private void settle(Watched drain) {
        if (drain.readTo < 0) {
            return;
        }
        drain.delivered.addAll(drain.unsettled);
        drain.account = drain.account.plus(drain.pendingGains);
        drain.feed.settle(drain.readTo, drain.pendingGains);
        note(drain);
        forgetUnsettled(drain);
    }

    private static void note(Watched drain) {
        FeedCursor written = drain.feed.written();
        if (written.position() <= written.countedTo()) {
            drain.note = new CursorNote(READER, 0, written);
        }
    }

    private static void forgetUnsettled(Watched drain) {
        drain.unsettled.clear();
        drain.pendingGains = Account.NOTHING;
        drain.readTo = -1;
    }

    private void rewindSometimes(Random random) throws IOException {
        if (random.nextInt(5) == 0) {
            Watched drain = any(random);
            drain.feed.rewind();
            forgetUnsettled(drain);
        }
    }

    private void comeAndGo(Random random) throws IOException {
        int choice = random.nextInt(20);
        if (choice == 0 && drains.size() < 6) {
            add(random);
        } else if (choice == 1 && drains.size() > 1) {
            drains.remove(random.nextInt(drains.size())).feed.close();
        } else if (choice == 2) {
            startAgain(any(random), () -> append(new Random(number)));
        } else if (choice < 6) {
            Watched drain = any(random);
            drain.saved = drain.feed.cursor();
        } else if (choice == 6) {
            dieAndStartAgain(any(random));
        }
    }

    private void add(Random random) throws IOException {
        List<String> filters = switch (random.nextInt(4)) {
            case 0 -> List.of("");
            case 1 -> List.of("systail.dea");
            case 2 -> List.of("event", "apptail.");
            default -> List.of("systail", "systail.dea");
        };
        drains.add(new Watched(filters, router.add(prefixes(filters), FeedCursor.startingAt(router.end()))));
    }

    /** As after a restart: a new feed from the cursor of the old one, while more may have come in since it was saved. */
    private void startAgain(Watched drain, Appending meanwhile) throws IOException {
        FeedCursor saved = drain.feed.cursor();
        meanwhile.run();
        drain.feed.close();
        forgetUnsettled(drain);
        drain.feed = router.add(prefixes(drain.filters), saved);
    }

    /** As after a kill: a new feed from the cursor that was saved some time, and from what was noted since. */
    private void dieAndStartAgain(Watched drain) throws IOException {
        if (drain.note.cursor().position() < drain.feed.position()) {
            journal.flush();
            router.wake();
            note(drain);
        }
        drain.feed.close();
        forgetUnsettled(drain);
        boolean isNoted = drain.note.isAfter(drain.saved);
        drain.feed = router.add(prefixes(drain.filters), isNoted ? drain.note.after(drain.saved) : drain.saved);
    }

    private interface Appending {
        void run() throws IOException;
    }

    private static List<byte[]> prefixes(List<String> filters) {
        return filters.stream()
                .map(filter -> filter.getBytes(StandardCharsets.UTF_8))
                .toList();
    }
}
