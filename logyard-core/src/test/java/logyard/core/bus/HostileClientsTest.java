package logyard.core.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a client sends, the others do not notice. */
@Timeout(300)
class HostileClientsTest {
    @TempDir
    private Path folder;

    private BusAddresses addresses;
    private FakeCore core;

    private void start(Transport transport) {
        addresses = transport.addresses(folder);
        core = FakeCore.start(addresses);
    }

    @AfterEach
    void close() {
        core.close();
    }

    /** Events arrive, are acknowledged and reach a subscriber. */
    private void allIsWell() {
        try (var feed = new Feed(addresses, "well");
                var bus = new Bus(addresses);
                var subscription = new Subscription(bus, List.of("event.n "))) {
            await().untilAsserted(
                            () -> { // the subscription takes a moment to arrive
                                feed.publish(new StreamId(0, 1), 1);
                                assertThat(subscription.next(Duration.ofMillis(100)))
                                        .hasValueSatisfying(event -> assertThat(event)
                                                .asString(UTF_8)
                                                .startsWith("event.n "));
                            });
            assertThat(feed.awaitAcknowledged()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFrameOfAGibibyteEndsItsConnection(Transport transport) throws Exception {
        start(transport);
        try (var peer = RawPeer.greeted(addresses.publish(), "PUB")) {
            peer.send(RawPeer.header(2, 1 << 30));

            peer.awaitEnd();
        }
        allIsWell();
    }

    @ParameterizedTest
    @EnumSource
    void framesThatNeverComeCostNothing(Transport transport) throws Exception {
        start(transport);
        List<RawPeer> peers = new ArrayList<>();
        try {
            for (int i = 0; i < ClientLimit.MAX_CLIENTS - 1; i++) {
                var peer = RawPeer.greeted(addresses.publish(), "PUB");
                peers.add(peer);
                peer.send(RawPeer.header(2, i % 2 == 0 ? Ingest.MAX_EVENT_FRAME_BYTES : Bus.MAX_FRAME_BYTES));
            }

            allIsWell();
        } finally {
            for (RawPeer peer : peers) {
                peer.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void randomBytesAreDropped(Transport transport) throws Exception {
        start(transport);
        var random = new Random(6);
        List<String> sockets = List.of(addresses.publish(), addresses.subscribe(), addresses.acknowledge());
        for (int i = 0; i < 300; i++) {
            byte[] garbage = new byte[random.nextInt(2000)];
            random.nextBytes(garbage);
            try (var peer = new RawPeer(sockets.get(i % 3))) {
                if (i % 4 > 0) {
                    peer.sendRegardless(RawPeer.GREETING);
                }
                if (i % 4 > 1) {
                    peer.sendRegardless(RawPeer.ready(i % 3 == 0 ? "PUB" : "SUB"));
                }
                if (i % 4 > 2) { // well-formed frames, but of what
                    for (int at = 0; at + 50 < garbage.length; at += 50) {
                        byte[] body = new byte[random.nextInt(50)];
                        System.arraycopy(garbage, at, body, 0, body.length);
                        peer.sendRegardless(RawPeer.frame(garbage[at + 49] & 5, body));
                    }
                }
                peer.sendRegardless(garbage);
            }
        }

        allIsWell();
    }

    @ParameterizedTest
    @EnumSource
    void peersOfTheFirstProtocolAreUnderstood(Transport transport) throws Exception {
        start(transport);
        try (var peer = new RawPeer(addresses.publish())) {
            peer.send(new byte[] {1, 0}); // an empty identity
            byte[] event = "event.old {}".getBytes(UTF_8);
            peer.send(RawPeer.concat(new byte[] {(byte) (event.length + 1), 0}, event));

            await().untilAsserted(() -> assertThat(core.events()).containsExactly("event.old {}"));
        }
        allIsWell();
    }

    @ParameterizedTest
    @EnumSource
    void aSubscriptionWithoutEndEndsItsConnection(Transport transport) throws Exception {
        start(transport);
        for (String address : List.of(addresses.subscribe(), addresses.acknowledge())) {
            try (var peer = RawPeer.greeted(address, "SUB")) {
                byte[] longest = new byte[1 + Bus.MAX_PREFIX_BYTES];
                longest[0] = 1;
                peer.send(RawPeer.frame(0, longest));
                byte[] tooLong = new byte[1_000_000];
                tooLong[0] = 1;
                peer.sendRegardless(RawPeer.frame(0, tooLong));

                peer.awaitEnd();
            }
        }
        await().untilAsserted(
                        () -> assertThat(core.counters().subscribedPrefixes()).isZero());
        allIsWell();
    }

    @ParameterizedTest
    @EnumSource
    void whatSubscribersSayIsNotListenedTo(Transport transport) throws Exception {
        start(transport);
        for (String address : List.of(addresses.subscribe(), addresses.acknowledge())) {
            try (var peer = RawPeer.greeted(address, "SUB")) {
                peer.send(RawPeer.frame(0, new byte[] {1, 'e'}));
                for (int i = 0; i < 50_000; i++) {
                    peer.send(RawPeer.frame(0, new byte[] {2, 'e'}));
                }
                peer.send(RawPeer.frame(0, new byte[0]));
                peer.send(RawPeer.frame(0, new byte[] {0, 'n', 'e', 'v', 'e', 'r'}));
                peer.send(RawPeer.frame(4, new byte[] {4, 'P', 'I', 'N', 'G'})); // cut short
                if (address.equals(addresses.subscribe())) {
                    await().untilAsserted(() ->
                            assertThat(core.counters().subscribedPrefixes()).isEqualTo(1));
                }
            }
        }
        allIsWell();
    }
}
