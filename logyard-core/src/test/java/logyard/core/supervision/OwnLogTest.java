package logyard.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import logyard.core.daemon.ManualTime;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.FakeDrainType;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import logyard.core.router.FeedCursor;
import logyard.core.router.Router;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A drain that gets the core's own log must not feed itself: what it says of its trouble is bounded by its attempts. */
class OwnLogTest {
    private static final int ATTEMPTS = 1000;

    @TempDir
    Path folder;

    private final ManualTime time = new ManualTime();
    private final FakeDrainType type = new FakeDrainType(time);
    private final List<String> said = new ArrayList<>();
    private final AppenderBase<ILoggingEvent> ownLog = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent line) {
            if (line.getLevel().isGreaterOrEqual(Level.INFO)) {
                said.add(line.getFormattedMessage());
            }
        }
    };
    private Journal journal;
    private Router router;
    private DrainStateMachine machine;
    private int shipped;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(JournalOptions.of(folder, 64 << 20, 0), Clock.systemUTC());
        router = new Router(journal, 1 << 20, Runnable::run);
        ownLog.start();
        logger().addAppender(ownLog);
    }

    @AfterEach
    void close() throws IOException {
        logger().detachAppender(ownLog);
        journal.close();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("logyard");
    }

    private void start(String format) throws IOException {
        DrainSpec spec = DrainSpec.parse("mine", "fake://h:1?filter=systail.logyard&format=" + format, Map.of());
        machine = new DrainStateMachine(
                "mine",
                wanted -> router.add(wanted.prefixes(), FeedCursor.startingAt(router.end())),
                new ProgressiveRetry(Duration.ZERO),
                new DrainStateMachine.Surroundings(
                        "10.0.0.5",
                        new DrainTypes(List.of(type)),
                        new DrainEnvironment(List.of(), () -> ""),
                        time,
                        time.clock(),
                        new RetryPace(() -> 0)),
                Accounts::balanced);
        machine.start(spec);
        time.runAll();
    }

    /** As systail does it: each line of the log becomes an event; until there is nothing new. */
    private void tail() throws IOException {
        while (shipped < said.size()) {
            byte[] frame = ("systail.logyard.10.0.0.5 {\"text\":\"" + said.get(shipped++) + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            router.route(journal.append(frame), frame);
            journal.flush();
            router.wake();
            time.runAll();
        }
        Accounts.balanced(machine.status());
    }

    @Test
    void aTargetThatRefusesCostsThreeLinesForEachAttempt() throws IOException {
        start("raw");
        while (type.attempts().size() < ATTEMPTS) {
            type.lastAttempt().fail("dial tcp h:1: connection refused");
            time.runAll();
            tail();
            time.advance(Duration.ofMinutes(5));
        }
        tail();
        int before = said.size();
        assertThat(before).isLessThanOrEqualTo(3 * ATTEMPTS);

        type.lastAttempt().succeed();
        time.runAll();
        tail();

        assertThat(said).hasSize(before + 1).last().asString().contains("=> RUNNING");
        assertThat(type.lastAttempt().target.received().lines()).hasSize(before + 1);
    }

    @Test
    void aTargetThatDiesOfWhatItGetsCostsFourLinesForEachAttempt() throws IOException {
        start("raw");
        while (type.attempts().size() < ATTEMPTS) {
            FakeDrainType.Target target = type.lastAttempt().target;
            target.hold();
            type.lastAttempt().succeed();
            time.runAll();
            tail();
            assertThat(target.received()).isNotEmpty();
            target.failWrites("the target closed the connection");
            time.runAll();
            tail();
            time.advance(Duration.ofMinutes(5));
        }

        assertThat(said).hasSizeLessThanOrEqualTo(4 * ATTEMPTS);
    }

    @Test
    void aFormatThatFitsNoLineOfItIsSaidOnceInAWhile() throws IOException {
        type.openingAtOnce();
        start("%7B%7B.text.none%7D%7D");
        for (int i = 0; i < ATTEMPTS; i++) {
            said.add("a line of another drain");
            tail();
        }

        assertThat(said).hasSizeLessThanOrEqualTo(ATTEMPTS + 20);
        assertThat(machine.status().cursor().account().dropped()).isEqualTo(said.size());
    }
}
