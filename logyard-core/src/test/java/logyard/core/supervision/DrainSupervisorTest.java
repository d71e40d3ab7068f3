package logyard.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.daemon.NamedThreads;
import logyard.core.drain.DeniedTargets;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.FakeDrainType;
import logyard.core.drain.Steps;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import logyard.core.router.Account;
import logyard.core.router.CursorNotes;
import logyard.core.router.Cursors;
import logyard.core.router.DropReason;
import logyard.core.router.FeedCursor;
import logyard.core.router.NamedFeeds;
import logyard.core.router.Router;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainSupervisorTest {
    @TempDir
    Path folder;

    private final ExecutorService drainThread = NamedThreads.single("fake-drain");
    private final FakeDrainType type = new FakeDrainType(drainThread).openingAtOnce();
    private final InMemoryConfigTree tree = new InMemoryConfigTree();
    private final List<Map<String, Cursors.Saved>> entered = new CopyOnWriteArrayList<>();
    private final List<Integer> attemptsWhenEntered = new CopyOnWriteArrayList<>();
    private volatile Runnable whenEntered = () -> {};
    private volatile Set<Path> sources = Set.of();
    private Journal journal;
    private Router router;
    private DrainSupervisor supervisor;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(JournalOptions.of(folder, 64 << 20, 0), Clock.systemUTC());
        router = new Router(journal, 1 << 20, Runnable::run);
        tree.set(ConfigPath.LOGYARD, JsonNodeFactory.instance.objectNode().put("schema", 1));
    }

    @AfterEach
    void close() throws IOException {
        supervisor.close();
        journal.close();
        NamedThreads.stop(drainThread);
    }

    private void start() {
        start(Map.of(), journal.end());
    }

    private void start(Map<String, Cursors.Saved> saved, long bootPosition) {
        supervisor = new DrainSupervisor(
                tree,
                "10.0.0.5",
                router,
                new NamedFeeds(router, CursorNotes.none(saved), now -> {
                    whenEntered.run();
                    entered.add(now.get());
                    attemptsWhenEntered.add(type.attempts().size());
                }),
                bootPosition,
                new DrainTypes(List.of(type)),
                new DrainEnvironment(
                        List.of(),
                        () -> sources,
                        () -> "",
                        Path.of("/nowhere"),
                        DeniedTargets.NONE,
                        DeniedTargets.NONE,
                        Steps.UNSEEN),
                Clock.systemUTC());
    }

    private void define(String name, String uri) {
        tree.set(ConfigPath.DRAINS.child(name), TextNode.valueOf(uri));
    }

    private void write(String key, String value) throws IOException {
        byte[] frame = (key + " " + value).getBytes(StandardCharsets.UTF_8);
        router.route(journal.append(frame), frame);
        journal.flush();
        router.wake();
    }

    private void awaitState(String name, String state) {
        await().untilAsserted(() -> assertThat(supervisor.status())
                .hasEntrySatisfying(
                        name,
                        status -> assertThat(Accounts.balanced(status).state().label() + "[" + status.revision() + "]")
                                .isEqualTo(state)));
    }

    @Test
    void runsWhatTheTreeDefinesAndShowsHowItIs() {
        define("mine", "fake://h:1?filter=systail");

        start();

        awaitState("mine", "RUNNING[3]");
        await().untilAsserted(() -> {
            Map<String, JsonNode> shown = tree.children(ConfigPath.STATUS.child("10.0.0.5"));
            assertThat(shown).containsOnlyKeys("mine");
            assertThat(shown.get("mine").path("name").asText()).isEqualTo("RUNNING");
            assertThat(shown.get("mine").path("rev").asInt()).isEqualTo(3);
        });
    }

    /** Systail is told to follow what a drain has written so far. */
    @Test
    void givesUpWhatWritesToWhereEventsAreReadFromByNow() {
        define("mine", "fake://h:1/logs/mine.log");
        define("other", "fake://h:1/logs/other.log");
        start();
        awaitState("mine", "RUNNING[3]");
        awaitState("other", "RUNNING[3]");

        sources = Set.of(Path.of("/logs/mine.log"));
        supervisor.checkAgain();

        awaitState("mine", "FATAL[2]");
        supervisor.checkAgain();
        assertThat(supervisor.status().get("other").revision()).isEqualTo(3);
        assertThat(supervisor.status().get("mine").revision()).isEqualTo(2);
    }

    @Test
    void isSeenToHangAndToGoOn() {
        var mayGoOn = new CountDownLatch(1);
        whenEntered = () -> awaitLeave(mayGoOn);
        define("mine", "fake://h:1?filter=systail");
        start();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> supervisor.sinceLastTick().compareTo(Duration.ofSeconds(2)) > 0);
        mayGoOn.countDown();

        await().atMost(Duration.ofSeconds(60))
                .until(() -> supervisor.sinceLastTick().compareTo(Duration.ofSeconds(2)) < 0);
        awaitState("mine", "RUNNING[3]");
    }

    private static void awaitLeave(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Counters must not begin anew, and then jump, because a drain cannot be started for a while. */
    @Test
    void aDrainThatCannotBeStartedKeepsItsAccount() {
        define("mine", "fake://h:1?filter=systail&broken=1");
        var account = Account.delivered(7).plus(Account.dropped(DropReason.EVICTED, 2, 1366305302));
        var cursor = new FeedCursor(journal.end(), account, 10, journal.end(), 0);

        start(Map.of("mine", new Cursors.Saved(cursor, List.of("systail"))), journal.end());

        awaitState("mine", "FATAL[2]");
        assertThat(supervisor.status().get("mine").cursor()).isEqualTo(cursor);
        assertThat(cursor.matched()).isEqualTo(10);
    }

    /** Else a core that is killed before the next second would forget what came in for a drain that had begun. */
    @Test
    void whereADrainBeginsIsSavedBeforeItStarts() throws IOException {
        start();
        write("systail.a.1", "{\"n\":1}");

        define("mine", "fake://h:1?filter=systail");

        awaitState("mine", "RUNNING[3]");
        assertThat(attemptsWhenEntered).containsExactly(0);
        assertThat(entered.get(0).get("mine").cursor().position()).isEqualTo(router.end());

        define("mine", "fake://h:2?filter=systail");
        await().untilAsserted(() -> assertThat(type.attempts()).hasSize(2));
        assertThat(attemptsWhenEntered).hasSize(1);
    }

    @Test
    void makesAnewOnlyWhatChanged() {
        define("one", "fake://h:1?filter=systail");
        define("two", "fake://h:2?filter=systail");
        start();
        awaitState("one", "RUNNING[3]");
        awaitState("two", "RUNNING[3]");

        define("one", "fake://h:9?filter=systail");

        await().untilAsserted(() -> assertThat(type.attempts()).hasSize(3));
        awaitState("one", "RUNNING[3]");
        assertThat(type.attempts().stream().map(attempt -> attempt.spec.uri().host()))
                .containsExactlyInAnyOrder("h:1", "h:2", "h:9");
    }

    @Test
    void aChangedFormatMakesAnewExactlyTheDrainsThatUseIt() {
        tree.set(ConfigPath.LOGYARD.child("drainformats").child("mine"), TextNode.valueOf("{{.a}}"));
        define("named", "fake://h:1?filter=systail&format=mine");
        define("literal", "fake://h:2?filter=systail&format={{.a}}");
        define("builtin", "fake://h:3?filter=systail&format=json");
        start();
        awaitState("named", "RUNNING[3]");
        awaitState("literal", "RUNNING[3]");
        awaitState("builtin", "RUNNING[3]");

        tree.set(ConfigPath.LOGYARD.child("drainformats").child("json"), TextNode.valueOf("{{.b}}"));
        tree.set(ConfigPath.LOGYARD.child("drainformats").child("mine"), TextNode.valueOf("{{.b}}"));

        await().untilAsserted(() -> assertThat(type.attempts()).hasSize(4));
        awaitState("named", "RUNNING[3]");
        assertThat(type.attempts().get(3).spec.uri().host()).isEqualTo("h:1");
        define("last", "fake://h:4?filter=systail");
        awaitState("last", "RUNNING[3]");
        assertThat(type.attempts()).hasSize(5);
    }

    @Test
    void goesOnWhereADrainStoodWhenItsUriChanges() throws IOException {
        define("mine", "fake://h:1?filter=systail");
        start();
        awaitState("mine", "RUNNING[3]");
        type.lastAttempt().target.hold();
        write("systail.a.1", "{\"n\":1}");
        await().untilAsserted(
                        () -> assertThat(type.lastAttempt().target.received()).contains("1"));

        define("mine", "fake://h:2?filter=systail");

        await().untilAsserted(() -> {
            assertThat(type.attempts()).hasSize(2);
            assertThat(type.lastAttempt().target.received()).isEqualTo("{\"n\":1}\n");
        });
    }

    @Test
    void aDrainThatIsInvalidHarmsNoOther() {
        define("bad", "syslog://h:1");
        define("broken", "fake://h:1?broken=1");
        define("buggy", "fake://h:1?bug=1");
        tree.set(ConfigPath.DRAINS.child("number"), IntNode.valueOf(7));
        define("good", "fake://h:1");

        start();

        awaitState("good", "RUNNING[3]");
        awaitState("bad", "FATAL[2]");
        awaitState("broken", "FATAL[2]");
        awaitState("number", "FATAL[2]");
        awaitState("buggy", "FATAL[2]");
        assertThat(reason("bad")).contains("unknown drain type").contains("syslog://h:1");
        assertThat(reason("broken")).contains("broken must not be set");
        assertThat(reason("number")).contains("7");
        assertThat(reason("buggy")).contains("a bug of the type");
    }

    private String reason(String name) {
        return supervisor.status().get(name).state().reasonIfAny().orElseThrow();
    }

    @Test
    void stopsWhatIsDeletedAndTakesItsStatusAway() {
        define("mine", "fake://h:1");
        start();
        awaitState("mine", "RUNNING[3]");

        tree.delete(ConfigPath.DRAINS.child("mine"));

        await().untilAsserted(() -> {
            assertThat(type.lastAttempt().target.isClosed()).isTrue();
            assertThat(supervisor.status()).isEmpty();
            assertThat(tree.children(ConfigPath.STATUS.child("10.0.0.5"))).isEmpty();
            assertThat(supervisor.cursors()).isEmpty();
        });
    }

    @Test
    void aDrainFoundAtTheStartHasWhatCameInSince() throws IOException {
        long boot = journal.end();
        write("systail.a.1", "{\"n\":1}");
        define("mine", "fake://h:1");

        start(Map.of(), boot);

        await().untilAsserted(() -> assertThat(type.attempts()).hasSize(1));
        await().untilAsserted(
                        () -> assertThat(type.lastAttempt().target.received()).isEqualTo("{\"n\":1}\n"));
    }

    @Test
    void aDrainAddedLaterHasOnlyWhatComesIn() throws IOException {
        start();
        write("systail.a.1", "{\"n\":1}");
        tree.set(ConfigPath.RETRY_LIMITS.child("tmp."), TextNode.valueOf("25m"));

        define("mine", "fake://h:1");
        awaitState("mine", "RUNNING[3]");
        write("systail.a.1", "{\"n\":2}");

        await().untilAsserted(
                        () -> assertThat(type.lastAttempt().target.received()).isEqualTo("{\"n\":2}\n"));
    }

    @Test
    void aDrainThatNamesATimeHasWhatCameInSinceThen() throws Exception {
        start();
        write("systail.a.1", "{\"n\":1}");
        long second = Instant.now().getEpochSecond();
        await().until(() -> Instant.now().getEpochSecond() > second);
        write("systail.a.1", "{\"n\":2}");
        write("other", "{\"n\":3}");

        define("mine", "fake://h:1?filter=systail&since=" + (second + 1));
        awaitState("mine", "RUNNING[3]");
        write("systail.a.1", "{\"n\":4}");

        await().untilAsserted(
                        () -> assertThat(type.lastAttempt().target.received()).isEqualTo("{\"n\":2}\n{\"n\":4}\n"));
    }

    @Test
    void showsFromWhenOnItHasThePastIfThatIsNotAllThatIsWanted() throws Exception {
        start();
        write("systail.a.1", "{\"n\":1}");
        define("all", "fake://h:1?since=1");
        awaitState("all", "RUNNING[3]");
        journal.close();
        journal = Journal.open(new JournalOptions(folder, 32 << 10, 0, 4 << 10), Clock.systemUTC());
        router = new Router(journal, 1 << 20, Runnable::run);
        supervisor.close();
        start();
        for (int i = 0; i < 400; i++) {
            write("systail.a.1", "{\"text\":\"" + "x".repeat(200) + "\"}");
            journal.sync();
            journal.retain();
        }
        long now = Instant.now().getEpochSecond();
        define("part", "fake://h:1?since=1");
        define("late", "fake://h:1?since=" + (now + 1));
        awaitState("part", "RUNNING[3]");
        awaitState("late", "RUNNING[3]");

        ConfigPath shown = ConfigPath.STATUS.child("10.0.0.5");
        await().untilAsserted(() -> {
            assertThat(tree.read(shown.child("part"))
                            .orElseThrow()
                            .path("begins")
                            .asLong())
                    .isBetween(now - 60, now);
            assertThat(tree.read(shown.child("all")).orElseThrow().has("begins"))
                    .as("it had all")
                    .isFalse();
            assertThat(tree.read(shown.child("late")).orElseThrow().has("begins"))
                    .isFalse();
        });
    }

    @Test
    void aDrainThatNamesANumberBeginsWithSoManyOfItsLast() throws Exception {
        start();
        for (int n = 1; n <= 4; n++) {
            write("systail.a.1", "{\"n\":" + n + "}");
            write("other", "{\"n\":0}");
        }

        define("mine", "fake://h:1?filter=systail&last=2");
        awaitState("mine", "RUNNING[3]");
        write("systail.a.1", "{\"n\":5}");

        await().untilAsserted(() ->
                assertThat(type.lastAttempt().target.received()).isEqualTo("{\"n\":3}\n{\"n\":4}\n{\"n\":5}\n"));
    }

    @Test
    void refusesTwoBeginnings() {
        start();

        define("mine", "fake://h:1?since=1&last=2");

        awaitState("mine", "FATAL[2]");
        assertThat(reason("mine")).contains("not both");
    }

    @Test
    void refusesWhatIsNoTime() {
        start();

        define("mine", "fake://h:1?since=yesterday");

        awaitState("mine", "FATAL[2]");
        assertThat(reason("mine")).contains("since must be a number from 0 to 253402300799, got \"yesterday\"");
    }

    @Test
    void goesOnFromTheSavedCursorAfterARestart() throws IOException {
        define("mine", "fake://h:1?filter=systail");
        start();
        awaitState("mine", "RUNNING[3]");
        write("systail.a.1", "{\"n\":1}");
        await().untilAsserted(() ->
                assertThat(supervisor.cursors().get("mine").cursor().account()).isEqualTo(Account.delivered(1)));
        supervisor.close();
        Map<String, Cursors.Saved> saved = supervisor.cursors();
        write("systail.a.1", "{\"n\":2}");

        start(saved, journal.end());

        await().untilAsserted(() -> assertThat(type.attempts()).hasSize(2));
        await().untilAsserted(
                        () -> assertThat(type.lastAttempt().target.received()).isEqualTo("{\"n\":2}\n"));
        await().untilAsserted(() ->
                assertThat(supervisor.cursors().get("mine").cursor().account()).isEqualTo(Account.delivered(2)));
    }

    @Test
    void aDrainThatWasGivenUpIsTriedAgainWhereItStoodWhenItIsWrittenAgain() throws IOException {
        define("mine", "fake://h:1?filter=systail&broken=1");
        FeedCursor stood = new FeedCursor(journal.end(), Account.delivered(3), 3, journal.end(), 0);
        start(Map.of("mine", new Cursors.Saved(stood, List.of("systail"))), journal.end());
        awaitState("mine", "FATAL[2]");
        write("systail.a.1", "{\"n\":1}");
        type.mendBroken();

        define("mine", "fake://h:1?filter=systail&broken=1");

        await().untilAsserted(() ->
                assertThat(supervisor.cursors().get("mine").cursor().account()).isEqualTo(Account.delivered(4)));
        assertThat(type.lastAttempt().target.received()).isEqualTo("{\"n\":1}\n");
    }

    @Test
    void aDrainThatRunsIsLeftAloneWhenItIsWrittenAgain() {
        define("mine", "fake://h:1");
        define("marker", "fake://h:1?broken=1");
        start();
        awaitState("mine", "RUNNING[3]");
        awaitState("marker", "FATAL[2]");

        define("mine", "fake://h:1");
        type.mendBroken();
        define("marker", "fake://h:1?broken=1");

        awaitState("marker", "RUNNING[3]");
        assertThat(type.attempts()).hasSize(2);
    }

    @Test
    void forgetsWhereDrainsStoodThatAreNoMoreOnceTheTreeIsKnown() {
        var saved = new Cursors.Saved(FeedCursor.startingAt(0), List.of(""));
        define("mine", "fake://h:1");
        tree.remembering(true);
        start(Map.of("mine", saved, "gone", saved), journal.end());
        awaitState("mine", "RUNNING[3]");
        assertThat(supervisor.cursors()).containsOnlyKeys("mine", "gone");

        tree.remembering(false);

        await().untilAsserted(() -> assertThat(supervisor.cursors()).containsOnlyKeys("mine"));
    }

    @Test
    void startsNothingWhileItCloses() throws InterruptedException {
        define("mine", "fake://h:1");
        start();
        awaitState("mine", "RUNNING[3]");
        var go = new CountDownLatch(1);
        drainThread.execute(() -> awaitUninterruptibly(go)); // so long nothing stops
        define("mine", "fake://h:2");
        await().untilAsserted(() -> assertThat(supervisor.status()).isEmpty());

        var closing = new Thread(supervisor::close, "closing");
        closing.start();
        await().until(() -> closing.getState() == Thread.State.TIMED_WAITING); // for all to have stopped
        assertThat(supervisor.status()).isEmpty(); // answered after all were told to
        go.countDown();
        closing.join();

        assertThat(type.attempts()).hasSize(1);
        await().untilAsserted(
                        () -> assertThat(type.lastAttempt().target.isClosed()).isTrue());
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void closesEveryDrainAndLeavesTheDefinitions() {
        define("one", "fake://h:1");
        define("two", "fake://h:2");
        start();
        awaitState("one", "RUNNING[3]");
        awaitState("two", "RUNNING[3]");

        supervisor.close();

        assertThat(type.attempts())
                .allSatisfy(attempt -> assertThat(attempt.target.isClosed()).isTrue());
        assertThat(tree.children(ConfigPath.STATUS.child("10.0.0.5"))).isEmpty();
        assertThat(tree.children(ConfigPath.DRAINS).keySet()).isEqualTo(Set.of("one", "two"));
    }

    @Test
    void targetsHaveMoreTimeToConfirmWhenAllOfItEnds() {
        define("one", "fake://h:1");
        define("two", "fake://h:2");
        start();
        awaitState("one", "RUNNING[3]");
        awaitState("two", "RUNNING[3]");

        tree.delete(ConfigPath.DRAINS.child("one"));
        await().until(() -> target("h:1").isClosed());
        supervisor.close();

        assertThat(target("h:1").closePatience()).isEqualTo(StopPatience.ALONE.toConfirm());
        assertThat(target("h:2").closePatience()).isEqualTo(StopPatience.WITH_THE_CORE.toConfirm());
    }

    private FakeDrainType.Target target(String host) {
        return type.attempts().stream()
                .filter(attempt -> attempt.spec.uri().host().equals(host))
                .findFirst()
                .orElseThrow()
                .target;
    }
}
