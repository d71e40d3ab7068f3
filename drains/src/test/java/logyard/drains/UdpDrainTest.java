package logyard.drains;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static logyard.drains.Batches.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import logyard.core.drain.Drain;
import logyard.core.drain.InvalidDrainException;
import logyard.core.router.DropReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpDrainTest {
    private final UdpDrainType type = new UdpDrainType();
    private DatagramSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.setSoTimeout(60_000);
        server.setReceiveBufferSize(1 << 20);
    }

    @AfterEach
    void close() {
        server.close();
        type.close();
    }

    private String uri() {
        return "udp://127.0.0.1:" + server.getLocalPort();
    }

    private Drain open() throws Exception {
        return type.open(Batches.spec(uri()), Batches.allowing()).get(60, SECONDS);
    }

    private static String received(DatagramSocket from) throws IOException {
        var packet = new DatagramPacket(new byte[70_000], 70_000);
        from.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), UTF_8);
    }

    @Test
    void sendsEachEventAsADatagramThatEndsInALineFeed() throws Exception {
        Drain drain = open();

        on(drain, () -> drain.write(Batches.of("{\"n\":1}", "{\"n\":2}"))).get(60, SECONDS);

        assertThat(received(server)).isEqualTo("{\"n\":1}\n");
        assertThat(received(server)).isEqualTo("{\"n\":2}\n");
    }

    @Test
    void sendsTheLargestDatagramThereIs() throws Exception {
        Drain drain = open();
        String largest = "x".repeat(drain.maxEventBytes() - 1);

        on(drain, () -> drain.write(Batches.of(largest))).get(60, SECONDS);

        assertThat(received(server)).hasSize(65_507).isEqualTo(largest + "\n");
    }

    @Test
    void dropsAndCountsALargerEventAndGoesOn(@TempDir Path folder) throws Exception {
        Path journal = Files.createDirectory(folder.resolve("journal"));
        try (var drain = new SupervisedDrain(journal, type, uri(), Clock.systemUTC())) {
            drain.event("systail.a.1", "x".repeat(65_507));
            drain.event("systail.a.1", "2");

            assertThat(received(server)).contains("1 message dropped since ", ": larger than the target takes");
            assertThat(received(server)).isEqualTo("2\n");
            await().untilAsserted(
                            () -> assertThat(drain.status().cursor().account().dropped(DropReason.TOO_LARGE))
                                    .isEqualTo(1));
            assertThat(drain.state()).isEqualTo("RUNNING");
        }
    }

    @Test
    void showsInTheStatusThatNobodyListens(@TempDir Path folder) throws Exception {
        Path journal = Files.createDirectory(folder.resolve("journal"));
        String nobody = uri();
        server.close();
        try (var drain = new SupervisedDrain(journal, type, nobody, Clock.systemUTC())) {
            await().untilAsserted(() -> {
                drain.event("systail.a.1", "lost");
                assertThat(drain.status().refusals()).isPositive();
            });

            assertThat(drain.state()).isEqualTo("RUNNING");
        }
    }

    @Test
    void goesOnWhenNobodyListens() throws Exception {
        UdpDrain drain = (UdpDrain) open();
        int port = server.getLocalPort();
        server.close();
        await().untilAsserted(() -> {
            on(drain, () -> drain.write(Batches.of("lost", "lost", "lost"))).join();
            assertThat(on(drain, () -> CompletableFuture.completedFuture(drain.refusals()))
                            .join())
                    .isGreaterThanOrEqualTo(2);
        });

        server = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setSoTimeout(100);
        await().ignoreException(java.net.SocketTimeoutException.class).untilAsserted(() -> {
            on(drain, () -> drain.write(Batches.of("there"))).join();
            assertThat(received(server)).isEqualTo("there\n");
        });

        assertThat(drain.failure().toCompletableFuture()).isNotDone();
    }

    @Test
    void losesNothingOnTheWayToTheSystemWhenThereIsMuch() throws Exception {
        Drain drain = open();
        int events = 200; // as many as any receive buffer holds
        var values = new String[events];
        java.util.Arrays.setAll(values, i -> "" + i);

        CompletableFuture<Void> written = on(drain, () -> drain.write(Batches.of(values)));

        written.get(60, SECONDS);
        for (int i = 0; i < events; i++) {
            assertThat(received(server)).isEqualTo(i + "\n");
        }
    }

    @Test
    void followsANameThatMoves() throws Exception {
        var address = new AtomicReference<>(InetAddress.getByName("127.0.0.2"));
        try (var moving = new UdpDrainType(
                        host -> CompletableFuture.completedFuture(List.of(address.get())), Duration.ofMillis(20));
                var before = new DatagramSocket(new InetSocketAddress("127.0.0.2", server.getLocalPort()))) {
            before.setSoTimeout(60_000);
            Drain drain = moving.open(Batches.spec(uri()), Batches.allowing()).get(60, SECONDS);
            on(drain, () -> drain.write(Batches.of("before"))).join();
            assertThat(received(before)).isEqualTo("before\n");

            address.set(InetAddress.getLoopbackAddress());

            server.setSoTimeout(100);
            await().ignoreException(java.net.SocketTimeoutException.class).untilAsserted(() -> {
                on(drain, () -> drain.write(Batches.of("after"))).join();
                assertThat(received(server)).isEqualTo("after\n");
            });
        }
    }

    @Test
    void saysWhyItCannotSend() {
        assertThatThrownBy(() -> type.open(Batches.spec("udp://nowhere.invalid:1"), Batches.allowing())
                        .get(60, SECONDS))
                .hasMessageContaining("dial udp nowhere.invalid:1: no such host");
    }

    @ParameterizedTest
    @CsvSource({"udp://h, a host and a port", "udp://h:0, from 1 to 65535", "udp:///x, a host and a port"})
    void refusesWhatCanNeverWork(String uri, String remedy) {
        assertThatThrownBy(() -> type.check(Batches.spec(uri), Batches.allowing()))
                .isInstanceOf(InvalidDrainException.class)
                .hasMessageContaining(remedy);
    }
}
