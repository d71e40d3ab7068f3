package logyard.kato;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import logyard.config.ConfigPath;
import logyard.config.zookeeper.TestZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kato remote} as systemd runs it, with a real ZooKeeper and a real client. */
class RemoteMainIT {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private static HttpResponse<String> post(String address, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + address + "/"))
                .header("Authorization", "Bearer " + TOKEN)
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.ofString(body))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    /** Of a client that holds a thread until it is cut off. */
    private static Socket halfARequest(String address) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(address.replaceFirst(".*:", "")));
        socket.getOutputStream()
                .write(("POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN
                                + "\r\nContent-Length: 100\r\n\r\n{")
                        .getBytes(US_ASCII));
        return socket;
    }

    @Test
    void changesDrainsUntilItIsToldToEnd() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        Path logs = Files.createDirectory(folder.resolve("logs"));
        try (var zooKeeper = TestZooKeeper.started();
                var remote = ChildProcess.start(
                        folder,
                        KatoMain.class,
                        Map.of(),
                        "--set",
                        "zk.connect=" + zooKeeper.connect(),
                        "--set",
                        "zk.acl=open",
                        "--set",
                        "logs.dir=" + logs,
                        "remote",
                        "--listen",
                        "127.0.0.1:0",
                        "--token-file",
                        token.toString())) {
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(remote.out()).startsWith("Listening at 127.0.0.1:"));
            String address = remote.out().strip().replace("Listening at ", "");

            Socket slow = halfARequest(address);
            var added = post(address, "{\"subcommand\":\"add\",\"arguments\":[\"-uri\",\"tcp://h:1\",\"x\"]}");
            var again = post(address, "{\"subcommand\":\"add\",\"arguments\":[\"-uri\",\"tcp://h:1\",\"x\"]}");
            var listed = post(address, "{\"subcommand\":\"list\"}");
            slow.setSoTimeout(60_000);
            int fromSlow = slow.getInputStream().read();
            slow.close();
            remote.signal("TERM");

            assertThat(fromSlow).as("what a request gets that never ends").isEqualTo(-1);
            assertThat(added.statusCode()).as(added.body()).isEqualTo(200);
            assertThat(added.body()).isEqualTo("{\"name\":\"x\",\"uri\":\"tcp://h:1\"}\n");
            assertThat(again.statusCode()).isEqualTo(500);
            assertThat(again.body()).startsWith("{\"error\":\"there is a drain x already");
            assertThat(listed.body()).isEqualTo("{\"x\":\"tcp://h:1\"}\n");
            assertThat(zooKeeper.children(ConfigPath.DRAINS.toString())).containsExactly("x");
            assertThat(remote.awaitEnd()).isZero();
            assertThat(remote.err()).isEmpty();
            assertThat(Files.readString(logs.resolve("kato.log")).lines()).hasSize(2);
        }
    }
}
