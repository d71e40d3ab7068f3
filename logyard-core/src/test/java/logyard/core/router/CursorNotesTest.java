package logyard.core.router;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CursorNotesTest {
    private static final Life LIFE = new Life(new UUID(1, 2), new UUID(3, 4));
    private static final UUID ID = new UUID(5, 6);
    private static final UUID OTHER = new UUID(5, 8);
    private static final long END = 10_000;
    private static final List<String> FILTERS = List.of("systail.dea", "event");
    private static final int FIRST_SLOT = 512;

    @TempDir
    Path folder;

    private Path file;
    private Cursors cursors;

    @BeforeEach
    void saveCursors() throws IOException {
        file = folder.resolve("cursors.notes");
        cursors = Cursors.load(folder.resolve("cursors.json"));
        save(new FeedCursor(1000, Account.delivered(10), 15, 1500, 0));
    }

    private void save(FeedCursor cursor) throws IOException {
        cursors.save(Map.of("mine", new Cursors.Saved(cursor, FILTERS, ID)), Map.of());
    }

    private CursorNotes open(Life life, long end) {
        return CursorNotes.open(file, life, end, cursors);
    }

    private void note(FeedCursor... all) {
        try (CursorNotes notes = open(LIFE, END)) {
            CursorNotes.Note note = notes.drains().note("mine", ID);
            for (FeedCursor cursor : all) {
                write(note, cursor);
            }
        }
    }

    private static void write(CursorNotes.Note note, FeedCursor cursor) {
        await().pollInterval(Duration.ofMillis(1)).until(() -> note.write(cursor));
    }

    private static FeedCursor at(long position, long delivered) {
        return new FeedCursor(position, Account.delivered(delivered), 99, END, 0);
    }

    private FeedCursor begins() {
        return begins(LIFE, END);
    }

    private FeedCursor begins(Life life, long end) {
        try (CursorNotes notes = open(life, end)) {
            return notes.drains().cursors().get("mine").cursor();
        }
    }

    private FeedCursor saved() {
        return cursors.saved().get("mine").cursor();
    }

    @Test
    void aDrainBeginsWhereItWasNotedLast() {
        note(at(1100, 11), at(1200, 12), at(1300, 13));

        assertThat(begins()).isEqualTo(at(1300, 13));
        assertThat(begins()).as("once more, with nothing noted between").isEqualTo(begins());
    }

    @Test
    void whatTheCursorHasCountedFurtherStays() {
        note(new FeedCursor(1100, Account.delivered(11), 14, 1450, 0));

        assertThat(begins()).isEqualTo(new FeedCursor(1100, Account.delivered(11), 15, 1500, 0));
    }

    @Test
    void whatWasDroppedIsNoted() {
        Account account = Account.delivered(11)
                .plus(Account.dropped(DropReason.EVICTED, 3, 1_700_000_000))
                .plus(Account.dropped(DropReason.UNSTORED, 2, 1_700_000_001));
        Account told = account.plus(account.announcement());
        note(new FeedCursor(1600, told, 99, END, 4));

        assertThat(begins()).isEqualTo(new FeedCursor(1600, told, 99, END, 4));
    }

    @Test
    void goesOnNotingWhereItWas() {
        note(at(1100, 11));
        note(at(1200, 12));
        note(at(1300, 13), at(1400, 14));

        assertThat(begins().position()).isEqualTo(1400);
        assertThat(file).hasSize(FIRST_SLOT + 512);
    }

    @Test
    void cursorsThatWereSavedLaterCount() throws IOException {
        note(at(1100, 11));
        save(at(1200, 12));

        assertThat(begins()).isEqualTo(saved());
    }

    @Test
    void aNoteThatDoesNotGoOnFromTheCursorCountsNot() throws IOException {
        note(at(1100, 11));
        save(new FeedCursor(1000, Account.delivered(12), 15, 1500, 0));

        assertThat(begins()).isEqualTo(saved());
    }

    @Test
    void whatTheJournalHasLostIsForgottenForGood() {
        note(at(1300, 13));

        assertThat(begins(LIFE, 1299)).isEqualTo(saved());
        assertThat(begins()).as("when others have come to its place").isEqualTo(saved());
    }

    @Test
    void nothingCountsThatWasNotedBeforeTheMachineWasStarted() {
        note(at(1300, 13));

        assertThat(begins(new Life(new UUID(1, 9), LIFE.journal()), END)).isEqualTo(saved());
        assertThat(begins()).isEqualTo(saved());
    }

    @Test
    void nothingCountsThatWasNotedOfAnotherJournal() {
        note(at(1300, 13));

        assertThat(begins(new Life(LIFE.boot(), new UUID(3, 9)), END)).isEqualTo(saved());
    }

    @Test
    void anotherDrainOfTheSameNameHasNoNote() throws IOException {
        note(at(1300, 13));
        cursors.save(Map.of("mine", new Cursors.Saved(at(1000, 10), FILTERS, OTHER)), Map.of());

        assertThat(begins().position()).isEqualTo(1000);
    }

    @Test
    void aDrainWhoseCursorWasWrittenByHandHasNoNote() throws IOException {
        note(at(1300, 13));
        cursors.save(Map.of("mine", new Cursors.Saved(at(1000, 10), FILTERS)), Map.of());

        assertThat(begins().position()).isEqualTo(1000);
    }

    @Test
    void whatWasNotStoredIsNotedAlsoBehindWhatNobodyWanted() throws IOException {
        save(new FeedCursor(2000, Account.delivered(15), 15, 2500, 0));
        Account unstored = Account.delivered(15).plus(Account.dropped(DropReason.UNSTORED, 2, 1_700_000_000));
        note(new FeedCursor(1900, unstored, 99, END, 2));

        assertThat(begins()).isEqualTo(new FeedCursor(2000, unstored, 99, END, 2));
    }

    @Test
    void littleThatComesAtOnceIsNotedTogether() throws IOException {
        int bytes = 256 << 10;
        try (CursorNotes notes = open(LIFE, END)) {
            CursorNotes.Note note = notes.drains().note("mine", ID);
            boolean all = true;
            for (int i = 0; i < 10_000; i++) {
                all &= note.write(at(1100 + i, 11 + i));
            }
            assertThat(all).isFalse();
            assertThat(note.write(at(20_000 + bytes, 20_000))).as("much").isTrue();
        }
        assertThat(begins(LIFE, 20_000 + bytes).position()).isEqualTo(20_000 + bytes);
    }

    @Test
    void nothingIsNotedThatIsBehindWhatWas() {
        note(at(1300, 13), at(1200, 12));

        assertThat(begins().position()).isEqualTo(1300);
    }

    @Test
    void whoIsFollowedByAnotherOrForgottenNotesNoMore() throws IOException {
        try (CursorNotes notes = open(LIFE, END)) {
            CursorNotes.Note first = notes.drains().note("mine", ID);
            CursorNotes.Note second = notes.drains().note("mine", ID);
            second.write(at(1100, 11));
            first.write(at(1200, 12));
        }
        assertThat(begins().position()).isEqualTo(1100);

        try (CursorNotes notes = open(LIFE, END)) {
            CursorNotes.Note gone = notes.drains().note("mine", ID);
            notes.drains().forget("mine"::equals);
            gone.write(at(1300, 13));
        }
        assertThat(begins()).isEqualTo(saved());
    }

    @Test
    void aSubscriberOfTheSameNameIsAnotherReader() throws IOException {
        cursors.save(cursors.saved(), Map.of("mine", new Cursors.Saved(saved(), FILTERS, OTHER)));
        note(at(1300, 13));

        try (CursorNotes notes = open(LIFE, END)) {
            assertThat(notes.subscribers().cursors().get("mine").cursor()).isEqualTo(saved());
            notes.subscribers().note("mine", OTHER).write(at(1200, 12));
        }
        try (CursorNotes notes = open(LIFE, END)) {
            assertThat(notes.drains().cursors().get("mine").cursor().position()).isEqualTo(1300);
            assertThat(notes.subscribers().cursors().get("mine").cursor().position())
                    .isEqualTo(1200);
        }
    }

    @Test
    void whoIsForgottenLeavesItsPlaceToAnother() throws IOException {
        note(at(1300, 13));
        try (CursorNotes notes = open(LIFE, END)) {
            notes.drains().note("mine", ID).write(at(1400, 14));
            notes.drains().forget("mine"::equals);
            notes.drains().note("other", OTHER).write(at(1200, 12));
            notes.drains().note("third", new UUID(5, 9)).write(at(1250, 12));
        }

        assertThat(file).hasSize(FIRST_SLOT + 2 * 512);
        assertThat(begins()).isEqualTo(saved());
    }

    @Test
    void ofADamagedNoteTheOneBeforeCounts() throws IOException {
        note(at(1100, 11), at(1200, 12));
        damage(FIRST_SLOT + 100); // numbers 2, 4, … are first in their slot

        assertThat(begins().position()).isEqualTo(1100);
    }

    private void damage(long offset) throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(offset);
            int before = bytes.read();
            bytes.seek(offset);
            bytes.write(before ^ 1);
        }
    }

    @Test
    void ofTheFirstNoteAfterAStartTheOneBeforeIsKept() throws IOException {
        note(at(1100, 11));
        note(at(1200, 12));
        damage(FIRST_SLOT + 100);

        assertThat(begins().position()).isEqualTo(1100);
    }

    @Test
    void aFileThatIsNotOursIsNoReasonNotToStart() throws IOException {
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.setLength(3L << 30);
        }

        assertThat(begins()).isEqualTo(saved());
        assertThat(file).hasSize(FIRST_SLOT);
    }

    @Test
    void notesThatCannotBeReplacedAreGone() throws IOException {
        note(at(1300, 13));
        Path inTheWay = folder.resolve("cursors.notes.next");
        Files.createDirectories(inTheWay.resolve("child"));
        assertThat(begins().position()).as("it is read nevertheless").isEqualTo(1300);
        assertThat(file).doesNotExist();

        Files.delete(inTheWay.resolve("child"));
        assertThat(begins()).isEqualTo(saved());
    }

    @Test
    void aBootIsKnownByItsIdOrByTheEnvironment() throws IOException {
        Path bootId = Files.writeString(folder.resolve("boot_id"), "00000000-0000-0001-0000-000000000002\n");
        UUID journal = LIFE.journal();

        assertThat(Life.of(journal, Map.of(), bootId)).isEqualTo(LIFE);
        assertThat(Life.of(journal, Map.of("LOGYARD_BOOT_ID", "00000000000000010000000000000002"), Path.of("/nowhere")))
                .isEqualTo(LIFE);
        Life unknown = Life.of(journal, Map.of("LOGYARD_BOOT_ID", "%b"), bootId);
        assertThat(unknown).isNotEqualTo(Life.of(journal, Map.of("LOGYARD_BOOT_ID", "%b"), bootId));
    }

    @Test
    void eachByteMayBeDamaged() throws IOException {
        note(at(1100, 11), at(1200, 12));
        byte[] whole = Files.readAllBytes(file);
        for (int offset = 0; offset < whole.length; offset++) {
            Files.write(file, whole);
            damage(offset);
            assertThat(begins().position()).as("byte %s", offset).isIn(1000L, 1100L, 1200L);
        }
        for (int length = 0; length < whole.length; length += 50) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThat(begins().position()).as("%s bytes", length).isIn(1000L, 1100L, 1200L);
        }
    }

    @Test
    void goesOnWithoutNotesWhereNoneCanBeWritten() throws IOException {
        Files.createDirectories(file.resolve("in the way"));

        try (CursorNotes notes = open(LIFE, END)) {
            assertThat(notes.drains().cursors())
                    .containsExactly(entry("mine", cursors.saved().get("mine")));
            notes.drains().note("mine", ID).write(at(1300, 13));
        }
    }

    @Test
    void aFeedNotesWhatIsSettledAndWritten() throws IOException {
        try (var journal = Journal.open(JournalOptions.of(folder.resolve("journal"), 16 << 20, 0), Clock.systemUTC())) {
            var router = new Router(journal, 1 << 20, Runnable::run);
            save(FeedCursor.startingAt(journal.end()));
            try (CursorNotes notes = open(LIFE, journal.end())) {
                var feeds = new NamedFeeds(router, notes.drains(), now -> {});
                DrainFeed feed = feeds.open("mine", FILTERS, List.of("systail.dea".getBytes(ISO_8859_1)));
                FedRecord first = routed(router, journal, feed, true);
                feed.settle(first.next(), Account.delivered(1));
                FedRecord second = routed(router, journal, feed, false);
                feed.settle(second.next(), Account.delivered(1));

                assertThat(lastNoted())
                        .as("the second may be lost with the process")
                        .isEqualTo(first.next());

                journal.flush();
                await().untilAsserted(() -> {
                    router.wake();
                    assertThat(lastNoted()).isEqualTo(second.next());
                });
            }
        }
    }

    private long lastNoted() throws IOException {
        return NoteFile.read(file, LIFE).stream()
                .mapToLong(note -> note.cursor().position())
                .max()
                .orElseThrow();
    }

    private static FedRecord routed(Router router, Journal journal, DrainFeed feed, boolean flush) throws IOException {
        byte[] frame = "systail.dea {}".getBytes(ISO_8859_1);
        router.route(journal.append(frame), frame);
        if (flush) {
            journal.flush();
            router.wake();
        }
        return feed.next().orElseThrow();
    }
}
