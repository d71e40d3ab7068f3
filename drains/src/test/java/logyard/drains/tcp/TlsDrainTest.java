package logyard.drains.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static logyard.drains.Batches.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLServerSocket;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainBatch;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.InvalidDrainException;
import logyard.drains.Batches;
import logyard.drains.Certificates;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsDrainTest {
    @TempDir
    static Path made;

    private static Certificates ours;

    @TempDir
    Path secrets;

    private final TcpDrainType type = new TcpDrainType();
    private ServerSocket server;

    @BeforeAll
    static void issue() throws Exception {
        ours = new Certificates(made, "ca");
        ours.issue("target", "ip:127.0.0.1");
        ours.issueExpired("expired", "ip:127.0.0.1");
        ours.issue("drain", "dns:node-1");
        Certificates unused = new Certificates(made, "stranger");
    }

    @AfterEach
    void close() throws IOException {
        type.close();
        server.close();
    }

    private void give(String file) throws IOException {
        Files.copy(made.resolve(file), secrets.resolve(file));
    }

    /** A target that shows a certificate, and reads what it is sent to the end. */
    private CompletableFuture<String> serve(String certificate, boolean asksForOne) throws Exception {
        var listening = (SSLServerSocket) ours.server(certificate)
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        listening.setNeedClientAuth(asksForOne);
        server = listening;
        return CompletableFuture.supplyAsync(
                () -> {
                    while (true) {
                        try (var connection = listening.accept()) {
                            return new String(connection.getInputStream().readAllBytes(), UTF_8);
                        } catch (IOException e) {
                            if (listening.isClosed()) {
                                return "";
                            }
                        }
                    }
                },
                task -> new Thread(task, "target").start());
    }

    private CompletableFuture<Drain> opening(TcpDrainType type, String host, String parameters) {
        return type.open(
                Batches.spec("tls://" + host + ":" + server.getLocalPort() + parameters),
                new DrainEnvironment(List.of(), () -> "", secrets));
    }

    private Drain open(String parameters) throws Exception {
        return opening(type, "127.0.0.1", parameters).get(60, SECONDS);
    }

    private void write(Drain drain, DrainBatch batch) throws Exception {
        on(drain, () -> drain.write(batch)).get(60, SECONDS);
    }

    @Test
    void sendsEverythingAndKnowsAtTheCloseThatItArrived() throws Exception {
        CompletableFuture<String> received = serve("target", false);
        give("ca.pem");
        String line = "{\"text\":\"" + "é".repeat(100_000) + "\"}";

        Drain drain = open("?ca=ca.pem");
        write(drain, Batches.of(line, line));
        boolean known = on(drain, drain::close).get(60, SECONDS);

        assertThat(received.get(60, SECONDS)).isEqualTo(line + "\n" + line + "\n");
        assertThat(known).isTrue();
    }

    @Test
    void trustsNobodyByDefault() throws Exception {
        serve("target", false);

        assertThatThrownBy(() -> open(""))
                .hasMessageContaining("tls 127.0.0.1:" + server.getLocalPort() + ": TLS: ")
                .hasMessageContaining("certification path");
    }

    @Test
    void trustsTheAuthorityThatIsNamedOnly() throws Exception {
        serve("target", false);
        give("stranger.pem");

        assertThatThrownBy(() -> open("?ca=stranger.pem"))
                .hasMessageContaining("tls 127.0.0.1:" + server.getLocalPort() + ": TLS: ");
    }

    @Test
    void checksTheNameOfTheTarget() throws Exception {
        serve("target", false);
        give("ca.pem");

        assertThatThrownBy(() -> opening(type, "localhost", "?ca=ca.pem").get(60, SECONDS))
                .hasMessageContaining("tls localhost:" + server.getLocalPort() + ": TLS: ")
                .hasMessageContaining("localhost");
    }

    @Test
    void refusesACertificateThatHasExpired() throws Exception {
        serve("expired", false);
        give("ca.pem");

        assertThatThrownBy(() -> open("?ca=ca.pem")).hasMessageContaining("NotAfter");
    }

    @Test
    void showsItsOwnCertificate() throws Exception {
        CompletableFuture<String> received = serve("target", true);
        give("ca.pem");
        give("drain.pem");
        give("drain.key");

        Drain drain = open("?ca=ca.pem&cert=drain.pem&key=drain.key");
        write(drain, Batches.of("{}"));
        on(drain, drain::close).get(60, SECONDS);

        assertThat(received.get(60, SECONDS)).isEqualTo("{}\n");
    }

    /** With TLS 1.3 the target says so only after the connection is open. */
    @Test
    void saysThatTheTargetWantsACertificate() throws Exception {
        serve("target", true);
        give("ca.pem");

        Drain drain = open("?ca=ca.pem");

        assertThatThrownBy(() -> drain.failure().toCompletableFuture().get(60, SECONDS))
                .hasMessageContaining("refused our certificate, or that we show none (cert and key)");
    }

    @Test
    void takesFilesAsTheyAreAtEachConnect() throws Exception {
        serve("target", true);
        give("drain.pem");
        String parameters = "?ca=ca.pem&cert=drain.pem&key=drain.key";

        assertThatThrownBy(() -> open(parameters)).hasMessageContaining(secrets.resolve("ca.pem") + " does not exist");
        Files.writeString(secrets.resolve("ca.pem"), "nothing");
        assertThatThrownBy(() -> open(parameters))
                .hasMessageContaining(secrets.resolve("ca.pem") + " (ca) holds no certificates");
        Files.delete(secrets.resolve("ca.pem"));
        give("ca.pem");
        Files.writeString(secrets.resolve("drain.key"), "-----BEGIN PRIVATE KEY-----\nhalf");
        assertThatThrownBy(() -> open(parameters))
                .hasMessageContaining(secrets.resolve("drain.key") + " (key) a private key");
        Files.delete(secrets.resolve("drain.key"));
        give("drain.key");

        on(open(parameters), () -> CompletableFuture.completedFuture(null)).get(60, SECONDS);
    }

    @Test
    void givesUpATargetThatDoesNotAnswerTheHandshake() throws Exception {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        try (var impatient = new TcpDrainType(Duration.ofMillis(300))) {
            assertThatThrownBy(() -> opening(impatient, "127.0.0.1", "").get(60, SECONDS))
                    .hasMessageContaining(
                            "tls 127.0.0.1:" + server.getLocalPort() + ": no answer to the TLS handshake in time");
        }
    }

    @Test
    void saysThatTheTargetSpeaksNoTls() throws Exception {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        CompletableFuture<Drain> opening = opening(type, "127.0.0.1", "");
        try (var connection = server.accept()) {
            connection.getOutputStream().write("220 mail.example.com ESMTP\r\n".getBytes(UTF_8));

            assertThatThrownBy(() -> opening.get(60, SECONDS)).hasMessageContaining("the target does not speak TLS");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tls://h:1?verify=0, always checked",
        "syslog+tls://h:1?insecure=1, always checked",
        "tls://h:1?ca=../x, name of a file in drain.secrets_dir",
        "tls://h:1?ca=/etc/ssl/ca.pem, name of a file in drain.secrets_dir",
        "tls://h:1?cert=a.pem, cert and key go together",
        "tls://h:1?key=a.key, cert and key go together",
        "tcp://h:1?ca=ca.pem, for tls:// and syslog+tls:// only",
        "tcp://h:1?framing=lines, octet or newline",
        "tcp://h:1?max_conn_age=1, max_conn_age must be a duration",
        "tcp://h:1?max_conn_age=1s, at least 10s",
        "syslog+tls://h, a host and a port"
    })
    void refusesWhatCanNeverWork(String uri, String remedy) throws IOException {
        server = new ServerSocket(0);

        assertThatThrownBy(() -> type.check(Batches.spec(uri), Batches.allowing()))
                .isInstanceOf(InvalidDrainException.class)
                .hasMessageContaining(remedy);
    }
}
