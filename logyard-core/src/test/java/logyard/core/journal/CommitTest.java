package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class CommitTest {
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir(factory = MemoryFolder.class)
    private Path folder;

    private final FaultyDisk disk = new FaultyDisk();
    private final LinkedBlockingQueue<String> calls = new LinkedBlockingQueue<>();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private Journal journal;

    private class Recorder implements Commit.Listener {
        @Override
        public void beginning() {
            calls.add("beginning");
        }

        @Override
        public void committed() {
            calls.add("committed");
        }

        @Override
        public void tick() throws IOException {
            calls.add("tick");
        }

        @Override
        public void close() {
            calls.add("closed on " + Thread.currentThread().getName());
        }
    }

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(TestJournals.options(folder, 10 << 20), TestJournals.CLOCK, disk);
        logged.start();
        log().addAppender(logged);
    }

    @AfterEach
    void close() throws IOException {
        log().detachAppender(logged);
        journal.close();
    }

    private static Logger log() {
        return (Logger) LoggerFactory.getLogger(Commit.class);
    }

    private void append(int bytes) throws IOException {
        journal.append(TestJournals.event("k", bytes));
        journal.flush();
    }

    private String nextCall() throws InterruptedException {
        String call = calls.poll(60, TimeUnit.SECONDS);
        assertThat(call).as("a call").isNotNull();
        return call;
    }

    private void awaitCall(String wanted) throws InterruptedException {
        while (!nextCall().equals(wanted)) {
            // the next one, perhaps
        }
    }

    @Test
    void commitsSomeTimeAfterTheFirstEvent() throws Exception {
        try (Commit commit = Commit.start(journal, SHORT, NEVER, Recorder::new)) {
            append(100);
            commit.appended();

            assertThat(nextCall()).isEqualTo("beginning");
            assertThat(nextCall()).isEqualTo("committed");
            assertThat(journal.syncedEnd()).isEqualTo(journal.end());
        }
    }

    @Test
    void letsItsListenerSaveWhatOnlyAReaderHasMoved() throws Exception {
        try (Commit commit = Commit.start(journal, SHORT, NEVER, Recorder::new)) {
            append(100);
            commit.appended();
            awaitCall("committed");

            commit.readFurther();

            assertThat(nextCall()).isEqualTo("beginning");
            assertThat(nextCall()).isEqualTo("committed");
            assertThat(commit.counters().commits()).isEqualTo(1);
        }
    }

    @Test
    void commitsAGroupThatIsLargeEnoughAtOnce() throws Exception {
        try (Commit commit = Commit.start(journal, NEVER, NEVER, Recorder::new)) {
            for (int i = 0; i < 20; i++) {
                append(50_000);
                commit.appended();
            }
            int forces = disk.forces.get();
            assertThat(calls).isEmpty();

            append(50_000);
            commit.appended();

            awaitCall("committed");
            assertThat(journal.syncedEnd()).isEqualTo(journal.end());
            assertThat(disk.forces.get() - forces).isEqualTo(1);
        }
    }

    @Test
    void commitsAtOnceWhenSomethingShouldNotWait() throws Exception {
        try (Commit commit = Commit.start(journal, NEVER, NEVER, Recorder::new)) {
            append(100);
            commit.appended();
            commit.soon();

            awaitCall("committed");
        }
    }

    @Test
    void commitsWhatIsLeftWhenItEnds() throws Exception {
        Commit commit = Commit.start(journal, NEVER, NEVER, Recorder::new);
        append(100);
        commit.appended();

        commit.close();

        assertThat(calls).containsExactly("beginning", "committed", "closed on commit");
        assertThat(journal.syncedEnd()).isEqualTo(journal.end());
    }

    @Test
    void theLastCommitSurvivesAnInterrupt() throws Exception {
        Thread[] committing = {null};
        Commit commit = Commit.start(journal, NEVER, NEVER, () -> {
            committing[0] = Thread.currentThread();
            return new Recorder();
        });
        append(100);

        committing[0].interrupt();
        committing[0].join(60_000);

        assertThat(calls).containsExactly("beginning", "committed", "closed on commit");
        assertThat(journal.syncedEnd()).isEqualTo(journal.end());
        commit.close();
        append(100);
    }

    @Test
    void whatTheFactoryThrowsIsThrownToWhoeverStartsIt() {
        assertThatThrownBy(() -> Commit.start(journal, SHORT, () -> {
                    throw new IllegalStateException("no socket");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no socket");
    }

    @Test
    void ticksOnceASecond() throws Exception {
        long before = System.nanoTime();
        try (Commit commit = Commit.start(journal, NEVER, Recorder::new)) {
            commit.appended();

            assertThat(nextCall()).isEqualTo("tick");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void ticksHoweverBusyItIs() throws Exception {
        try (Commit commit = Commit.start(journal, Duration.ZERO, SHORT, Recorder::new)) {
            for (int ticks = 0; ticks < 5; ) {
                append(100);
                commit.soon();
                ticks += nextCall().equals("tick") ? 1 : 0;
            }
        }
    }

    @Test
    void countsCommitsAndTellsSinceWhenTheJournalIsNotSafe() throws Exception {
        Duration longer = Duration.ofSeconds(2);
        Duration patience = Duration.ofSeconds(60);
        disk.failForce = true;
        try (Commit commit = Commit.start(journal, SHORT, SHORT, Recorder::new)) {
            CommitCounters counters = commit.counters();
            append(100);
            commit.appended();
            await().atMost(patience).until(() -> counters.sinceLastSafe().compareTo(longer) > 0);
            await().atMost(patience).until(() -> counters.sinceLastRound().compareTo(longer) < 0);
            assertThat(counters.failures()).isPositive();
            assertThat(counters.commits()).isZero();

            disk.failForce = false;
            awaitCall("committed");

            assertThat(counters.commits()).isPositive();
            assertThat(counters.syncTime()).isPositive();
            await().atMost(patience).until(() -> counters.sinceLastSafe().compareTo(longer) < 0);
        }
    }

    @Test
    void tellsNobodyThatACommitWasMadeThatFailed() throws Exception {
        disk.failForce = true;
        try (Commit commit = Commit.start(journal, SHORT, SHORT, Recorder::new)) {
            append(100);
            commit.appended();

            for (int i = 0; i < 5; i++) {
                awaitCall("beginning");
                assertThat(nextCall()).as("not committed").isIn("tick", "beginning");
            }
            assertThat(journal.syncedEnd()).isZero();

            disk.failForce = false;
            awaitCall("committed");
            assertThat(journal.syncedEnd()).isEqualTo(journal.end());
        }
        assertThat(logged.list)
                .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        tuple(
                                Level.ERROR,
                                "Cannot sync the journal, trying again: java.io.IOException: Input/output error"),
                        tuple(Level.INFO, "Could sync the journal again"));
    }

    @Test
    void aBusyPublisherDoesNotMakeAFailingSyncBusy() throws Exception {
        disk.failForce = true;
        try (Commit commit = Commit.start(journal, SHORT, NEVER, Recorder::new)) {
            append(100);
            commit.soon();
            awaitCall("beginning");
            for (int i = 0; i < 1000; i++) {
                append(2000);
                commit.appended();
            }
            disk.failForce = false;
        }

        assertThat(disk.forces.get())
                .isLessThanOrEqualTo(4); // one at the start of the journal, one that fails, the last
    }

    @Test
    void endsEvenWhileItCannotSync() throws Exception {
        disk.failForce = true;
        Commit commit = Commit.start(journal, SHORT, SHORT, Recorder::new);
        append(100);
        commit.appended();
        awaitCall("beginning");

        commit.close();

        awaitCall("closed on commit");
        assertThat(calls).doesNotContain("committed");
        disk.failForce = false;
    }

    @Test
    void saysOnceThatTheStateCannotBeKept() throws Exception {
        var listener = new Recorder() {
            @Override
            public void tick() throws IOException {
                super.tick();
                throw new IOException("read-only");
            }
        };
        try (Commit commit = Commit.start(journal, SHORT, SHORT, () -> listener)) {
            for (int i = 0; i < 3; i++) {
                append(100);
                commit.appended();
                awaitCall("committed");
                awaitCall("tick");
            }
        }

        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly("Cannot keep the state of the journal, trying again: java.io.IOException: read-only");
    }

    @Test
    void writesSummariesAndRemovesTheOldest() throws Exception {
        journal.close();
        journal = Journal.open(new JournalOptions(folder, 10_000, 0, 1000), TestJournals.CLOCK, disk);
        TestJournals.logNothing();
        try (Commit commit = Commit.start(journal, Duration.ZERO, NEVER, Recorder::new)) {
            for (int i = 0; i < 100; i++) {
                append(500);
                commit.appended();
                awaitCall("committed");
            }
        }

        assertThat(journal.sizeBytes()).isLessThanOrEqualTo(11_000);
        assertThat(TestJournals.files(folder, ".summary")).hasSizeBetween(5, 10);
        TestJournals.logAgain();
    }

    /** What counts the events in a segment is on disk before the segment is not: else a crash in between forgets them. */
    @Test
    void hasTheStateSavedBeforeASegmentIsRemoved() throws Exception {
        journal.close();
        journal = Journal.open(new JournalOptions(folder, 10_000, 0, 1000), TestJournals.CLOCK, disk);
        TestJournals.logNothing();
        var firstWhenSaved = new LinkedBlockingQueue<Long>();
        var listener = new Recorder() {
            @Override
            public void removing() throws IOException {
                firstWhenSaved.add(journal.first());
                throw new IOException("the disk is full, but that is why the segment has to go");
            }
        };
        try (Commit commit = Commit.start(journal, Duration.ZERO, NEVER, () -> listener)) {
            for (int i = 0; journal.first() == Segment.HEADER_BYTES && i < 100; i++) {
                append(500);
                commit.appended();
                awaitCall("committed");
            }
        }

        assertThat(firstWhenSaved).first().isEqualTo((long) Segment.HEADER_BYTES);
        assertThat(journal.first()).isGreaterThan(Segment.HEADER_BYTES);
        TestJournals.logAgain();
    }
}
