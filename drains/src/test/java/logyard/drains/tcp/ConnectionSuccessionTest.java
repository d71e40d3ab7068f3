package logyard.drains.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static logyard.drains.Batches.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import logyard.core.drain.DrainSpec.HostAndPort;
import logyard.drains.Batches;
import logyard.drains.net.Network;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection that is replaced when it is old; here it is old soon. */
class ConnectionSuccessionTest {
    private static final Duration AGE = Duration.ofMillis(300);

    private final Network network = Network.share();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setSoTimeout(20_000);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        network.close();
    }

    private TcpDrain open(Duration maxAge) throws Exception {
        var settings =
                new TcpSettings(new HostAndPort("127.0.0.1", server.getLocalPort()), false, maxAge, Optional.empty());
        var dialer = new TcpDialer(settings, network, Batches.allowing(), Duration.ofSeconds(10));
        return new TcpDrain("mine", settings, dialer.connect(Optional.empty()).get(20, SECONDS), dialer);
    }

    private static CompletableFuture<Void> write(TcpDrain drain, String value) {
        return on(drain, () -> drain.write(Batches.of(value)));
    }

    private static String readToTheEnd(Socket connection) throws IOException {
        return new String(connection.getInputStream().readAllBytes(), UTF_8);
    }

    @Test
    void goesOverToTheNextTargetWithoutLossOrRepeat() throws Exception {
        TcpDrain drain = open(AGE);
        InetSocketAddress address = (InetSocketAddress) server.getLocalSocketAddress();
        try (Socket first = server.accept()) {
            write(drain, "1").get(20, SECONDS);
            server.close(); // whoever listens from now on is another one
            server = new ServerSocket(address.getPort(), 50, address.getAddress());
            server.setSoTimeout(20_000);
            try (Socket second = server.accept()) {
                CompletableFuture<Void> written = write(drain, "2");

                // The first target is still reading; the second one gets nothing before that is over.
                String all = readToTheEnd(first);
                first.close();
                written.get(20, SECONDS);
                all += new String(second.getInputStream().readNBytes(4 - all.length()), UTF_8);

                assertThat(all).isEqualTo("1\n2\n");
            }
        }
    }

    @Test
    void endsTheOldConnectionInOrder() throws Exception {
        TcpDrain drain = open(AGE);
        for (int i = 0; i < 5; i++) {
            try (Socket connection = server.accept()) {
                assertThat(connection.getInputStream().read()).isEqualTo(-1);
            }
        }

        assertThat(drain.failure().toCompletableFuture()).isNotDone();
        on(drain, drain::close).get(20, SECONDS);
    }

    /** As some do that read what comes and close nothing: their kernel has everything, which is what a drain relies on. */
    @Test
    void doesNotWaitForEverForATargetThatKeepsItsSideOpen() throws Exception {
        TcpDrain drain = open(AGE);
        try (Socket first = server.accept();
                Socket second = server.accept()) {
            write(drain, "1").get(20, SECONDS);
            assertThat(readToTheEnd(first) + (char) second.getInputStream().read())
                    .contains("1");
        }
    }

    @Test
    void failsIfTheTargetBreaksOffInsteadOfReading() throws Exception {
        TcpDrain drain = open(AGE);
        try (Socket first = server.accept()) {
            write(drain, "x".repeat(100_000)).get(20, SECONDS);
            try (Socket second = server.accept()) {
                first.setSoLinger(true, 0);
                first.close();

                assertThatThrownBy(() -> drain.failure().toCompletableFuture().get(20, SECONDS))
                        .hasMessageContaining("the target");
                assertThat(second.getInputStream().available()).isZero();
            }
        }
    }

    @Test
    void keepsItsConnectionWhenThereIsNoOther() throws Exception {
        TcpDrain drain = open(AGE);
        try (Socket first = server.accept()) {
            server.close();
            first.setSoTimeout(2_000); // long enough for several attempts

            assertThatThrownBy(() -> first.getInputStream().read()).hasMessageContaining("timed out");
            write(drain, "1").get(20, SECONDS);
            assertThat(first.getInputStream().readNBytes(2)).asString(UTF_8).isEqualTo("1\n");
        }
    }

    /** Its kernel acknowledges what there is room for; the rest is neither gone nor confirmed. */
    @Test
    void isNotQuietWhileTheTargetHasNoRoom() throws Exception {
        server.setReceiveBufferSize(4096);
        TcpDrain drain = open(Duration.ZERO);
        try (Socket connection = server.accept()) {
            write(drain, "x".repeat(100_000)).get(20, SECONDS);

            assertThat(isQuiet(drain)).isFalse();
            connection.getInputStream().readNBytes(100_001);
            await().untilAsserted(() -> assertThat(isQuiet(drain)).isTrue());
        }
    }

    private static boolean isQuiet(TcpDrain drain) throws Exception {
        return on(drain, () -> CompletableFuture.completedFuture(drain.isQuiet()))
                .get(20, SECONDS);
    }
}
