package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import logyard.core.event.StreamId;
import logyard.core.event.StreamPositions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(300)
class LifecycleTest {
    private static final StreamId A = new StreamId(0, 0xA);

    @TempDir
    private Path folder;

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(thread -> thread.getName() + "#" + thread.getId())
                .filter(name -> !name.startsWith("awaitility"))
                .collect(Collectors.toSet());
    }

    private static int descriptors() {
        return new File("/proc/self/fd").list().length;
    }

    @ParameterizedTest
    @EnumSource
    void leavesNoThreadBehind(Transport transport) {
        Set<String> before = threads();
        var addresses = transport.addresses(folder);
        var core = FakeCore.start(addresses);
        var feed = new Feed(addresses, "tail");
        feed.publish(A, 10);
        assertThat(feed.awaitAcknowledged()).isTrue();

        feed.close();
        core.close();

        await().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
    }

    @ParameterizedTest
    @EnumSource
    void keepsNoDescriptorPerLife(Transport transport) {
        liveAndDie(transport);
        int before = descriptors();

        int lives = 100;
        for (int i = 0; i < lives; i++) {
            liveAndDie(transport);
        }

        await().untilAsserted(() -> assertThat(descriptors()).isLessThanOrEqualTo(before));
    }

    private void liveAndDie(Transport transport) {
        var addresses = transport.addresses(folder);
        try (var core = FakeCore.start(addresses);
                var feed = new Feed(addresses, "tail");
                var bus = new Bus(addresses);
                var subscription = new Subscription(bus, List.of(""))) {
            feed.publish(A, 1);
            Object unused = subscription.next(Duration.ZERO); // the event may be there by now, or not
        }
    }

    @Test
    void endsWhereItCannotBegin() {
        var addresses = Transport.TCP.addresses(folder);
        try (var core = FakeCore.start(addresses)) {
            for (int i = 0; i < 20; i++) {
                try (var bus = new Bus(addresses)) { // whose close waits for all sockets
                    assertThatThrownBy(() -> Ingest.start(bus, null, null, null))
                            .isInstanceOf(BusException.class)
                            .hasMessageStartingWith("Cannot serve the bus at " + addresses.publish());
                    assertThatThrownBy(() -> new Acknowledger(bus, "e")).isInstanceOf(BusException.class);
                }
            }
        }
    }

    @Test
    void endsWhenOneOfTwoAddressesIsTaken() {
        var addresses = Transport.TCP.addresses(folder);
        var other = BusAddresses.inFolder(folder.toString());
        try (var core = FakeCore.start(addresses);
                var bus = new Bus(
                        new BusAddresses(other.publish(), addresses.subscribe(), other.acknowledge(), other.read()))) {
            assertThatThrownBy(() -> Ingest.start(bus, null, new StreamPositions(), null))
                    .hasMessageStartingWith("Cannot serve the bus at " + addresses.subscribe());
        }
    }

    /** The order is wrong, but nothing hangs. */
    @ParameterizedTest
    @EnumSource
    void endsWhenTheBusIsClosedUnderIt(Transport transport) throws Exception {
        var addresses = transport.addresses(folder);
        Set<String> before = threads();
        var bus = new Bus(addresses);
        var pending = new PendingAcknowledgements(() -> {});
        var ingest = Ingest.start(bus, new Discard(), new StreamPositions(), pending);
        var publisher = AckedPublisher.start(bus, "tail", 1, new Deaf());
        await().until(publisher::isConnected);

        bus.close();

        await().untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
        ingest.close();
        publisher.close();
        assertThatThrownBy(() -> Ingest.start(bus, new Discard(), new StreamPositions(), pending))
                .isInstanceOf(RuntimeException.class);
    }

    private static final class Discard implements Ingest.Receiver {
        @Override
        public boolean take(byte[] frame) {
            return true;
        }

        @Override
        public void caughtUp() {}
    }

    private static final class Deaf implements AckedPublisher.Listener {
        @Override
        public void acknowledged(StreamId stream, long position) {}

        @Override
        public void roomAgain() {}
    }
}
