package logyard.core.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import logyard.core.event.Batches;
import logyard.core.event.StreamId;
import logyard.core.event.StreamPositions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class IngestTest {
    @TempDir
    private Path folder;

    private final Queue<byte[]> taken = new ConcurrentLinkedQueue<>();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** It goes around every 200 ms. */
    private static final Duration HANG = Duration.ofSeconds(2);

    private BusAddresses addresses;
    private Bus bus;
    private Ingest ingest;

    private void start(Transport transport, Ingest.Receiver receiver) {
        addresses = transport.addresses(folder);
        bus = new Bus(addresses);
        ingest = Ingest.start(bus, receiver, new StreamPositions(), new PendingAcknowledgements(() -> {}));
    }

    @AfterEach
    void close() {
        blocked.countDown();
        ingest.close();
        bus.close();
    }

    private interface Taking extends Ingest.Receiver {
        @Override
        default void caughtUp() {}
    }

    private boolean take(byte[] frame) {
        return taken.add(frame);
    }

    private boolean takeAfterTheBlock(byte[] frame) {
        try {
            blocked.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return take(frame);
    }

    /** @return false for what says so */
    private boolean takeUnlessFull(byte[] frame) {
        return !new String(frame, UTF_8).contains("full") && take(frame);
    }

    @ParameterizedTest
    @EnumSource
    void keepsABoundedAmountWhileNothingIsTaken(Transport transport) {
        start(transport, (Taking) this::takeAfterTheBlock);
        try (var publisher = new PlainPublisher(addresses)) {
            byte[] large = new byte[1 << 20];
            large[1] = ' ';
            large[0] = 'k';
            int total = 100;
            for (int i = 0; i < total; i++) {
                publisher.publish(large);
            }
            // Whatever comes now comes behind: nothing more can be on the way when the others have arrived.
            blocked.countDown();
            await().untilAsserted(() -> assertThat(ingest.counters().framesIn()).isEqualTo(total));
            publisher.publish("event.last {}");

            await().untilAsserted(() -> assertThat(taken)
                    .last()
                    .satisfies(frame -> assertThat(frame).asString(UTF_8).isEqualTo("event.last {}")));
            assertThat(taken.size() - 1 + ingest.counters().overflowedFrames()).isEqualTo(total);
            assertThat(ingest.counters().malformedFrames()).isZero();
        }
    }

    @Test
    void isSeenToHangAndToGoOn() {
        start(Transport.IPC, (Taking) this::takeAfterTheBlock);
        try (var publisher = new PlainPublisher(addresses)) {
            publisher.publish("event.first {}");
            await().atMost(PATIENCE).until(() -> ingest.sinceLastRound().compareTo(HANG) > 0);

            blocked.countDown();

            await().atMost(PATIENCE).until(() -> ingest.sinceLastRound().compareTo(HANG) < 0);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(taken).hasSize(1));
        }
    }

    @Test
    void discardsWhatDoesNotFitInto32MebibytesAndCountsIt() {
        start(Transport.IPC, (Taking) this::takeAfterTheBlock);
        try (var publisher = new PlainPublisher(addresses)) {
            byte[] large = new byte[1 << 20];
            large[1] = ' ';
            large[0] = 'k';
            for (int i = 0; i < 100; i++) {
                publisher.publish(large);
            }
            await().untilAsserted(() -> assertThat(ingest.waitingBytes()).isGreaterThan(30 << 20));
            assertThat(ingest.waitingBytes()).isLessThanOrEqualTo(32 << 20);
        }
    }

    @Test
    void countsTheEventsThatCouldNotBeStoredAndHandsThemToNobody() {
        start(Transport.IPC, (Taking) this::takeUnlessFull);
        try (var subscription = new Subscription(bus, List.of("event."));
                var publisher = new PlainPublisher(addresses)) {
            await().untilAsserted(() ->
                    assertThat(ingest.counters().subscribedPrefixes()).isEqualTo(1));

            publisher.publish("event.full {}");
            publisher.publish("event.n {}");

            assertThat(subscription.next(Duration.ofSeconds(60)))
                    .hasValueSatisfying(
                            frame -> assertThat(frame).asString(UTF_8).isEqualTo("event.n {}"));
            assertThat(ingest.counters().unstoredEvents()).isEqualTo(1);
            assertThat(ingest.counters().framesIn()).isEqualTo(2);
            assertThat(ingest.counters().framesOut()).isEqualTo(1);
        }
    }

    @Test
    void handsOnWhatIsNewInABatch() {
        start(Transport.IPC, (Taking) this::take);
        var stream = new StreamId(0, 7);
        try (var publisher = new PlainPublisher(addresses)) {
            publisher.publish(Batches.counting("tail", stream, 0, 10).bytes());
            publisher.publish(
                    Batches.counting("tail", stream, 5, 10).acknowledge(0).bytes());
            publisher.publish("event.last {}");
            await().untilAsserted(() -> assertThat(taken).hasSize(3));

            List<byte[]> frames = List.copyOf(taken);
            assertThat(Batches.events(frames.get(1))).first().isEqualTo(Batches.event(stream, 11));
            assertThat(Batches.events(frames.get(1))).hasSize(5);
            assertThat(ingest.counters().repeatedEvents()).isEqualTo(5);
        }
    }

    @Test
    void letsSubscribersEndWhenTheBusIsClosed() throws Exception {
        start(Transport.IPC, (Taking) this::take);
        var other = new Bus(addresses);
        var ended = new CountDownLatch(1);
        var reader = new Thread(() -> {
            try (var subscription = new Subscription(other, List.of(""))) {
                while (subscription.next(Duration.ofHours(1)).isPresent()) {
                    // Until the end.
                }
            }
            ended.countDown();
        });
        reader.start();
        await().untilAsserted(
                        () -> assertThat(ingest.counters().subscribedPrefixes()).isEqualTo(1));

        other.close();

        ended.await();
        reader.join();
    }
}
