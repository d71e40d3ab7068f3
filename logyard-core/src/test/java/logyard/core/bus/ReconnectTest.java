package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Finding each other, and finding each other again. */
@Timeout(300)
class ReconnectTest {
    private static final StreamId A = new StreamId(0, 0xA);
    private static final StreamId B = new StreamId(0, 0xB);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void connectsEveryTime(Transport transport) {
        var addresses = transport.addresses(folder);
        try (var core = FakeCore.start(addresses)) {
            for (int i = 0; i < 60; i++) {
                try (var feed = new Feed(addresses, "tail" + i)) {
                    feed.publish(new StreamId(1, i), 1);
                    assertThat(feed.awaitAcknowledged()).as("connection %d", i).isTrue();
                }
            }
            assertThat(core.events()).hasSize(60);
        }
    }

    /** Spec 01 §11, vector 9. */
    @ParameterizedTest
    @EnumSource
    void waitsForTheCore(Transport transport) {
        var addresses = transport.addresses(folder);
        try (var feed = new Feed(addresses, "tail")) {
            feed.publish(A, 10);
            feed.publish(A, 10);
            assertThat(feed.publisher().isConnected()).isFalse();
            try (var core = FakeCore.start(addresses)) {
                feed.publish(A, 10);

                assertThat(feed.awaitAcknowledged()).isTrue();
                assertThat(core.events()).isEqualTo(feed.published());
            }
        }
    }

    /** Spec 01 §11, vector 4. */
    @ParameterizedTest
    @EnumSource
    void losesNothingWhenTheCoreRestarts(Transport transport) {
        var addresses = transport.addresses(folder);
        var core = FakeCore.start(addresses);
        try (var feed = new Feed(addresses, "tail")) {
            for (int life = 0; life < 4; life++) {
                for (int i = 0; i < 300; i++) {
                    feed.publish(i % 3 == 0 ? B : A, 20);
                }
                core = core.restarted();
            }

            assertThat(feed.awaitAcknowledged()).isTrue();
            assertThat(core.events()).isEqualTo(feed.published());
            assertThat(core.counters().lostPositions()).isZero();
        } finally {
            core.close();
        }
    }
}
