package logyard.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import logyard.config.ConfigPath;
import logyard.config.zookeeper.TestZooKeeper;
import logyard.core.bus.AckedPublisher;
import logyard.core.bus.Bus;
import logyard.core.event.BatchBuilder;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kato log top} on a cluster of three real cores. */
class TopIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WANTED = ConfigPath.FIGURES_WANTED.toString();
    private static final String SHOWN = ConfigPath.FIGURES_SHOWN.toString();

    @TempDir
    Path folder;

    private final TestZooKeeper zooKeeper = TestZooKeeper.started();
    private final List<TestNode> nodes = new ArrayList<>();
    private final List<Process> started = new ArrayList<>();
    private Receiver receiver;

    @BeforeEach
    void startCores() throws IOException {
        receiver = new Receiver();
        for (int i = 1; i <= 3; i++) {
            TestNode node = TestNode.join(zooKeeper, Files.createDirectory(folder.resolve("node" + i)), "127.0.0." + i);
            nodes.add(node);
            node.start("logyard");
        }
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
        for (TestNode node : nodes) {
            node.close();
        }
        receiver.close();
        zooKeeper.close();
    }

    private TestNode first() {
        return nodes.get(0);
    }

    /** Has the core of a node take in so many events of one key, and waits until it has stored them. */
    private static void publish(TestNode node, String key, int events) {
        publish(node, key, "x", events);
    }

    private static void publish(TestNode node, String key, String text, int events) {
        try (var bus = new Bus(node.bus());
                var publisher = AckedPublisher.start(bus, "test", AckedPublisher.DEFAULT_BOUND_BYTES, new Unheard())) {
            var batch = new BatchBuilder(
                    "test", new StreamId(key.hashCode(), node.address().hashCode()), 0);
            for (int i = 0; i < events; i++) {
                batch.event().append(key + " {\"text\":\"" + text + "\"}");
                batch.endEvent(i + 1);
            }
            publisher.publish(batch.finish());
            assertThat(publisher.awaitAcknowledged(PATIENCE)).isTrue();
        }
    }

    private static final class Unheard implements AckedPublisher.Listener {
        @Override
        public void acknowledged(StreamId stream, long position) {}

        @Override
        public void roomAgain() {}
    }

    private JsonNode top(String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("log", "top", "--json", "--interval", "1"));
        arguments.addAll(List.of(more));
        TestNode.Result top = first().run("kato", arguments.toArray(String[]::new));
        assertThat(top.exit()).as(top.err()).isZero();
        return new JsonMapper().readTree(top.out());
    }

    private Process start(List<String> command, Path out) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        started.add(process);
        return process;
    }

    private static String uri(int port, String more) {
        return "tcp://127.0.0.1:" + port + "?filter=systail.top&format=raw" + more;
    }

    @Test
    void showsExactlyWhatWasSent() throws Exception {
        first().tree().set(ConfigPath.DRAINS.child("target"), TextNode.valueOf(uri(receiver.port(), "")));
        for (TestNode node : nodes) {
            node.awaitState("target", "RUNNING");
        }

        for (int i = 0; i < nodes.size(); i++) {
            publish(nodes.get(i), "systail.top." + nodes.get(i).address(), 1000 * (i + 1));
            publish(nodes.get(i), "event.hello", 7);
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode json = top();
            assertThat(json.at("/streams/systail.top/events").asLong()).isEqualTo(6000);
            assertThat(json.at("/streams/systail.top/bytes").asLong())
                    .isEqualTo(6000L * "systail.top.127.0.0.1 {\"text\":\"x\"}".length());
            assertThat(json.at("/streams/systail.top/nodes").asInt()).isEqualTo(3);
            assertThat(json.at("/streams/event.hello/events").asLong()).isEqualTo(21);
            assertThat(json.at("/nodes/127.0.0.2/streams/systail.top/events").asLong())
                    .isEqualTo(2000);
            JsonNode drain = json.at("/drains/target");
            assertThat(drain.path("state").asText()).isEqualTo("RUNNING");
            assertThat(drain.path("delivered").asLong()).isEqualTo(6000);
            assertThat(drain.path("pending").asLong()).isZero();
            assertThat(drain.path("lag_seconds").asDouble()).isZero();
            assertThat(drain.path("dropped").asLong()).isZero();
            assertThat(json.at("/streams/systail.top/events_per_second").asDouble())
                    .isZero();
        });
        assertThat(receiver.others()).hasSize(6000);
        assertThat(zooKeeper.children(WANTED)).isEmpty();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(zooKeeper.children(SHOWN)).isEmpty());
    }

    @Test
    void showsADrainThatTakesNothing() throws Exception {
        try (var blackHole = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            first().tree().set(ConfigPath.DRAINS.child("hole"), TextNode.valueOf(uri(blackHole.getLocalPort(), "")));
            first().awaitState("hole", "RUNNING"); // the kernel accepts, and nobody reads
            for (int i = 0; i < 60; i++) { // more than a kernel keeps for a connection
                publish(first(), "systail.top." + i, "x".repeat(1000), 500);
            }

            await().atMost(PATIENCE).untilAsserted(() -> {
                JsonNode drain = top("--local").at("/drains/hole");
                assertThat(drain.path("pending").asLong()).isPositive();
                assertThat(drain.path("lag_seconds").asDouble()).isGreaterThan(2);
                assertThat(drain.path("delivered").asLong()
                                + drain.path("pending").asLong())
                        .isEqualTo(30_000);
            });
        }

        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode drain = top("--local").at("/drains/hole");
            assertThat(drain.path("state").asText()).isEqualTo("RETRYING");
            assertThat(drain.path("error").asText()).isNotEmpty();
        });
    }

    @Test
    void showsThatANodeIsGone() throws Exception {
        Path out = folder.resolve("top.out");
        Process top = startOnTerminal(out);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(screen(out)).contains("kato log top: 3 nodes; in"));

        nodes.get(2).kill("logyard");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(screen(out))
                        .contains("kato log top: 3 nodes, 1 gone; in")
                        .containsPattern("127\\.0\\.0\\.3 +gone +- +- +- +-"));
        quit(top, "q");
    }

    @Test
    void leavesNothingBehindWhenItIsKilled() throws Exception {
        Path out = folder.resolve("top.out");
        Process top = start(first().command("kato", "log", "top", "--json", "--interval", "60"), out);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(zooKeeper.children(WANTED)).hasSize(1);
            assertThat(zooKeeper.children(SHOWN)).containsExactlyInAnyOrder("127.0.0.1", "127.0.0.2", "127.0.0.3");
        });

        top.destroyForcibly();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(zooKeeper.children(WANTED)).isEmpty();
            assertThat(zooKeeper.children(SHOWN)).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"q", "\003"})
    void endsByAKeyAndGivesTheTerminalBack(String end) throws Exception {
        Path out = folder.resolve("top.out");
        Process top = startOnTerminal(out);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(screen(out)).contains("127.0.0.1").contains("by events"));

        type(top, "s");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(screen(out)).contains("by bytes"));
        quit(top, end);

        String all = Files.readString(out);
        assertThat(all).contains("\033[?1049h").contains("\033[?25h\033[?1049l");
        assertThat(all.substring(all.lastIndexOf("\033[?1049l")))
                .contains("icanon")
                .contains(" echo ")
                .contains("status 0");
        assertThat(zooKeeper.children(WANTED)).isEmpty();
    }

    /** On a terminal of 100 columns; says at the end how kato left it. */
    private Process startOnTerminal(Path out) throws IOException {
        String kato = String.join(" ", first().command("kato", "log", "top", "--interval", "1"));
        return start(
                List.of(
                        "env", // what starts these tests may have had SIGINT ignored, which lasts
                        "--default-signal=INT",
                        "TERM=xterm",
                        "script",
                        "--quiet",
                        "--flush",
                        "--command",
                        "trap : INT; stty cols 100 rows 30; " + kato + "; echo status $?; stty -a",
                        "/dev/null"),
                out);
    }

    private static void type(Process terminal, String keys) throws IOException {
        OutputStream keyboard = terminal.getOutputStream();
        keyboard.write(keys.getBytes(UTF_8));
        keyboard.flush();
    }

    private static void quit(Process top, String key) throws Exception {
        type(top, key);
        assertThat(top.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** What was drawn last. */
    private static String screen(Path out) throws IOException {
        String all = Files.readString(out);
        return all.substring(Math.max(0, all.lastIndexOf("\033[H"))).replaceAll("\033\\[[?0-9;]*[A-Za-z]", "");
    }
}
