package logyard.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code logyard-micro} and its redis-server: what is done with kato is in {@code kato history}. */
class MicroHistoryIT {
    private static final Path BIN = Path.of(System.getProperty("logyard.distribution"), "bin");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern PORT = Pattern.compile("redis://stackato-core:(\\d+)/");

    @TempDir
    Path folder;

    private Process micro;

    private void start(Map<String, String> environment, String redisPort) throws IOException {
        var builder = new ProcessBuilder(
                        BIN.resolve("logyard-micro").toString(),
                        "--home",
                        folder.toString(),
                        "--zookeeper-port",
                        "0",
                        "--redis-port",
                        redisPort,
                        "--set",
                        "journal.min_free_bytes=0")
                .redirectErrorStream(true)
                .redirectOutput(output().toFile());
        builder.environment().putAll(environment);
        micro = builder.start();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Files.readString(output())).contains("Started logyard-micro"));
    }

    private Path output() {
        return folder.resolve("micro.out");
    }

    @AfterEach
    void stop() throws InterruptedException {
        micro.destroy();
        assertThat(micro.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    private String kato(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                BIN.resolve("kato").toString(),
                "--conf",
                folder.resolve("logyard.properties").toString()));
        command.addAll(List.of(arguments));
        Process kato = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(kato.getInputStream().readAllBytes(), UTF_8);
        assertThat(kato.waitFor()).as(text).isZero();
        return text;
    }

    private int redisPort() throws IOException, InterruptedException {
        Matcher port = PORT.matcher(kato("log", "drain", "list", "--json"));
        assertThat(port.find()).isTrue();
        return Integer.parseInt(port.group(1));
    }

    private static boolean listens(int port) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whatIsDoneIsInTheHistory() throws Exception {
        start(Map.of(), "0");
        kato("log", "drain", "add", "mine", "tcp://127.0.0.1:9/?token=hunter2");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(kato("history"))
                        .contains("127.0.0.1        kato ")
                        .contains("log drain add mine tcp://127.0.0.1:9/?token=*** (succeeded)")
                        .doesNotContain("hunter2"));
        assertThat(kato("history", "--node", "127.0.0.2")).isEmpty();
        JsonNode events = new JsonMapper().readTree(kato("history", "--json"));
        assertThat(events)
                .singleElement()
                .satisfies(event -> assertThat(event.path("type").asText()).isEqualTo("kato_action"));
        assertThat(kato("log", "drain", "status", "builtin.katohistory", "builtin.cloudevents", "builtin.apptail")
                        .lines())
                .hasSize(3)
                .allMatch(line -> line.contains("RUNNING["));
    }

    @Test
    void theRedisIsGoneWithIt() throws Exception {
        start(Map.of(), "0");
        int port = redisPort();
        assertThat(listens(port)).isTrue();

        micro.destroy();

        assertThat(micro.waitFor(60, TimeUnit.SECONDS)).isTrue();
        await().atMost(PATIENCE).until(() -> !listens(port));
    }

    @Test
    void theRedisIsGoneWithItAlsoIfItWasKilled() throws Exception {
        start(Map.of(), "0");
        int port = redisPort();
        assertThat(listens(port)).isTrue();

        micro.destroyForcibly();

        await().atMost(PATIENCE).until(() -> !listens(port));
    }

    @Test
    void withoutARedisTheDrainsSayWhatToInstall() throws Exception {
        Path tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : List.of("dirname", "readlink", "basename")) {
            Files.createSymbolicLink(tools.resolve(tool), Path.of("/usr/bin", tool));
        }
        int nobodys;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobodys = socket.getLocalPort();
        }

        start(Map.of("PATH", tools.toString(), "JAVA_HOME", System.getProperty("java.home")), "" + nobodys);

        assertThat(Files.readString(output())).contains("There is no redis-server in PATH");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(kato("log", "drain", "status", "builtin.katohistory"))
                        .contains("RETRYING[")
                        .contains("connection refused")
                        .contains("apt-get install redis-server"));
    }
}
