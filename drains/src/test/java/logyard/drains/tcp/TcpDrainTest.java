package logyard.drains.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static logyard.drains.Batches.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainBatch;
import logyard.core.drain.InvalidDrainException;
import logyard.drains.Batches;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpDrainTest {
    private final TcpDrainType type = new TcpDrainType();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        server.setSoTimeout(60_000);
        server.setReceiveBufferSize(64 << 10); // or else the kernel may take any amount for a target that does not read
    }

    @AfterEach
    void close() throws IOException {
        server.close();
        type.close();
    }

    private CompletableFuture<Drain> opening(String target) {
        return type.open(Batches.spec("tcp://" + target), Batches.allowing());
    }

    private Drain open() throws Exception {
        return opening("127.0.0.1:" + server.getLocalPort()).get(60, SECONDS);
    }

    @Test
    void sendsEachEventAsALine() throws Exception {
        Drain drain = open();
        try (Socket connection = server.accept()) {
            on(drain, () -> drain.write(Batches.of("{\"n\":1}", "{\"n\":2}"))).get(60, SECONDS);

            assertThat(connection.getInputStream().readNBytes(16))
                    .asString(UTF_8)
                    .isEqualTo("{\"n\":1}\n{\"n\":2}\n");
        }
    }

    @Test
    void noticesWithoutTrafficThatTheTargetClosed() throws Exception {
        Drain drain = open();
        server.accept().close();

        assertThatThrownBy(() -> drain.failure().toCompletableFuture().get(60, SECONDS))
                .hasRootCauseMessage("the target closed the connection");
    }

    @Test
    void noticesAReset() throws Exception {
        Drain drain = open();
        try (Socket connection = server.accept()) {
            connection.setSoLinger(true, 0);
        }

        assertThatThrownBy(() -> drain.failure().toCompletableFuture().get(60, SECONDS))
                .hasMessageContaining("the target reset the connection");
    }

    @Test
    void knowsAtTheCloseThatTheTargetHasEverything() throws Exception {
        Drain drain = open();
        try (Socket connection = server.accept()) {
            on(drain, () -> drain.write(Batches.of("{}"))).get(60, SECONDS);

            CompletableFuture<Boolean> closed = on(drain, drain::close);
            connection.getInputStream().readAllBytes();
            connection.close();

            assertThat(closed.get(60, SECONDS)).isTrue();
        }
    }

    @Test
    void hasMorePatienceIfItIsToldTo() throws Exception {
        Drain drain = open();
        try (Socket connection = server.accept()) {
            on(drain, () -> drain.write(Batches.of("{}"))).get(60, SECONDS);

            CompletableFuture<Boolean> closed = on(drain, () -> drain.close(Duration.ofMinutes(1)));
            connection.getInputStream().readAllBytes();
            assertThat(CompletableFuture.anyOf(closed)
                            .completeOnTimeout(null, 1, SECONDS)
                            .get())
                    .as("before the target has ended its side")
                    .isNull();
            connection.close();

            assertThat(closed.get(60, SECONDS)).isTrue();
        }
    }

    @Test
    void doesNotKnowIfTheTargetKeepsSilent() throws Exception {
        Drain drain = open();
        try (Socket connection = server.accept()) {
            CompletableFuture<Boolean> closed = on(drain, drain::close);

            assertThat(closed.get(60, SECONDS)).isFalse();
            assertThat(connection.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void waitsForATargetThatDoesNotRead() throws Exception {
        Drain drain = open();
        try (Socket connection = server.accept()) {
            DrainBatch batch = Batches.of("{\"text\":\"" + "x".repeat(32 << 20) + "\"}");

            CompletableFuture<Void> written = on(drain, () -> drain.write(batch));

            assertThatThrownBy(() -> written.get(1, SECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(connection.getInputStream().readNBytes(batch.length())).hasSize(batch.length());
            written.get(60, SECONDS);
        }
    }

    @Test
    void seesATargetTakeAPartOfABatch() throws Exception {
        Drain drain = open();
        try (Socket connection = server.accept()) {
            CompletableFuture<Void> written =
                    on(drain, () -> drain.write(Batches.of("{\"text\":\"" + "x".repeat(32 << 20) + "\"}")));

            connection.getInputStream().readNBytes(8 << 20);

            assertThat(taken(drain)).isGreaterThanOrEqualTo(8 << 20);
            assertThat(written).isNotDone();
        }
    }

    private static long taken(Drain drain) throws Exception {
        return on(drain, () -> CompletableFuture.completedFuture(drain.taken())).get(60, SECONDS);
    }

    @Test
    void saysWhyItCannotConnect() throws IOException {
        int port = server.getLocalPort();
        server.close();

        assertThatThrownBy(() -> opening("127.0.0.1:" + port).get(60, SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageEndingWith("dial tcp 127.0.0.1:" + port + ": connection refused");
        assertThatThrownBy(() -> opening("nowhere.invalid:1").get(60, SECONDS))
                .hasMessageEndingWith("dial tcp nowhere.invalid:1: no such host");
    }

    /** At 40 moments: before the name is known, while it connects, and when it has just connected. */
    @Test
    void leavesNoConnectionWheneverAnAttemptIsGivenUp() throws Exception {
        int attempts = 40; // fewer than the server's backlog
        int givenUp = 0;
        for (int n = 0; n < attempts; n++) {
            CompletableFuture<Drain> opening = opening("127.0.0.1:" + server.getLocalPort());
            LockSupport.parkNanos(n * 20_000L);
            if (opening.cancel(true)) {
                givenUp++;
            } else {
                opening.get(60, SECONDS).close();
            }
        }

        assertThat(givenUp).isPositive();
        server.setSoTimeout(500);
        for (int n = 0; n < attempts; n++) {
            try (Socket connection = server.accept()) {
                connection.setSoTimeout(60_000);
                assertThat(connection.getInputStream().read()).isEqualTo(-1);
            } catch (SocketTimeoutException e) {
                assertThat(e).hasMessage("Accept timed out");
                break;
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tcp://h, a host and a port",
        "tcp://:514, a host and a port",
        "tcp://h:, a host and a port",
        "tcp:///x, a host and a port",
        "tcp://h:0, from 1 to 65535",
        "tcp://h:99999, from 1 to 65535",
        "tcp://::1:514, brackets"
    })
    void refusesWhatCanNeverWork(String uri, String remedy) {
        assertThatThrownBy(() -> type.check(Batches.spec(uri), Batches.allowing()))
                .isInstanceOf(InvalidDrainException.class)
                .hasMessageContaining(remedy);
    }
}
