package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import logyard.core.event.BatchBuilder;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class AckedPublisherTest {
    private static final StreamId A = new StreamId(0, 0xA);
    private static final StreamId B = new StreamId(0, 0xB);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void deliversEachEventOnceAndInOrder(Transport transport) {
        var addresses = transport.addresses(folder);
        try (var core = FakeCore.start(addresses);
                var feed = new Feed(addresses, "tail")) {
            for (int i = 0; i < 500; i++) {
                feed.publish(i % 3 == 0 ? B : A, 1 + i % 7);
            }

            assertThat(feed.awaitAcknowledged()).isTrue();
            assertThat(core.events()).isEqualTo(feed.published());
            assertThat(feed.publisher().unacknowledgedBytes()).isZero();
            assertThat(feed.publisher().publishedEvents())
                    .isEqualTo(feed.published().size());
        }
    }

    @Test
    void sendsNothingAgainWithoutNeed() {
        var addresses = Transport.IPC.addresses(folder);
        var core = FakeCore.start(addresses);
        var timeStandsStill = new AtomicBoolean(); // or a machine that does would make it impatient
        LongSupplier time = () -> timeStandsStill.get() ? 0 : System.nanoTime();
        try (var feed = new Feed(addresses, "tail", AckedPublisher.DEFAULT_BOUND_BYTES, time)) {
            feed.publish(A, 10);
            assertThat(feed.awaitAcknowledged()).isTrue();
            long atStart = feed.publisher().resentBatches();
            timeStandsStill.set(true);
            for (int i = 0; i < 100; i++) {
                feed.publish(A, 10);
            }
            assertThat(feed.awaitAcknowledged()).isTrue();
            core = core.restarted();
            feed.publish(A, 10);
            assertThat(feed.awaitAcknowledged()).isTrue();

            assertThat(feed.publisher().resentBatches() - atStart).isLessThan(2);
        } finally {
            core.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhenThereIsNoRoomAndWhenThereIsAgain(Transport transport) {
        var addresses = transport.addresses(folder);
        try (var feed = new Feed(addresses, "tail", 10_000)) {
            assertThat(feed.publisher().hasRoom()).isTrue();
            while (feed.publisher().hasRoom()) {
                feed.publish(A, 10);
            }
            assertThat(feed.timesRoomAgain()).isZero();
            try (var core = FakeCore.start(addresses)) {
                await().untilAsserted(() -> assertThat(feed.timesRoomAgain()).isEqualTo(1));

                assertThat(feed.publisher().hasRoom()).isTrue();
                assertThat(feed.awaitAcknowledged()).isTrue();
                assertThat(core.events()).isEqualTo(feed.published());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sendsAgainWhatIsNotAcknowledged(Transport transport) {
        var addresses = transport.addresses(folder);
        try (var core = FakeCore.start(addresses);
                var feed = new Feed(addresses, "tail")) {
            core.acknowledging(false);
            for (int i = 0; i < 50; i++) {
                feed.publish(i % 2 == 0 ? A : B, 10);
            }
            await().untilAsserted(() -> assertThat(core.events()).hasSize(500));
            await().untilAsserted(
                            () -> assertThat(feed.publisher().resentBatches()).isPositive());
            assertThat(feed.awaitAcknowledgedWithin(Duration.ofMillis(1))).isFalse();
            core.acknowledging(true);

            assertThat(feed.awaitAcknowledged()).isTrue();
            assertThat(core.events()).isEqualTo(feed.published());
            await().untilAsserted(
                            () -> assertThat(core.counters().repeatedEvents()).isPositive());
            assertThat(feed.acknowledged(A)).isEqualTo(250);
        }
    }

    @ParameterizedTest
    @EnumSource
    void losesNothingWhileTheJournalIsFull(Transport transport) {
        var addresses = transport.addresses(folder);
        try (var core = FakeCore.start(addresses);
                var feed = new Feed(addresses, "tail")) {
            feed.publish(A, 10);
            assertThat(feed.awaitAcknowledged()).isTrue();
            core.storing(false);
            for (int i = 0; i < 200; i++) {
                feed.publish(i % 2 == 0 ? A : B, 10);
            }
            await().untilAsserted(
                            () -> assertThat(core.counters().refusedBatches()).isGreaterThanOrEqualTo(200));
            long resentAtOnce = feed.publisher().resentBatches();
            core.storing(true);

            assertThat(feed.awaitAcknowledged()).isTrue();
            assertThat(core.events()).isEqualTo(feed.published());
            assertThat(resentAtOnce).as("not again and again while it is full").isLessThan(10);
        }
    }

    @Test
    void hearsOnlyWhatIsAddressedToIt() {
        var addresses = Transport.IPC.addresses(folder);
        try (var core = FakeCore.start(addresses);
                var tail = new Feed(addresses, "tail");
                var tailor = new Feed(addresses, "tailor")) {
            tail.publish(A, 10);
            tailor.publish(B, 10);

            assertThat(tail.awaitAcknowledged()).isTrue();
            assertThat(tailor.awaitAcknowledged()).isTrue();
            assertThat(tail.acknowledged(A)).isEqualTo(10);
            assertThat(tail.acknowledged(B)).isZero();
            assertThat(tailor.acknowledged(A)).isZero();
            assertThat(core.events()).hasSize(20);
        }
    }

    @Test
    void refusesABatchThatTheCoreWouldDiscard() {
        try (var feed = new Feed(Transport.IPC.addresses(folder), "tail")) {
            var builder = new BatchBuilder("tail", A, 0);
            builder.event().append("k ").append(new byte[Ingest.MAX_EVENT_FRAME_BYTES]);
            builder.endEvent(1);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> feed.publisher().publish(builder.finish()))
                    .withMessageStartingWith("A batch has at most 2097152 bytes, got 2097");
            assertThat(feed.publisher().unacknowledgedBytes()).isZero();
        }
    }

    @Test
    void waitsNoLongerThanItIsToldTo() {
        try (var feed = new Feed(Transport.IPC.addresses(folder), "tail")) {
            assertThat(feed.awaitAcknowledgedWithin(Duration.ZERO))
                    .as("nothing published")
                    .isTrue();
            feed.publish(A, 1);

            assertThat(feed.awaitAcknowledgedWithin(Duration.ofMillis(1))).isFalse();
        }
    }
}
