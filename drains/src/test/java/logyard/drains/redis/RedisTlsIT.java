package logyard.drains.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainEnvironment;
import logyard.drains.Batches;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Redis over TLS, with a certificate of a CA that was made for the test. */
class RedisTlsIT {
    @TempDir
    Path folder;

    private final RedisDrainType type = new RedisDrainType();
    private final int tlsPort = RedisServer.freePort();
    private RedisServer server;

    @BeforeEach
    void start() throws Exception {
        openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=test-ca -days 2");
        openssl("req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -subj /CN=other -days 2");
        openssl("req -newkey rsa:2048 -nodes -keyout redis.key -out redis.csr -subj /CN=redis");
        Files.writeString(folder.resolve("names"), "subjectAltName=IP:127.0.0.1");
        openssl(
                "x509 -req -in redis.csr -CA ca.pem -CAkey ca.key -CAcreateserial -extfile names -out redis.pem -days 2");
        server = RedisServer.start(
                folder,
                "--tls-port",
                "" + tlsPort,
                "--tls-cert-file",
                folder.resolve("redis.pem").toString(),
                "--tls-key-file",
                folder.resolve("redis.key").toString(),
                "--tls-ca-cert-file",
                folder.resolve("ca.pem").toString(),
                "--tls-auth-clients",
                "no",
                "--requirepass",
                "word");
    }

    private void openssl(String arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(("openssl " + arguments).split(" "))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor()).isZero();
    }

    @AfterEach
    void stop() throws Exception {
        type.close();
        server.close();
    }

    private Drain open(String uri) throws Exception {
        return type.open(Batches.spec(uri), new DrainEnvironment(List.of(), () -> "", folder))
                .get(60, SECONDS);
    }

    @Test
    void trustsTheCaThatIsNamed() throws Exception {
        Drain drain = open("rediss://:word@127.0.0.1:" + tlsPort + "?key=k&ca=ca.pem");

        Batches.on(drain, () -> drain.write(Batches.of("1"))).get(60, SECONDS);

        try (RedisClient redis = server.client()) {
            redis.call("AUTH", "word");
            assertThat(redis.list("k")).containsExactly("1\n");
        }
    }

    @Test
    void trustsNobodyElse() {
        String uri = "rediss://:word@127.0.0.1:" + tlsPort;
        String name = "redis 127.0.0.1:" + tlsPort + ": TLS: ";

        assertThatThrownBy(() -> open(uri)).hasMessageContaining(name).hasMessageContaining("certification path");
        assertThatThrownBy(() -> open(uri + "?ca=other.pem"))
                .hasMessageContaining(name)
                .hasMessageContaining("certification path");
        assertThatThrownBy(() -> open("rediss://:word@localhost:" + tlsPort + "?ca=ca.pem"))
                .hasMessageContaining("redis localhost:" + tlsPort + ": TLS: ")
                .hasMessageContaining("localhost");
        assertThatThrownBy(() -> open(uri + "?ca=names")).hasMessageContaining("no certificates in PEM form");
    }

    @Test
    void saysThatTheOtherSideSpeaksNoTls() {
        assertThatThrownBy(() -> open("rediss://:word@" + server.address()))
                .hasMessageContaining("redis " + server.address() + ": ");
    }
}
