package logyard.drains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import logyard.core.drain.DrainType;
import logyard.drains.redis.RedisDrainType;
import logyard.drains.redis.RedisServer;
import logyard.drains.tcp.StoringReceiver;
import logyard.drains.tcp.TcpDrainType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kato log drain test} does with a real Redis and a real TLS receiver. */
class ProbeIT {
    @TempDir
    private Path folder;

    private final Probe probe = new Probe();

    private void probe(DrainType type, String uri) throws Exception {
        probe.run(type, uri, folder);
    }

    @Test
    void pushesOneLineToARedisThatWantsAPassword() throws Exception {
        try (RedisServer server = RedisServer.start(folder, "--requirepass", "s3cret")) {
            probe(new RedisDrainType(), "redis://:s3cret@" + server.address() + "?key=k");

            assertThat(probe.told())
                    .containsExactly(
                            "open", "resolve", "ok", "connect", "ok", "log in", "ok", "send", "ok", "close", "ok");
        }
    }

    @Test
    void failsAtTheLoginWithAWrongPassword() throws Exception {
        try (RedisServer server = RedisServer.start(folder, "--requirepass", "s3cret")) {
            assertThatThrownBy(() -> probe(new RedisDrainType(), "redis://:wr0ng@" + server.address() + "?key=k"))
                    .hasMessageContaining("WRONGPASS")
                    .message()
                    .doesNotContain("wr0ng");
        }
        assertThat(probe.told()).last().isEqualTo("log in");
    }

    @Test
    void failsAtTheNameThatIsUnknown() {
        assertThatThrownBy(() -> probe(new TcpDrainType(), "tcp://no-such-host.invalid:514"))
                .hasMessageContaining("dial tcp no-such-host.invalid:514: no such host");
        assertThat(probe.told()).containsExactly("open", "resolve");
    }

    @Test
    void shakesHandsWithATlsReceiver() throws Exception {
        new Certificates(folder, "ca").issue("target", "ip:127.0.0.1");
        try (var receiver = new StoringReceiver(folder, "tls", 64 << 10)) {
            probe(new TcpDrainType(), "tls://127.0.0.1:" + receiver.port() + "?ca=ca.pem");

            await().untilAsserted(() -> assertThat(receiver.stored()).content().contains("a test\n"));
        }
        assertThat(probe.told())
                .containsExactly(
                        "open", "resolve", "ok", "connect", "ok", "handshake", "ok", "ok", "send", "ok", "close", "ok");
    }

    @Test
    void failsAtTheHandshakeWithACertificateOfSomebodyElse() throws Exception {
        new Certificates(folder, "ca").issue("target", "ip:127.0.0.1");
        new Certificates(Files.createDirectory(folder.resolve("other")), "stranger");
        Files.copy(folder.resolve("other/stranger.pem"), folder.resolve("stranger.pem"));
        try (var receiver = new StoringReceiver(folder, "tls", 64 << 10)) {
            assertThatThrownBy(
                            () -> probe(new TcpDrainType(), "tls://127.0.0.1:" + receiver.port() + "?ca=stranger.pem"))
                    .hasMessageContaining("tls 127.0.0.1:" + receiver.port());
        }
        assertThat(probe.told()).last().isEqualTo("handshake");
    }
}
