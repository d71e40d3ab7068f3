package logyard.core.router;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import logyard.core.event.Events;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drains that are killed, changed and replaced between two saves of their cursors, with real notes and a real journal. */
class NotedFeedsTest {
    private static final Life LIFE = new Life(new UUID(1, 2), new UUID(3, 4));
    private static final List<String> A = List.of("a");
    private static final List<String> B = List.of("b");

    @TempDir
    Path folder;

    private Path file;
    private Cursors cursors;
    private Journal journal;
    private Router router;
    private CursorNotes notes;
    private NamedFeeds feeds;
    private final List<DrainFeed> open = new ArrayList<>();
    private int n;
    private boolean cursorsCannotBeSaved;

    @BeforeEach
    void begin() throws IOException {
        file = folder.resolve("cursors.notes");
        cursors = Cursors.load(folder.resolve("cursors.json"));
        startJournal();
        startFeeds();
    }

    private void startJournal() throws IOException {
        journal = Journal.open(JournalOptions.of(folder.resolve("journal"), 64 << 20, 0), Clock.systemUTC());
        router = new Router(journal, 8 << 20, Runnable::run);
    }

    private void startFeeds() {
        notes = CursorNotes.open(file, LIFE, journal.end(), cursors);
        feeds = new NamedFeeds(router, notes.drains(), now -> {
            try {
                if (cursorsCannotBeSaved) {
                    return;
                }
                journal.sync();
                cursors.save(now.get(), Map.of());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    @AfterEach
    void end() throws IOException {
        notes.close();
        journal.close();
    }

    /** kill -9 and a new start: everything written stays, nothing is saved. */
    private void killAndStart() throws IOException {
        await().pollInterval(Duration.ofMillis(1)).until(() -> {
            router.wake(); // as in each round: what was too soon after another note is noted now
            return open.stream().noneMatch(DrainFeed::isUnnoted);
        });
        open.clear();
        notes.close();
        journal.close(); // syncs, which makes no difference where all was flushed
        cursors = Cursors.load(folder.resolve("cursors.json"));
        startJournal();
        startFeeds();
    }

    private void save() throws IOException {
        journal.sync();
        cursors.save(feeds.cursors(), Map.of());
    }

    private void event(String key) throws IOException {
        byte[] frame = (key + " {\"n\":" + n++ + "}").getBytes(ISO_8859_1);
        router.route(journal.append(frame), frame);
        journal.flush();
    }

    private void events(int count, String key) throws IOException {
        for (int i = 0; i < count; i++) {
            event(key);
        }
    }

    /** A drain that is new. */
    private DrainFeed begin(List<String> filters) throws IOException {
        feeds.enter("mine", filters, router::end);
        feeds.saveEntered();
        return open(filters);
    }

    private DrainFeed open(List<String> filters) throws IOException {
        DrainFeed feed = feeds.open(
                "mine",
                filters,
                filters.stream().map(f -> f.getBytes(ISO_8859_1)).toList());
        open.add(feed);
        return feed;
    }

    private void close(DrainFeed feed) throws IOException {
        feed.close();
        open.remove(feed);
        feeds.closed("mine");
    }

    /** Delivers up to {@code most} records; what it got, losses as LOST. */
    private static List<String> deliver(DrainFeed feed, int most) throws IOException {
        List<String> got = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            Optional<FedRecord> next = feed.next();
            if (next.isEmpty()) {
                break;
            }
            FedRecord record = next.get();
            Account gains = Account.NOTHING;
            Lost lost = record.lost();
            if (!lost.equals(Lost.NOTHING)) {
                got.add("LOST " + lost);
                if (lost.inJournal() > 0) {
                    gains = gains.plus(Account.dropped(DropReason.DAMAGED, lost.inJournal(), 1));
                }
                if (lost.unstored() > 0) {
                    gains = gains.plus(Account.dropped(DropReason.UNSTORED, lost.unstored(), 1));
                }
            }
            var events = new Events().over(record.frame());
            int wanted = 0;
            while (record.frame().length > 0 && events.next()) {
                if (feed.prefixes().stream()
                        .anyMatch(p -> events.message().key().startsWith(new String(p, ISO_8859_1)))) {
                    got.add(events.message().key() + events.message().value());
                    wanted++;
                }
            }
            feed.settle(record.next(), gains.plus(Account.delivered(wanted)));
        }
        return got;
    }

    /** A drain wants A, then B, then A again while cursors cannot be saved. */
    private DrainFeed wantsOtherEventsAndTheseAgain(int delivered) throws IOException {
        cursorsCannotBeSaved = true;
        DrainFeed feed = open(B);
        assertThat(deliver(feed, delivered)).hasSize(delivered);
        close(feed);
        feed = open(A);
        assertThat(deliver(feed, 1)).hasSize(1);
        assertThat(feed.cursor().pending()).isEqualTo(2);
        close(feed);
        killAndStart();
        cursorsCannotBeSaved = false;
        return open(A);
    }

    @Test
    void announcesNoLossOfWhatItWantedForATime() throws IOException {
        DrainFeed feed = begin(A);
        event("a");
        assertThat(deliver(feed, 1)).hasSize(1);
        events(5, "a");
        events(2, "b");
        events(3, "a");
        save();
        close(feed);

        feed = wantsOtherEventsAndTheseAgain(1);

        assertThat(deliver(feed, 100)).noneMatch(each -> each.startsWith("LOST"));
        assertThat(feed.cursor().account().dropped()).isZero();
    }

    @Test
    void losesNothingOfWhatItWantsAgain() throws IOException {
        DrainFeed feed = begin(A);
        event("a");
        assertThat(deliver(feed, 1)).hasSize(1);
        events(5, "b");
        events(3, "a");
        event("b"); // so that B is not done
        save();
        close(feed);

        feed = wantsOtherEventsAndTheseAgain(5);
        save(); // before its target takes anything
        close(feed);
        killAndStart();

        assertThat(deliver(open(A), 100)).contains("a{\"n\":7}", "a{\"n\":8}");
    }

    /** A drain hangs, is deleted (abandoned after 0.9 s), its disk answers; it is added again with since; kill -9. */
    @Test
    void whatAnAbandonedRunSettlesLateIsNotTakenForTheDrainThatHasItsName() throws IOException {
        long since = router.end();
        DrainFeed old = begin(A);
        events(6, "a");
        assertThat(deliver(old, 3)).hasSize(3);
        FedRecord hanging = old.next().orElseThrow();
        close(old); // DrainAttempt.abandon, DrainStateMachine.closeFeed, NamedFeeds.closed
        feeds.forget("mine"); // the definition is gone
        feeds.saveEntered();
        old.settle(hanging.next(), Account.delivered(1)); // DrainRun.sent, as the disk answers after all
        feeds.enter("mine", A, () -> since); // added again, ?since=
        feeds.saveEntered();
        DrainFeed feed = open(A);
        List<String> got = new ArrayList<>(deliver(feed, 1));
        killAndStart();
        feed = open(A);
        got.addAll(deliver(feed, 100));
        assertThat(got).as("each of the six, nothing passed over").hasSize(6);
    }

    /** The same, where a drain that is idle has got the slot meanwhile: then for as long as that is idle. */
    @Test
    void whatAnAbandonedRunSettlesLateIsNotTakenThoughMuchWasNotedSince() throws IOException {
        long since = router.end();
        DrainFeed old = begin(A);
        events(20, "a");
        assertThat(deliver(old, 15)).hasSize(15);
        FedRecord hanging = old.next().orElseThrow();
        close(old);
        feeds.forget("mine");
        feeds.enter("idle", B, router::end);
        feeds.saveEntered();
        DrainFeed idle = feeds.open("idle", B, List.of("b".getBytes(ISO_8859_1)));
        old.settle(hanging.next(), Account.delivered(1));
        feeds.enter("mine", A, () -> since);
        feeds.saveEntered();
        DrainFeed feed = open(A);
        List<String> got = new ArrayList<>(deliver(feed, 5));
        save();
        got.addAll(deliver(feed, 5));
        killAndStart();
        feed = open(A);
        got.addAll(deliver(feed, 100));
        assertThat(got).as("each of the twenty, nothing passed over").hasSize(20);
        idle.close();
    }

    /** docs/formats.md: cursors.json may be edited. Here so that a drain has it all again. */
    @Test
    void aCursorThatWasEditedCounts() throws IOException {
        long since = router.end();
        DrainFeed feed = begin(A);
        events(6, "a");
        deliver(feed, 6);
        save(); // an orderly stop
        cursors.save(Map.of("mine", new Cursors.Saved(FeedCursor.startingAt(since), A)), Map.of());
        killAndStart();
        assertThat(feeds.closedCursor("mine").orElseThrow().position()).isEqualTo(since);
    }

    /** The notes cannot be replaced at one start (disk full), and are believed at the next. */
    @Test
    void notesThatCouldNotBeReplacedAreNotBelievedLater() throws IOException {
        long since = router.end();
        DrainFeed feed = begin(A);
        events(6, "a");
        assertThat(deliver(feed, 3)).hasSize(3);
        Path inTheWay = folder.resolve("cursors.notes.next");
        Files.createDirectories(inTheWay.resolve("x")); // stands for ENOSPC
        killAndStart();
        feeds.forget("mine"); // deleted by now
        Files.delete(inTheWay.resolve("x")); // there is room again
        Files.delete(inTheWay);
        feeds.enter("mine", A, () -> since); // and added again, ?since=
        feeds.saveEntered();
        feed = open(A);
        List<String> got = new ArrayList<>(deliver(feed, 1));
        save();
        killAndStart();
        feed = open(A);
        got.addAll(deliver(feed, 100));
        assertThat(got).as("each of the six, nothing passed over").hasSize(6);
    }

    /** Core of the release before in between, which knows no notes: a drain deleted and added again with since. */
    @Test
    void notesFromBeforeADowngradeAreNotBelieved() throws IOException {
        long since = router.end();
        DrainFeed feed = begin(A);
        events(6, "a");
        deliver(feed, 3);
        save(); // an orderly stop
        byte[] left = Files.readAllBytes(file);
        // The older core: deletes the drain, has it again from since on, delivers one, stops.
        feeds.closed("mine");
        feeds.forget("mine");
        feeds.enter("mine", A, () -> since);
        feeds.saveEntered();
        feed = open(A);
        List<String> got = new ArrayList<>(deliver(feed, 1));
        save();
        notes.close();
        Files.write(file, left);
        killAndStart();
        feed = open(A);
        got.addAll(deliver(feed, 100));
        assertThat(got).as("each of the six, nothing passed over").hasSize(6);
    }

    /** Unstored events are told when the saved cursor is at the end of what nobody wanted. */
    @Test
    void unstoredEventsThatWereNotedAreKept() throws IOException {
        DrainFeed feed = begin(A);
        event("a");
        deliver(feed, 1);
        event("other");
        save(); // position is the end, behind "other"
        router.lost("a {}".getBytes(ISO_8859_1)); // disk full: cursors cannot be saved either
        assertThat(deliver(feed, 1)).hasSize(1);
        assertThat(feed.cursor().account().dropped(DropReason.UNSTORED)).isEqualTo(1);
        killAndStart();
        feed = open(A);
        assertThat(feed.cursor().account().dropped(DropReason.UNSTORED)).isEqualTo(1);
    }

    /** A filter is changed, much is delivered, kill -9 before cursors are saved. */
    @Test
    void aChangedFilterRepeatsLittle() throws IOException {
        DrainFeed feed = begin(A);
        events(50, "a");
        deliver(feed, 20);
        close(feed);
        List<String> wider = List.of("a", "b");
        feed = open(wider);
        List<String> got = new ArrayList<>(deliver(feed, 20));
        killAndStart();
        feed = open(wider);
        got.addAll(deliver(feed, 100));
        assertThat(got).as("all was confirmed, nothing comes twice").doesNotHaveDuplicates();
    }

    /** What a drain can have got that is not in the journal's file yet. */
    @Test
    void aDrainIsNotAheadOfTheJournalsFileByMoreThanACommit() throws IOException {
        DrainFeed feed = begin(A);
        long begin = feed.position();
        byte[] frame = ("a " + "x".repeat(4000)).getBytes(ISO_8859_1);
        long ahead = 0;
        for (int i = 0; i < 499; i++) { // one round of Ingest is 500 frames, then it flushes
            router.route(journal.append(frame), frame);
            deliver(feed, 1);
            ahead = Math.max(ahead, feed.position() - Math.max(begin, journal.flushedEnd()));
        }
        assertThat(ahead).isLessThan(1 << 20);
    }
}
