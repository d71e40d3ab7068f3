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
import java.util.concurrent.CompletableFuture;
import logyard.core.daemon.ManualTime;
import logyard.core.drain.Confirmation;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.FakeDrainType;
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

class DrainStateMachineTest {
    @TempDir
    Path folder;

    private final ManualTime time = new ManualTime();
    private final FakeDrainType type = new FakeDrainType(time);
    private final List<String> states = new ArrayList<>();
    private Journal journal;
    private Router router;
    private DrainFeed feed;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(JournalOptions.of(folder, 64 << 20, 0), Clock.systemUTC());
        router = new Router(journal, 1 << 20, Runnable::run);
        feed = router.add(List.of("systail".getBytes(StandardCharsets.UTF_8)), FeedCursor.startingAt(router.end()));
    }

    @AfterEach
    void close() throws IOException {
        journal.close();
    }

    private static final DrainSpec SPEC = DrainSpec.parse("mine", "fake://h:1?filter=systail", Map.of());

    private DrainStateMachine machine(Duration limit) {
        return machine(limit, spec -> feed);
    }

    private DrainStateMachine machine(Duration limit, DrainStateMachine.FeedOpener feedOpener) {
        return new DrainStateMachine(
                "mine",
                feedOpener,
                new ProgressiveRetry(limit),
                new DrainStateMachine.Surroundings(
                        "10.0.0.5",
                        new DrainTypes(List.of(type)),
                        new DrainEnvironment(List.of(), () -> ""),
                        time,
                        time.clock(),
                        new RetryPace(() -> 0)),
                status -> states.add(Accounts.balanced(status).state().label() + "[" + status.revision() + "]"));
    }

    private void write(String text) throws IOException {
        byte[] frame = ("systail.a.1 " + text).getBytes(StandardCharsets.UTF_8);
        router.route(journal.append(frame), frame);
        journal.flush();
        router.wake();
        time.runAll();
    }

    @Test
    void runsAtRevisionThree() throws IOException {
        DrainStateMachine machine = machine(Duration.ZERO);
        machine.start(SPEC);
        type.lastAttempt().succeed();
        time.runAll();

        write("{}");

        assertThat(states).containsExactly("STOPPED[1]", "STARTING[2]", "RUNNING[3]");
        assertThat(type.lastAttempt().target.received()).isEqualTo("{}\n");
        assertThat(machine.status().cursor().account()).isEqualTo(Account.delivered(1));
    }

    @Test
    void deliversWhatCameInWhileTheTargetWasAway() throws IOException {
        DrainStateMachine machine = machine(Duration.ZERO);
        machine.start(SPEC);
        type.lastAttempt().fail("refused");
        time.advance(Duration.ofSeconds(1));
        write("{\"n\":1}");
        write("{\"n\":2}");

        type.lastAttempt().succeed();
        time.runAll();

        assertThat(type.lastAttempt().target.received()).isEqualTo("{\"n\":1}\n{\"n\":2}\n");
        assertThat(machine.status().cursor().pending()).isZero();
    }

    @Test
    void sendsAgainWhatWasNotConfirmed() throws IOException {
        type.confirming(new Confirmation(1000, Duration.ofSeconds(2))).openingAtOnce();
        DrainStateMachine machine = machine(Duration.ZERO);
        machine.start(SPEC);
        time.runAll();
        write("{\"n\":1}");

        type.lastAttempt().target.die("reset");
        time.advance(Duration.ofSeconds(1));

        assertThat(type.attempts()).hasSize(2);
        assertThat(type.lastAttempt().target.received()).isEqualTo("{\"n\":1}\n");
        assertThat(machine.status().repeated()).isEqualTo(1);
        assertThat(machine.status().cursor().pending()).isEqualTo(1);
    }

    @Test
    void settlesWhatTheTargetTookWhenItClosesInOrder() throws IOException {
        type.confirming(new Confirmation(1000, Duration.ofSeconds(2))).openingAtOnce();
        DrainStateMachine machine = machine(Duration.ZERO);
        machine.start(SPEC);
        time.runAll();
        write("{\"n\":1}");

        CompletableFuture<Void> stopped = machine.stop(StopPatience.ALONE);
        time.runAll();

        assertThat(stopped).isCompleted();
        assertThat(machine.status().cursor().account().delivered()).isEqualTo(1);
        assertThat(machine.status().repeated()).isZero();
    }

    @Test
    void leavesToTheNextRunWhatTheTargetLostAtTheClose() throws IOException {
        type.confirming(new Confirmation(1000, Duration.ofSeconds(2))).openingAtOnce();
        DrainStateMachine machine = machine(Duration.ZERO);
        machine.start(SPEC);
        time.runAll();
        write("{\"n\":1}");
        type.lastAttempt().target.loseAtClose();

        machine.stop(StopPatience.ALONE);
        time.runAll();

        assertThat(machine.status().cursor().pending()).isEqualTo(1);
    }

    @Test
    void dropsNothingWhenAWriteFails() throws IOException {
        type.openingAtOnce();
        DrainStateMachine machine = machine(Duration.ZERO);
        machine.start(SPEC);
        time.runAll();
        type.lastAttempt().target.hold();
        write("{\"n\":1}");
        write("{\"n\":2}");

        type.lastAttempt().target.failWrites("broken pipe");
        time.advance(Duration.ofSeconds(1));

        assertThat(type.lastAttempt().target.received()).isEqualTo("{\"n\":1}\n{\"n\":2}\n");
        assertThat(machine.status().cursor().account()).isEqualTo(Account.delivered(2));
    }

    /** Spec 03 §11.3, with its revisions. */
    @Test
    void retriesLessAndLessOftenAndGivesUp() {
        DrainStateMachine machine = machine(Duration.ofMinutes(25));
        machine.start(SPEC);
        while (machine.status().state().isUp()) {
            type.lastAttempt().fail("dial tcp h:1: connection refused");
            time.runAll();
            if (machine.status().state() instanceof DrainState.Retrying) {
                time.advance(type.attempts().size() == 1 ? Duration.ZERO : untilNextAttempt());
            }
        }

        assertThat(type.attempts()).hasSize(36);
        assertThat(states).startsWith("STOPPED[1]", "STARTING[2]", "RETRYING[3]", "STARTING[4]", "RETRYING[5]");
        assertThat(states).endsWith("RETRYING[73]", "FATAL[74]");
        assertThat(machine.status().state().reasonIfAny())
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("retried too long").contains("connection refused"));
    }

    private Duration untilNextAttempt() {
        int attempt = type.attempts().size();
        Duration waited = Duration.ZERO;
        while (type.attempts().size() == attempt && waited.compareTo(Duration.ofMinutes(6)) < 0) {
            time.advance(Duration.ofSeconds(1));
            waited = waited.plusSeconds(1);
        }
        return Duration.ZERO;
    }

    @Test
    void stoppedWhileItsTargetIsBeingOpenedClosesTheLateConnection() {
        DrainStateMachine machine = machine(Duration.ZERO);
        machine.start(SPEC);

        CompletableFuture<Void> stopped = machine.stop(StopPatience.ALONE);
        type.lastAttempt().succeed();
        time.runAll();

        assertThat(stopped).isCompleted();
        assertThat(type.lastAttempt().opening).isCancelled();
        assertThat(states).endsWith("STARTING[2]", "STOPPED[3]");
    }

    @Test
    void stoppedWhileItWaitsMakesNoFurtherAttempt() {
        DrainStateMachine machine = machine(Duration.ZERO);
        machine.start(SPEC);
        type.lastAttempt().fail("refused");
        time.advance(Duration.ofSeconds(1));
        type.lastAttempt().fail("refused");
        time.runAll();

        CompletableFuture<Void> stopped = machine.stop(StopPatience.ALONE);
        time.advance(Duration.ofHours(1));

        assertThat(stopped).isCompleted();
        assertThat(type.attempts()).hasSize(2);
        assertThat(states).endsWith("STOPPED[6]");
    }

    @Test
    void cutsOffATargetThatTakesNothing() throws IOException {
        DrainStateMachine machine = writingToASilentTarget();

        machine.tick(secondsFromNow(31));
        time.runAll();

        assertThat(states).endsWith("RETRYING[4]");
        assertThat(machine.status().state().reasonIfAny()).contains("the target took nothing for 30 s");
    }

    @Test
    void leavesATargetThatIsSlowAlone() throws IOException {
        DrainStateMachine machine = writingToASilentTarget();

        for (int i = 1; i < 10; i++) {
            type.lastAttempt().target.takeAPart();
            machine.tick(secondsFromNow(i * 20));
            time.runAll();
        }

        assertThat(states).endsWith("RUNNING[3]");
    }

    @Test
    void countsNothingAgainstATargetThatHadNothingToTake() throws IOException {
        DrainStateMachine machine = writingToASilentTarget();
        type.lastAttempt().target.release();
        machine.tick(secondsFromNow(60));
        time.runAll();
        type.lastAttempt().target.hold();
        write("{}");

        machine.tick(secondsFromNow(80));
        time.runAll();

        assertThat(states).endsWith("RUNNING[3]");
    }

    private DrainStateMachine writingToASilentTarget() throws IOException {
        type.openingAtOnce();
        DrainStateMachine machine = machine(Duration.ZERO);
        machine.start(SPEC);
        time.runAll();
        type.lastAttempt().target.hold();
        write("{}");
        machine.tick(secondsFromNow(0));
        time.runAll();
        return machine;
    }

    private static long secondsFromNow(int seconds) {
        return System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
    }

    @Test
    void aChangedLimitHoldsFromTheNextFailureOn() {
        DrainStateMachine machine = machine(Duration.ZERO);
        machine.start(SPEC);
        for (int i = 0; i < 2; i++) {
            type.lastAttempt().fail("refused");
            time.advance(Duration.ofMinutes(15));
        }
        machine.limitRetries(Duration.ofMinutes(25));

        type.lastAttempt().fail("refused");
        time.runAll();

        assertThat(states).endsWith("RETRYING[7]", "FATAL[8]");
    }

    @Test
    void retriesWhenTheJournalCannotBeRead() {
        type.openingAtOnce();
        var failures = new ArrayDeque<>(List.of(new IOException("Input/output error")));
        DrainStateMachine machine = machine(Duration.ZERO, spec -> {
            if (failures.isEmpty()) {
                return feed;
            }
            throw failures.remove();
        });

        machine.start(SPEC);
        time.advance(Duration.ofSeconds(1));

        assertThat(states).containsExactly("STOPPED[1]", "STARTING[2]", "RETRYING[3]", "STARTING[4]", "RUNNING[5]");
    }

    @Test
    void startedTwiceChangesNothing() {
        DrainStateMachine machine = machine(Duration.ZERO);
        machine.start(SPEC);

        machine.start(SPEC);

        assertThat(machine.status().revision()).isEqualTo(2);
        assertThat(type.attempts()).hasSize(1);
    }

    @Test
    void leavesARunBehindThatDoesNotStop() throws IOException {
        type.openingAtOnce();
        DrainStateMachine machine = machine(Duration.ZERO);
        machine.start(SPEC);
        time.runAll();
        type.lastAttempt().target.hold();
        write("{}");

        CompletableFuture<Void> stopped = machine.stop(StopPatience.ALONE);
        time.advance(Duration.ofSeconds(6));

        assertThat(stopped).isCompleted();
    }

    @Test
    void refusedStaysFatalAndOpensNothing() {
        DrainStateMachine machine = machine(Duration.ZERO);

        machine.refuse("port must be a number");
        time.advance(Duration.ofHours(1));

        assertThat(states).containsExactly("STOPPED[1]", "FATAL[2]");
        assertThat(type.attempts()).isEmpty();
    }
}
