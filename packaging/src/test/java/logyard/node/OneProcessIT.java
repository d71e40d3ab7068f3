package logyard.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import logyard.config.ConfigPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code logyard-node}: a node whose daemons share a process, and {@code apptail} beside it. */
class OneProcessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ConfigPath PROCESSES = ConfigPath.RUNNING.child(TestNode.ADDRESS);

    @TempDir
    Path folder;

    private TestNode node;
    private Receiver receiver;

    @BeforeEach
    void start() throws IOException {
        node = TestNode.create(folder, "app");
        receiver = new Receiver();
        node.launch("logyard-node");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(processes().keySet())
                        .as(node.output("logyard-node"))
                        .containsOnly("logyard", "systail", "cloud_events"));
        node.drain("target", "tcp://127.0.0.1:" + receiver.port() + "?filter=systail.app&format=raw", "RUNNING");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        node.close();
        receiver.close();
    }

    private Map<String, JsonNode> processes() {
        return node.tree().children(PROCESSES);
    }

    private void awaitDelivered(String line) throws IOException {
        Files.writeString(node.log("app"), line + "\n", StandardOpenOption.APPEND);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(receiver.others())
                        .as(node.output("logyard-node"))
                        .anyMatch(got -> got.contains("\"text\":\"" + line + "\"")));
    }

    @Test
    void deliversLinesWithAllItsDaemonsInOneProcess() throws Exception {
        awaitDelivered("hello");

        assertThat(processes().values().stream().map(process -> process.path("pid")))
                .hasSize(3)
                .containsOnly(processes().get("logyard").path("pid"));
        assertThat(folder.resolve("logs").resolve("logyard-node.log")).isNotEmptyFile();
    }

    @Test
    void goesOnAfterItWasKilledAndEndsInGoodOrder() throws Exception {
        awaitDelivered("before");

        node.kill("logyard-node");
        Files.writeString(node.log("app"), "meanwhile\n", StandardOpenOption.APPEND);
        node.launch("logyard-node");

        awaitDelivered("after");
        assertThat(receiver.others()).anyMatch(got -> got.contains("\"text\":\"meanwhile\""));
        assertThat(node.stop("logyard-node")).isZero();
    }

    @Test
    void apptailSaysThatItHearsOfNoInstances() throws Exception {
        node.launch("apptail");

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(node.output("apptail"))
                    .contains("WARN -- Hearing of no instances: ")
                    .contains("Started apptail");
            assertThat(processes().get("apptail").path("state").asText())
                    .as("it is ready when it has subscribed to NATS")
                    .isEqualTo("STARTING");
        });
        assertThat(node.stop("apptail")).isZero();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(processes()).doesNotContainKey("apptail"));
    }

    @Test
    void checksTheSettings() throws Exception {
        for (String command : new String[] {"apptail", "logyard-node"}) {
            assertThat(node.run(command, "--check").exit()).as(command).isZero();
            TestNode.Result refused = node.run(command, "--check", "--set", "journal.sync=soon");
            assertThat(refused.exit()).as(command).isEqualTo(2);
            assertThat(refused.err())
                    .contains(command + ": ")
                    .contains("journal.sync must be a duration such as 100ms, got \"soon\"");
        }
    }
}
