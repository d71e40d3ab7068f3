package logyard.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import logyard.config.ConfigPath;
import logyard.config.zookeeper.TestZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Three nodes, and the Redis of the cluster: what is done with kato on one of them is in {@code kato history} on each. */
class HistoryOfNodesIT {
    private static final Logger log = LoggerFactory.getLogger(HistoryOfNodesIT.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String HISTORY = "builtin.katohistory";

    @TempDir
    Path folder;

    private final List<TestNode> nodes = new ArrayList<>();
    private TestZooKeeper zooKeeper;
    private Process redis;

    @BeforeEach
    void start() throws IOException {
        int port = freePort();
        redis = new ProcessBuilder(
                        "redis-server", "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--dir", folder + "")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.log").toFile())
                .start();
        zooKeeper = TestZooKeeper.started();
        for (String address : List.of("127.0.0.1", "127.0.0.2", "127.0.0.3")) {
            TestNode node = TestNode.join(zooKeeper, folder.resolve(address), address);
            nodes.add(node);
            Files.createFile(node.log("kato")); // else the first thing done may be there before systail looks
            node.start();
            node.start("cloud-events");
        }
        first().tree().set(ConfigPath.MBUS_IP, TextNode.valueOf("127.0.0.1"));
        for (TestNode node : nodes) {
            node.drain(
                    HISTORY,
                    "redis://stackato-core:" + port + "/?filter=event.kato_action&limit=256&key=kato_history",
                    "RUNNING");
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private TestNode first() {
        return nodes.get(0);
    }

    @AfterEach
    void stop() throws Exception {
        for (TestNode node : nodes) {
            node.close();
        }
        zooKeeper.close();
        redis.destroy();
        assertThat(redis.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @Timeout(600)
    void whatIsDoneOnOneNodeIsSeenOnEach() throws Exception {
        Map<String, Instant> done = new HashMap<>();
        for (TestNode node : nodes) {
            String name = "of-" + node.address().substring(node.address().length() - 1);
            assertThat(node.run("kato", "log", "drain", "add", name, "udp://127.0.0.1:9")
                            .exit())
                    .isZero();
            done.put(node.address(), Instant.now());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(history(first()))
                            .anySatisfy(event -> assertDone(event, node.address(), "log drain add " + name)));
            log.info(
                    "In the history at most {} after kato had ended on {}",
                    Duration.between(done.get(node.address()), Instant.now()),
                    node.address());
        }

        List<JsonNode> all = history(first());
        assertThat(all).hasSize(nodes.size());
        for (TestNode node : nodes) {
            assertThat(history(node)).as("on %s", node.address()).isEqualTo(all);
            assertThat(node.run("kato", "history", "--node", node.address())
                            .out()
                            .lines())
                    .singleElement()
                    .asString()
                    .contains(node.address())
                    .contains("log drain add of-"
                            + node.address().substring(node.address().length() - 1));
        }
    }

    private static void assertDone(JsonNode event, String node, String command) {
        assertThat(event.path("node_id").asText()).isEqualTo(node);
        assertThat(event.path("desc").asText()).contains(command).endsWith("(succeeded)");
    }

    private static List<JsonNode> history(TestNode node) throws IOException, InterruptedException {
        TestNode.Result result = node.run("kato", "history", "--json");
        assertThat(result.exit()).as(result.err()).isZero();
        List<JsonNode> events = new ArrayList<>();
        new JsonMapper().readTree(result.out()).forEach(events::add);
        return events;
    }
}
