package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The real libzmq publishes to us. */
@Timeout(300)
class PythonPublisherTest {
    /** Publishes until the first event is heard of: what is sent while the connection is made is lost. */
    private static final String CONNECT = """
            pub = socket(zmq.PUB, sys.argv[1])
            pub.sndhwm = 0
            import threading
            started = threading.Thread(target=lambda: say(input()), daemon=True)
            started.start()
            while started.is_alive():
                pub.send(b'event.hello {}')
                time.sleep(0.01)
            """;

    @TempDir
    private Path folder;

    private FakeCore core;

    @AfterEach
    void close() {
        core.close();
    }

    private PythonZmq connect(Transport transport, String script) {
        var addresses = transport.addresses(folder);
        core = FakeCore.start(addresses);
        var python = PythonZmq.start(CONNECT + script, addresses.publish());
        await().untilAsserted(() -> assertThat(core.events()).contains("event.hello {}"));
        python.tell("heard");
        assertThat(python.line()).isEqualTo("heard");
        return python;
    }

    private List<String> events() {
        return core.events().stream()
                .filter(event -> !event.equals("event.hello {}"))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void itsEventsArriveInOrder(Transport transport) {
        try (var python = connect(transport, """
                for n in range(20000):
                    pub.send(b'event.n {"n":%d,"text":"a \\xc3\\xa9\\xe4\\xb8\\xad\\xf0\\x9f\\x98\\x80"}' % n)
                input()
                """)) {
            await().untilAsserted(() -> assertThat(events()).hasSize(20000));

            assertThat(events())
                    .isEqualTo(IntStream.range(0, 20000)
                            .mapToObj(n -> "event.n {\"n\":" + n + ",\"text\":\"a é中😀\"}")
                            .toList());
        }
    }

    /** Spec 01 §11, vector 6. */
    @ParameterizedTest
    @EnumSource
    void whatIsNoEventIsDroppedAndTheConnectionGoesOn(Transport transport) {
        try (var python = connect(transport, """
                header = b'\\x01\\x01\\x02py' + bytes(16) + struct.pack('>QQI', 0, 0, 2)
                bad = [b'nospace', b'', b' ', b' {}', b'a\\nb {}', b'\\x00 {}', b'k' * 2000 + b' {}',
                       b'event.big {' + b'x' * 10_000_000 + b'}',
                       b'\\x01', b'\\x01\\x01\\x02py', b'\\x01\\x02\\x02py', header, header + b'\\xff' * 100]
                for n, frame in enumerate(bad):
                    pub.send(frame)
                    pub.send(b'event.good %d' % n)
                pub.send_multipart([b'event.a', b'{}'])
                pub.send_multipart([b'event.a {}'] * 1200)
                pub.send(b'event.good %d' % len(bad))
                say(len(bad) + 2 + 1200)
                input()
                """)) {
            long bad = Long.parseLong(python.line());
            await().untilAsserted(() -> assertThat(events()).contains("event.good 13"));

            assertThat(events())
                    .isEqualTo(IntStream.rangeClosed(0, 13)
                            .mapToObj(n -> "event.good " + n)
                            .toList());
            assertThat(core.counters().malformedFrames()).isEqualTo(bad);
        }
    }

    /** As documented: this is what a publisher in another language has to do. */
    @ParameterizedTest
    @EnumSource
    void itSpeaksBatchesAndReadsTheAnswers(Transport transport) {
        var addresses = transport.addresses(folder);
        core = FakeCore.start(addresses);
        try (var python = PythonZmq.start("""
                pub = socket(zmq.PUB, sys.argv[1])
                ack = socket(zmq.SUB, sys.argv[2], b'py ')
                ack.rcvtimeo = 2000
                stream = bytes(15) + b'\\x07'
                def batch(acknowledged, begin, end):
                    events = b''
                    for n in range(begin + 1, end + 1):
                        event = b'event.n {"n":%d}' % n
                        events += struct.pack('>II', 1, len(event)) + event
                    pub.send(b'\\x01\\x01\\x02py' + stream
                             + struct.pack('>QQI', acknowledged, begin, end - begin) + events)
                def answer(field):
                    frame = ack.recv()
                    assert frame.startswith(b'py '), frame
                    return json.loads(frame[3:])[field].get(stream.hex())
                def until(field, position, *args):
                    got = None
                    while got != position:
                        batch(*args)
                        try: # answers to earlier batches come before; to send again too often gives a gap up
                            while got != position:
                                got = answer(field)
                        except zmq.Again:
                            pass
                    say(field, got)
                until('streams', 10, 0, 0, 10)
                until('resend', 10, 0, 20, 30)
                until('streams', 20, 10, 10, 20)
                until('streams', 30, 10, 20, 30)
                until('streams', 30, 0, 5, 15)
                until('streams', 40, 20, 25, 40)
                """, addresses.publish(), addresses.acknowledge())) {

            assertThat(python.line()).isEqualTo("streams 10");
            assertThat(python.line()).isEqualTo("resend 10");
            assertThat(python.line()).isEqualTo("streams 20");
            assertThat(python.line()).isEqualTo("streams 30");
            assertThat(python.line()).isEqualTo("streams 30");
            assertThat(python.line()).isEqualTo("streams 40");
            python.awaitEnd();
            assertThat(core.events())
                    .isEqualTo(IntStream.rangeClosed(1, 40)
                            .mapToObj(n -> "event.n {\"n\":" + n + "}")
                            .toList());
            assertThat(core.counters().malformedFrames()).isZero();
        }
    }
}
