package logyard.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import logyard.core.daemon.ManualTime;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.FakeDrainType;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import logyard.core.router.DropReason;
import logyard.core.router.FeedCursor;
import logyard.core.router.Router;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drain tells its target what it never gets. */
class AnnouncerTest {
    private static final String SYSTAIL = "%7B%7B.name%7D%7D@%7B%7B.node_id%7D%7D:+%7B%7B.text%7D%7D";

    @TempDir
    Path folder;

    private final ManualTime time = new ManualTime();
    private final FakeDrainType type = new FakeDrainType(time).openingAtOnce();
    private Journal journal;
    private Router router;
    private DrainStateMachine machine;

    @BeforeEach
    void open() throws IOException {
        journal = Journal.open(new JournalOptions(folder, 16 << 20, 0, 1 << 20), Clock.systemUTC());
        router = new Router(journal, 100_000, Runnable::run);
    }

    @AfterEach
    void close() throws IOException {
        Accounts.balanced(machine.status());
        journal.close();
    }

    private void start(String uri) throws IOException {
        start(uri, FeedCursor.startingAt(router.end()));
    }

    private void start(String uri, FeedCursor cursor) throws IOException {
        DrainSpec spec = DrainSpec.parse("mine", uri, Map.of());
        machine = new DrainStateMachine(
                "mine",
                wanted -> router.add(wanted.prefixes(), cursor),
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

    private void write(String key, String value) throws IOException {
        byte[] frame = (key + " " + value).getBytes(StandardCharsets.UTF_8);
        router.route(journal.append(frame), frame);
        journal.flush();
        router.wake();
        time.runAll();
        Accounts.balanced(machine.status());
    }

    private void pass(Duration time) {
        this.time.advance(time);
        machine.tick(System.nanoTime());
        this.time.runAll();
        Accounts.balanced(machine.status());
    }

    private List<String> received() {
        return type.lastAttempt().target.received().lines().toList();
    }

    @Test
    void standsWhereTheLossWas() throws IOException {
        start("fake://h:1?filter=systail.a&format=" + SYSTAIL);
        write("systail.a.1", "{\"name\":\"a\",\"node_id\":\"1\",\"text\":\"first\"}");
        write("systail.a.1", "no JSON");
        write("systail.a.1", "{\"name\":\"a\",\"node_id\":\"1\",\"text\":\"last\"}");

        assertThat(received())
                .containsExactly(
                        "a@1: first",
                        "logyard@10.0.0.5: 1 message dropped since 2013-04-18T10:15:02+00:00:"
                                + " not of the form that the format needs",
                        "a@1: last");
        assertThat(machine.status().cursor().account().dropped(DropReason.UNFORMATTABLE))
                .isEqualTo(1);
        assertThat(machine.status().cursor().matched()).isEqualTo(3);
    }

    @Test
    void whileLossesGoOnThereIsOneInTenSecondsWithTheirSum() throws IOException {
        start("fake://h:1?filter=systail&format=" + SYSTAIL);
        for (int i = 0; i < 1000; i++) {
            write("systail.a.1", "no JSON");
        }
        assertThat(received()).hasSize(1);

        pass(Duration.ofSeconds(10));

        assertThat(received()).hasSize(2).last().asString().contains(": 999 messages dropped since ");
        pass(Duration.ofSeconds(10));
        assertThat(received()).hasSize(2);
    }

    @Test
    void isNotRepeatedAfterARestart() throws IOException {
        start("fake://h:1?filter=systail&format=" + SYSTAIL);
        write("systail.a.1", "no JSON");
        write("systail.a.1", "no JSON");
        FeedCursor saved = machine.status().cursor();
        machine.stop(StopPatience.ALONE);
        time.runAll();

        start("fake://h:1?filter=systail&format=" + SYSTAIL, saved);
        pass(Duration.ofSeconds(10));

        assertThat(received()).singleElement().asString().contains(": 1 message dropped");
        assertThat(machine.status().cursor().account().open()).isZero();
    }

    @Test
    void comesAgainIfItIsNotKnownToHaveArrived() throws IOException {
        start("fake://h:1?filter=systail&format=" + SYSTAIL);
        type.lastAttempt().target.hold();
        write("systail.a.1", "no JSON");
        assertThat(received()).hasSize(1);

        type.lastAttempt().target.die("reset");
        pass(Duration.ofSeconds(1));

        assertThat(type.attempts()).hasSize(2);
        assertThat(received()).singleElement().asString().contains(": 1 message dropped");
    }

    @Test
    void tellsOfWhatLeftTheJournalWhileTheTargetWasAway() throws IOException {
        start("fake://h:1?filter=systail");
        type.lastAttempt().target.die("reset");
        time.runAll();
        type.lastAttempt().target.hold();
        String text = "x".repeat(1000);
        for (int i = 0; i < 40_000; i++) {
            byte[] frame = ("systail.a.1 {\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
            router.route(journal.append(frame), frame);
        }
        journal.sync();
        journal.retain();

        router.wake();
        time.runAll();
        type.lastAttempt().target.release();
        time.runAll();
        pass(Duration.ofSeconds(10));

        long evicted = machine.status().cursor().account().dropped(DropReason.EVICTED);
        assertThat(evicted).isPositive();
        assertThat(machine.status().cursor().account().dropped()).isEqualTo(evicted);
        assertThat(received().stream().filter(line -> line.contains("messages dropped since")))
                .singleElement()
                .asString()
                .contains("\"text\":\"" + evicted + " messages dropped since ")
                .contains(": evicted from the journal\"")
                .endsWith("\"info\":{\"dropped\":{\"evicted\":" + evicted + "}}}");
        assertThat(machine.status().cursor().account().delivered() + evicted).isEqualTo(40_000);
    }

    @Test
    void tellsOfWhatCouldNotBeStored() throws IOException {
        start("fake://h:1?filter=systail.a&format=raw");
        write("systail.a.1", "{}");

        router.lost("systail.a.1 {}".getBytes(StandardCharsets.UTF_8));
        router.lost("systail.b.1 {}".getBytes(StandardCharsets.UTF_8));
        Accounts.balanced(machine.status());
        router.wake();
        time.runAll();

        assertThat(received())
                .hasSize(2)
                .last()
                .asString()
                .startsWith("systail.a {")
                .contains("1 message dropped");
        assertThat(machine.status().cursor().account().dropped(DropReason.UNSTORED))
                .isEqualTo(1);
        assertThat(machine.status().cursor().matched()).isEqualTo(2);
        write("systail.a.1", "{\"n\":2}");
        assertThat(received()).hasSize(3).last().isEqualTo("systail.a.1 {\"n\":2}");
    }
}
