package logyard.drains.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.joining;
import static logyard.drains.Batches.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
        server.setSoTimeout(60_000);
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        network.close();
    }

    private static TcpSettings settings(int port, Duration maxAge) {
        return new TcpSettings(new HostAndPort("127.0.0.1", port), false, maxAge, Optional.empty());
    }

    private TcpDialer dialer(int port, Duration maxAge) {
        return new TcpDialer(settings(port, maxAge), network, Batches.allowing(), Duration.ofSeconds(60));
    }

    private TcpDrain open(Duration maxAge) throws Exception {
        var dialer = dialer(server.getLocalPort(), maxAge);
        return new TcpDrain(
                "mine",
                settings(server.getLocalPort(), maxAge),
                dialer.connect(Optional.empty()).get(60, SECONDS),
                dialer);
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
        var targets = new Targets(true);
        targets.start();
        for (int i = 0; i < 20; i++) {
            int connections = targets.connections.get();
            write(drain, "" + i).get(60, SECONDS);
            await().until(() -> targets.connections.get() > connections);
        }

        on(drain, drain::close).get(60, SECONDS);

        String all = IntStream.range(0, 20).mapToObj(i -> i + "\n").collect(joining());
        await().untilAsserted(() -> assertThat(targets.received()).isEqualTo(all));
        server.close();
        targets.join();
    }

    /** Reads one connection to its end before it reads the next, and so gets what each is sent in their order. */
    private final class Targets extends Thread {
        final AtomicInteger connections = new AtomicInteger();
        private final Queue<String> received = new ConcurrentLinkedQueue<>();
        private final List<Socket> open = new ArrayList<>();
        private final boolean closing;

        /** @param closing whether each connection is closed when it has come to its end */
        Targets(boolean closing) {
            super("targets");
            this.closing = closing;
        }

        @Override
        public void run() {
            try {
                while (!server.isClosed()) {
                    Socket connection = server.accept();
                    open.add(connection);
                    connections.incrementAndGet();
                    received.add(readToTheEnd(connection));
                    if (closing) {
                        connection.close();
                    }
                }
            } catch (IOException e) {
                assertThat(server.isClosed()).isTrue();
            } finally {
                open.forEach(ConnectionSuccessionTest::close);
            }
        }

        String received() {
            return String.join("", received);
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
        on(drain, drain::close).get(60, SECONDS);
    }

    /** As some do that read what comes and close nothing: their kernel has everything, which is what a drain relies on. */
    @Test
    void doesNotWaitForEverForATargetThatKeepsItsSideOpen() throws Exception {
        TcpDrain drain = open(AGE);
        var targets = new Targets(false);
        targets.start();
        for (int i = 0; i < 3; i++) {
            int connections = targets.connections.get();
            write(drain, "" + i).get(60, SECONDS);
            await().until(() -> targets.connections.get() > connections);
        }

        on(drain, drain::close).get(60, SECONDS);

        await().untilAsserted(() -> assertThat(targets.received()).isEqualTo("0\n1\n2\n"));
        server.close();
        targets.join();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void failsIfTheTargetBreaksOffInsteadOfReading() throws Exception {
        server.setReceiveBufferSize(4096); // so that it cannot have taken everything
        TcpDrain drain = open(AGE);
        try (Socket first = server.accept()) {
            write(drain, "x".repeat(100_000)).get(60, SECONDS);
            try (Socket second = server.accept()) {
                first.setSoLinger(true, 0);
                first.close();

                assertThatThrownBy(() -> drain.failure().toCompletableFuture().get(60, SECONDS))
                        .hasMessageContaining("the target");
                assertThat(second.getInputStream().available()).isZero();
            }
        }
    }

    @Test
    void keepsItsConnectionWhenThereIsNoOther() throws Exception {
        try (var deaf = new Socket()) {
            deaf.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // and does not listen
            TcpConnection connection =
                    dialer(server.getLocalPort(), AGE).connect(Optional.empty()).get(60, SECONDS);
            var drain = new TcpDrain(
                    "mine", settings(deaf.getLocalPort(), AGE), connection, dialer(deaf.getLocalPort(), AGE));
            try (Socket first = server.accept()) {
                first.setSoTimeout(2_000); // long enough for several attempts

                assertThatThrownBy(() -> first.getInputStream().read()).hasMessageContaining("timed out");
                write(drain, "1").get(60, SECONDS);
                assertThat(first.getInputStream().readNBytes(2)).asString(UTF_8).isEqualTo("1\n");
            }
        }
    }

    /** Its kernel acknowledges what there is room for; the rest is neither gone nor confirmed. */
    @Test
    void isNotQuietWhileTheTargetHasNoRoom() throws Exception {
        server.setReceiveBufferSize(4096);
        TcpDrain drain = open(Duration.ZERO);
        try (Socket connection = server.accept()) {
            write(drain, "x".repeat(100_000)).get(60, SECONDS);

            assertThat(isQuiet(drain)).isFalse();
            connection.getInputStream().readNBytes(100_001);
            await().untilAsserted(() -> assertThat(isQuiet(drain)).isTrue());
        }
    }

    private static boolean isQuiet(TcpDrain drain) throws Exception {
        return on(drain, () -> CompletableFuture.completedFuture(drain.isQuiet()))
                .get(60, SECONDS);
    }
}
