package logyard.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import logyard.core.daemon.ManualTime;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.FakeDrainType;
import logyard.core.drain.InvalidDrainException;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import logyard.core.router.Account;
import logyard.core.router.DrainFeed;
import logyard.core.router.FeedCursor;
import logyard.core.router.Router;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drains that do not answer, as on a disk that hangs, and drain types with bugs: what is seen of them, and what becomes of their events. */
class HangingDrainTest {
    private static final DrainSpec SPEC = DrainSpec.parse("mine", "fake://h:1?filter=systail&format=json", Map.of());

    @TempDir
    Path folder;

    private final ManualTime time = new ManualTime();
    private final Queue<Runnable> disk = new ArrayDeque<>();
    private final FakeDrainType type = new FakeDrainType(disk::add);
    private final List<String> states = new ArrayList<>();
    private Journal journal;
    private Router router;
    private DrainFeed feed;
    private DrainStateMachine machine;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(JournalOptions.of(folder, 64 << 20, 0), Clock.systemUTC());
        router = new Router(journal, 1 << 20, Runnable::run);
        feed = router.add(List.of("systail".getBytes(StandardCharsets.UTF_8)), FeedCursor.startingAt(router.end()));
        machine = new DrainStateMachine(
                "mine",
                spec -> feed,
                new ProgressiveRetry(Duration.ZERO),
                new DrainStateMachine.Surroundings(
                        "10.0.0.5",
                        new DrainTypes(List.of(type)),
                        new DrainEnvironment(List.of(), () -> ""),
                        time,
                        time.clock(),
                        new RetryPace(() -> 0)),
                status -> states.add(Accounts.balanced(status).state().label() + "[" + status.revision() + "]"));
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    @Test
    void whatIsNotOpenedInTimeIsSeenToHangAndGoesOnWhenItOpens() throws IOException {
        machine.start(SPEC);
        machine.tick(secondsFromNow(5));
        assertThat(states).endsWith("STARTING[2]");

        machine.tick(secondsFromNow(13));
        time.advance(Duration.ofHours(1));

        assertThat(states).endsWith("RETRYING[3]");
        assertThat(reason()).contains("not opened within 12 s");
        assertThat(type.attempts()).hasSize(1); // a second one would hang as well
        write("{}");

        type.lastAttempt().succeed();
        runAll();

        assertThat(states).endsWith("STARTING[4]", "RUNNING[5]");
        assertThat(type.lastAttempt().target.received()).isEqualTo("{}\n");
    }

    @Test
    void whatFailsAtLastIsRetried() {
        machine.start(SPEC);
        machine.tick(secondsFromNow(13));
        time.runAll();

        type.lastAttempt().fail("Input/output error");
        time.advance(Duration.ofSeconds(1));

        assertThat(type.attempts()).hasSize(2);
        assertThat(states).endsWith("RETRYING[3]", "RETRYING[4]", "STARTING[5]");
    }

    @Test
    void whyItFailedAtLastIsShown() {
        type.openingAtOnce().buggyIn("format"); // so that there is a pause after the first two failures
        machine.start(SPEC);
        for (int i = 0; i < 3; i++) {
            runAll();
            time.advance(Duration.ofSeconds(6));
        }
        runAll();
        int attempts = type.attempts().size();
        type.openingWhenTold();
        time.advance(Duration.ofMinutes(6));
        assertThat(type.attempts()).hasSize(attempts + 1);
        machine.tick(secondsFromNow(13));
        assertThat(reason()).contains("still waiting");

        type.lastAttempt().fail("Input/output error");
        time.runAll();

        assertThat(reason()).isEqualTo("Input/output error");
    }

    @Test
    void whatTurnsOutInvalidAtLastIsFatal() {
        machine.start(SPEC);
        machine.tick(secondsFromNow(13));
        time.runAll();

        type.lastAttempt().opening.completeExceptionally(new InvalidDrainException("it is a symbolic link"));
        time.advance(Duration.ofHours(5));

        assertThat(type.attempts()).hasSize(1);
        assertThat(states).endsWith("RETRYING[3]", "FATAL[4]");
        assertThat(reason()).contains("symbolic link");
    }

    @Test
    void aRunThatDoesNothingIsSeenToHangAndBeginsAnewWhenItCanAgain() throws IOException {
        runWithADiskThatHangs();
        assertThat(states).endsWith("RETRYING[4]");
        assertThat(reason()).contains("nothing was heard of it for 30 s");
        assertThat(type.attempts()).hasSize(1);

        runAll();
        time.advance(Duration.ofSeconds(1));
        runAll();

        assertThat(type.attempts()).hasSize(2);
        assertThat(states).endsWith("RUNNING[6]");
        assertThat(type.attempts().get(0).target.isClosed()).isTrue();
        assertThat(type.lastAttempt().target.received()).endsWith("{}\n");
        assertThat(machine.status().cursor().account()).isEqualTo(Account.delivered(1));
    }

    @Test
    void asksADiskThatHangsNoMoreThanOnce() throws IOException {
        runWithADiskThatHangs();
        int waiting = disk.size();

        for (int second = 32; second < 1000; second++) {
            machine.tick(secondsFromNow(second));
            time.runAll();
        }

        assertThat(disk).hasSize(waiting);
        assertThat(states).endsWith("RETRYING[4]");
    }

    @Test
    void whatHangsCanBeStopped() throws IOException {
        runWithADiskThatHangs();

        CompletableFuture<Void> stopped = machine.stop(StopPatience.ALONE);
        time.advance(Duration.ofSeconds(1));

        assertThat(stopped).isCompleted();
        assertThat(states).endsWith("STOPPED[5]");
    }

    private void runWithADiskThatHangs() throws IOException {
        type.openingAtOnce();
        machine.start(SPEC);
        runAll();
        write("{}");
        machine.tick(secondsFromNow(0));
        machine.tick(secondsFromNow(15));
        time.runAll();
        assertThat(states).endsWith("RUNNING[3]");
        machine.tick(secondsFromNow(31));
        time.runAll();
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirmation", "format", "failure", "write", "taken"})
    void aBugInATypeIsRetriedAndLosesNothing(String method) throws IOException {
        type.openingAtOnce().buggyIn(method);
        machine.start(SPEC);
        runAll();
        write("{}");
        runAll();
        machine.tick(secondsFromNow(1));
        runAll();

        assertThat(machine.status().state()).isInstanceOf(DrainState.Retrying.class);
        assertThat(reason()).contains("of " + method);
        assertThat(type.lastAttempt().target.isClosed()).isTrue();

        type.buggyIn("");
        time.advance(Duration.ofMinutes(6));
        runAll();

        assertThat(machine.status().state()).isInstanceOf(DrainState.Running.class);
        assertThat(machine.status().cursor().account()).isEqualTo(Account.delivered(1));
    }

    @Test
    void aTypeThatCannotCloseHoldsNobodyUp() throws IOException {
        type.openingAtOnce().buggyIn("close");
        machine.start(SPEC);
        runAll();
        write("{}");
        runAll();

        CompletableFuture<Void> stopped = machine.stop(StopPatience.ALONE);
        runAll();

        assertThat(stopped).isCompleted();
    }

    private String reason() {
        return machine.status().state().reasonIfAny().orElse("");
    }

    private void write(String text) throws IOException {
        byte[] frame = ("systail.a.1 " + text).getBytes(StandardCharsets.UTF_8);
        router.route(journal.append(frame), frame);
        journal.flush();
        router.wake();
    }

    private void runAll() {
        do {
            while (!disk.isEmpty()) {
                disk.remove().run();
            }
            time.runAll();
        } while (!disk.isEmpty());
    }

    private static long secondsFromNow(int seconds) {
        return System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    }
}
