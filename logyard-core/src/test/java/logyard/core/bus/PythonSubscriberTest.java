package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real libzmq subscribes to us. */
@Timeout(300)
class PythonSubscriberTest {
    @TempDir
    private Path folder;

    private BusAddresses addresses;
    private FakeCore core;
    private PlainPublisher publisher;

    @AfterEach
    void close() {
        publisher.close();
        core.close();
    }

    /** Starts a script that makes subscriptions to so many different prefixes. */
    private PythonZmq start(Transport transport, int prefixes, String script) {
        addresses = transport.addresses(folder);
        core = FakeCore.start(addresses);
        publisher = new PlainPublisher(addresses);
        var python = PythonZmq.start(script, addresses.subscribe());
        awaitPrefixes(prefixes);
        return python;
    }

    private void awaitPrefixes(int count) {
        await().untilAsserted(
                        () -> assertThat(core.counters().subscribedPrefixes()).isEqualTo(count));
    }

    /** Spec 01 §11, vectors 1, 2, 3 and 7, and filters that reach into the value or are no text. */
    @ParameterizedTest
    @EnumSource
    void eachGetsWhatItsFiltersAskFor(Transport transport) {
        try (var python = start(transport, 19, """
                filters = [[b'a'], [b'a.b'], [b'a.b '], [b'a.c'], [b''], [b'a', b'a.b'], [b'a.b {"x":1'],
                           [b'a\\x00b', b'\\xff\\xfe'], [b'key v1 v3']]
                # each has a filter of its own, which sorts last, so that all can be waited for
                subs = [socket(zmq.SUB, sys.argv[1], b'end ', *f, b'\\xff\\xff%d' % n) for n, f in enumerate(filters)]
                for number, sub in enumerate(subs):
                    got = []
                    while b'end ' not in got:
                        got.append(sub.recv())
                    say(number + 1, [frame.decode() for frame in got[:-1]])
                """)) {
            publisher.publish("a.b {\"x\":1}");
            publisher.publish("key v1 v2");
            publisher.publish("é 中😀\u0001");
            publisher.publish("end ");

            String first = "['a.b {\"x\":1}']";
            assertThat(python.line()).isEqualTo("1 " + first);
            assertThat(python.line()).isEqualTo("2 " + first);
            assertThat(python.line()).isEqualTo("3 " + first);
            assertThat(python.line()).isEqualTo("4 []");
            assertThat(python.line()).isEqualTo("5 ['a.b {\"x\":1}', 'key v1 v2', 'é 中😀\\x01']");
            assertThat(python.line()).as("two filters, one delivery").isEqualTo("6 " + first);
            assertThat(python.line()).as("into the value").isEqualTo("7 " + first);
            assertThat(python.line()).isEqualTo("8 []");
            assertThat(python.line()).isEqualTo("9 []");
            python.awaitEnd();
        }
        awaitPrefixes(0);
    }

    /** Spec 01 §11, vector 5. */
    @ParameterizedTest
    @EnumSource
    void oneThatStallsCostsTheOthersNothing(Transport transport) {
        int rounds = 60;
        int perRound = 1000;
        try (var python = start(transport, 2, """
                stalled = ctx.socket(zmq.SUB)
                stalled.rcvhwm = 1
                stalled.subscribe(b'e')
                stalled.connect(sys.argv[1])
                sub = socket(zmq.SUB, sys.argv[1], b'event.n ')
                sub.rcvtimeo = 60000
                n = 0
                while n < %d:
                    frame = sub.recv()
                    assert frame.startswith(b'event.n %%d ' %% n), (n, frame[:20])
                    n += 1
                    if n %% %d == 0:
                        say(n)
                """.formatted(rounds * perRound, perRound))) {
            String padding = "x".repeat(500);
            for (int round = 0; round < rounds; round++) {
                for (int i = 0; i < perRound; i++) {
                    publisher.publish("event.n " + (round * perRound + i) + " " + padding);
                }
                assertThat(python.line()).isEqualTo(String.valueOf((round + 1) * perRound));
            }
            python.awaitEnd();
            assertThat(core.counters().framesIn()).isEqualTo((long) rounds * perRound);
            assertThat(core.counters().subscriberGaps())
                    .as("of the one that stalls")
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyGetAll(Transport transport) {
        try (var python = start(transport, 41, """
                subs = [socket(zmq.SUB, sys.argv[1], b'event.', b'only.%d ' % n) for n in range(40)]
                for sub in subs:
                    sub.rcvtimeo = 60000
                for n in range(2000):
                    for sub in subs:
                        frame = sub.recv()
                        assert frame == b'event.n %d' % n, frame
                say('all')
                """)) {
            for (int n = 0; n < 2000; n++) {
                publisher.publish("event.n " + n);
            }

            assertThat(python.line()).isEqualTo("all");
            assertThat(core.counters().subscriberGaps()).isZero();
        }
    }

    /** Spec 01 §11, vector 8. */
    @Test
    void oneThatComesLateMissesNothingFromItsFirstFrameOn() {
        try (var python = start(Transport.IPC, 1, "sub = socket(zmq.SUB, sys.argv[1], b'none')\ninput()")) {
            whilePublishing(() -> {
                try (var late = PythonZmq.start("""
                        sub = socket(zmq.SUB, sys.argv[1], b'event.n ')
                        got = [int(sub.recv()[8:]) for n in range(500)]
                        say(got == list(range(got[0], got[0] + 500)))
                        """, addresses.subscribe())) {
                    assertThat(late.line()).isEqualTo("True");
                }
            });
        }
    }

    /** Publishes {@code event.n 0}, {@code event.n 1}, … every millisecond. */
    private void whilePublishing(Runnable test) {
        var timer = Executors.newSingleThreadScheduledExecutor();
        var n = new AtomicInteger();
        var publishing = timer.scheduleWithFixedDelay(
                () -> publisher.publish("event.n " + n.getAndIncrement()), 0, 1, TimeUnit.MILLISECONDS);
        try {
            test.run();
        } finally {
            publishing.cancel(false);
            timer.shutdown();
            await().until(timer::isTerminated);
        }
    }

    /** Spec 01 §11, vector 11. */
    @ParameterizedTest
    @EnumSource
    void comingAndGoingLeavesNothingBehind(Transport transport) {
        try (var python = start(transport, 1, """
                stay = socket(zmq.SUB, sys.argv[1], b'event.')
                stay.recv()
                say('there')
                input()
                for n in range(1000):
                    stay.subscribe(b'x%d' % n)
                    stay.unsubscribe(b'x%d' % n)
                for n in range(250):
                    sub = socket(zmq.SUB, sys.argv[1], b'event.', b'y%d' % n)
                    sub.recv()
                    sub.close()
                stay.subscribe(b'z')
                say('done')
                input()
                """)) {
            publisher.publish("event.n 0");
            assertThat(python.line()).isEqualTo("there");
            int before = descriptors();
            python.tell("go");
            whilePublishing(() -> assertThat(python.line()).isEqualTo("done"));

            awaitPrefixes(2);
            await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
        }
        awaitPrefixes(0);
    }

    private static int descriptors() {
        return new File("/proc/self/fd").list().length;
    }

    /** Spec 01 §11, vector 4. */
    @ParameterizedTest
    @EnumSource
    void findsTheCoreAgainAfterItsRestart(Transport transport) {
        try (var python = start(transport, 1, """
                sub = socket(zmq.SUB, sys.argv[1], b'event.')
                while True:
                    say(sub.recv().decode())
                """)) {
            publisher.publish("event.n 1");
            assertThat(python.line()).isEqualTo("event.n 1");

            publisher.close();
            core = core.restarted();
            publisher = new PlainPublisher(addresses);
            awaitPrefixes(1);
            publisher.publish("event.n 2");

            assertThat(python.line()).isEqualTo("event.n 2");
        }
    }

    @Test
    void batchesArriveAsSingleEvents() {
        try (var python = start(Transport.IPC, 1, """
                sub = socket(zmq.SUB, sys.argv[1], b'event.n')
                say([sub.recv().decode() for n in range(2)])
                """)) {
            try (var feed = new Feed(addresses, "tail")) {
                feed.publish(new StreamId(0, 7), 2);

                assertThat(python.line())
                        .isEqualTo(List.of("event.n {\"stream\":7,\"n\":1}", "event.n {\"stream\":7,\"n\":2}").stream()
                                .map(event -> "'" + event + "'")
                                .toList()
                                .toString());
            }
        }
    }
}
