package logyard.core.subscriber;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import logyard.config.InMemoryConfigTree;
import logyard.core.LogyardCore;
import logyard.core.bus.Bus;
import logyard.core.bus.Delivery;
import logyard.core.bus.FakeSystail;
import logyard.core.bus.PythonZmq;
import logyard.core.bus.ReliableSubscription;
import logyard.core.daemon.NodeFolder;
import logyard.core.drain.DrainTypes;
import logyard.core.event.Batches;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients of a core in this process, with a real bus in between. */
@Timeout(300)
class SubscribersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration SOON = Duration.ofMillis(50);

    @TempDir
    Path folder;

    private final InMemoryConfigTree tree = new InMemoryConfigTree();
    private final List<String> got = new ArrayList<>();
    private NodeFolder node;
    private LogyardCore core;
    private FakeSystail systail;
    private Bus bus;
    private int begun;

    @BeforeEach
    void start() throws IOException {
        node = new NodeFolder(folder);
        startCore();
        systail = new FakeSystail(node.settings().bus());
        bus = new Bus(node.settings().bus());
    }

    private void startCore() throws IOException {
        core = LogyardCore.start(node.settings(), tree, new DrainTypes(List.of()));
    }

    @AfterEach
    void stop() throws IOException {
        bus.close();
        systail.close();
        core.close();
        node.close();
    }

    private ReliableSubscription subscribe() {
        var subscription = new ReliableSubscription(bus, "s", List.of("systail.n"), () -> begun++);
        int before = begun;
        await().pollInSameThread().atMost(PATIENCE).until(() -> {
            subscription.pause(SOON);
            return begun > before;
        });
        return subscription;
    }

    private void write(int from, int to) {
        for (int i = from; i < to; i++) {
            systail.event("systail.other.1", "{\"n\":" + i + "}");
            systail.event("systail.n.1", "{\"n\":" + i + "}");
        }
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> "systail.n.1 {\"n\":" + i + "}")
                .toList();
    }

    /** Reads until the line before number {@code end} has come; the last delivery. */
    private Delivery readUntil(ReliableSubscription subscription, int end) {
        List<Delivery> last = new ArrayList<>();
        await().pollInSameThread().atMost(PATIENCE).until(() -> {
            Optional<Delivery> delivery = subscription.next(SOON);
            delivery.ifPresent(last::add);
            delivery.flatMap(Delivery::batch).ifPresent(batch -> got.addAll(Batches.events(batch.bytes())));
            return got.containsAll(lines(end - 1, end));
        });
        return last.get(last.size() - 1);
    }

    @Test
    void goesOnWhereItStoodWhoeverIsStartedAnew() throws Exception {
        try (var subscription = subscribe()) {
            write(0, 100);
            subscription.acknowledge(readUntil(subscription, 100));
            subscription.pause(SOON);
            write(100, 200);
            readUntil(subscription, 200);
        }
        assertThat(got).isEqualTo(lines(0, 200));
        got.clear();
        write(200, 300);
        core.close();
        startCore();

        try (var subscription = subscribe()) {
            Delivery last = readUntil(subscription, 300);
            assertThat(got).as("from the first that was not acknowledged on").isEqualTo(lines(100, 300));
            subscription.acknowledge(last);
            core.close();
            startCore();
            write(300, 400);
            got.clear();
            last = readUntil(subscription, 400);
            assertThat(got)
                    .as("over another connection")
                    .endsWith(lines(300, 400).toArray(String[]::new));
            subscription.acknowledge(last);
            assertThat(subscription.over()).isEmpty();
        }
    }

    @Test
    void ofTwoWithOneNameTheLaterOneReads() {
        try (var first = subscribe();
                var otherBus = new Bus(node.settings().bus());
                var second = new ReliableSubscription(otherBus, "s", List.of("systail.n"), () -> begun++)) {
            await().pollInSameThread().atMost(PATIENCE).until(() -> {
                second.pause(SOON);
                return first.next(SOON).isEmpty() && first.over().isPresent();
            });
            write(0, 10);

            readUntil(second, 10);

            assertThat(got).isEqualTo(lines(0, 10));
            assertThat(first.over().orElseThrow()).startsWith("another session of s has begun");
            assertThat(first.next(SOON)).isEmpty();
        }
    }

    /** The program in docs/formats.md, with the real libzmq. */
    @Test
    void aProgramInPythonLosesNothing() throws Exception {
        Matcher example = Pattern.compile("```python\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("../docs/formats.md")));
        assertThat(example.find()).isTrue();
        String program = example.group(1);
        String address = node.settings().bus().read();
        try (var python = PythonZmq.start(program, address, "example", "systail.n")) {
            assertThat(python.line()).isEqualTo("reading");
            write(0, 3);
            readFrom(python, 0, 3);
        }
        write(3, 6);
        core.close();
        startCore();
        try (var python = PythonZmq.start(program, address, "example", "systail.n")) {
            assertThat(python.line()).isEqualTo("reading");
            readFrom(python, 3, 6);
            core.close();
            startCore();
            write(6, 9);
            assertThat(python.line()).isEqualTo("reading");
            readFrom(python, 6, 9);
        }
    }

    /** What was printed and may not have been acknowledged comes again, at the same position. */
    private static void readFrom(PythonZmq python, int from, int to) {
        long position = 0;
        for (int i = from; i < to; ) {
            String[] words = python.line().split(" ", 2);
            int number = Integer.parseInt(words[1].replaceAll(".*:(\\d+)}", "$1"));
            assertThat(Long.parseLong(words[0])).isGreaterThan(position);
            position = Long.parseLong(words[0]);
            assertThat(number).isLessThanOrEqualTo(i);
            i = number == i ? i + 1 : i;
        }
    }

    @Test
    void whoeverSendsNonsenseCostsTheOthersNothing() {
        try (var subscription = subscribe();
                var python = PythonZmq.start("""
                        core = socket(zmq.DEALER, sys.argv[1])
                        core.send(b'x')
                        say(json.loads(core.recv_multipart()[0])['error'][:40])
                        core.send_multipart([b'', b'{}'])
                        say(json.loads(core.recv_multipart()[0])['error'][:40])
                        core.send(b'{"subscriber":"x' + b'x' * (1 << 20))
                        say(json.loads(core.recv_multipart()[0])['error'][:40])
                        hello = {'subscriber': 'deaf', 'session': 'x', 'prefixes': [''], 'credit': 1000000}
                        core.send_json(hello)
                        for n in range(20000):
                            core.send(b'x' * 1000)
                            core.send_json(hello)
                        say('done')
                        input()
                        """, node.settings().bus().read())) {
            for (int i = 0; i < 3; i++) {
                assertThat(python.line()).isEqualTo("a request must be one frame of at most 65536".substring(0, 40));
            }
            assertThat(python.line()).isEqualTo("done");
            write(0, 1000);

            Delivery last = readUntil(subscription, 1000);

            assertThat(got).isEqualTo(lines(0, 1000));
            subscription.acknowledge(last);
        }
    }

    @Test
    void aJournalHasOneIdentityForItsLife() throws Exception {
        Path journal = Files.createDirectories(folder.resolve("of-its-own"));
        var first = logyard.core.journal.JournalIdentity.of(journal);
        assertThat(logyard.core.journal.JournalIdentity.of(journal)).isEqualTo(first);

        Files.write(journal.resolve("identity.json"), "{".getBytes(UTF_8));

        var second = logyard.core.journal.JournalIdentity.of(journal);
        assertThat(second).isNotEqualTo(first);
        assertThat(logyard.core.journal.JournalIdentity.of(journal)).isEqualTo(second);
    }
}
