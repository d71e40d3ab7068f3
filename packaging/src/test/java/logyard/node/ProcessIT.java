package logyard.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kato process list} and {@code ready} with the real daemons and a real ZooKeeper. */
class ProcessIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private TestNode node;

    @BeforeEach
    void open() throws IOException {
        node = TestNode.create(folder, "app");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        node.close();
    }

    private JsonNode process(String name) throws Exception {
        TestNode.Result list = node.run("kato", "process", "list", "--json");
        assertThat(list.exit()).as(list.err()).isZero();
        return new JsonMapper().readTree(list.out()).path(TestNode.ADDRESS).path(name);
    }

    private void awaitState(String process, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(process(process).path("state").asText()).isEqualTo(state));
    }

    private CompletableFuture<TestNode.Result> runInBackground(String... arguments) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return node.run("kato", arguments);
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void followsADaemonThroughItsLife() throws Exception {
        assertThat(process("logyard").path("state").asText()).isEqualTo("STOPPED");
        assertThat(process("logyard").path("pid").isNull()).isTrue();
        CompletableFuture<TestNode.Result> ready = runInBackground("process", "ready", "--block", "0", "logyard");

        node.start("logyard");

        assertThat(ready.get(60, TimeUnit.SECONDS)).isEqualTo(new TestNode.Result(0, "READY\n", ""));
        assertThat(process("logyard").path("state").asText()).isEqualTo("RUNNING");
        assertThat(process("logyard").path("pid").asLong()).isPositive();
        assertThat(node.run("kato", "process", "ready", "systail"))
                .isEqualTo(new TestNode.Result(1, "NOT READY\n", "not ready on 127.0.0.1: systail (not registered)\n"));

        assertThat(node.stop("logyard")).isZero();
        awaitState("logyard", "STOPPED");
    }

    @Test
    void saysThatKilledDaemonsStoppedOnceTheirSessionIsOver() throws Exception {
        node.start("logyard");

        node.kill("logyard");

        awaitState("logyard", "STOPPED");
    }

    /** Without a core it is not sent any line, and so it is not ready. */
    @Test
    void cloudEventsIsReadyOnceItIsSubscribed() throws Exception {
        node.launch(TestNode.CLOUD_EVENTS);
        awaitState("cloud_events", "STARTING");
        CompletableFuture<TestNode.Result> ready = runInBackground("process", "ready", "--block", "60", "all");

        node.start("logyard");

        assertThat(ready.get(120, TimeUnit.SECONDS)).isEqualTo(new TestNode.Result(0, "READY\n", ""));
        assertThat(process("cloud_events").path("state").asText()).isEqualTo("RUNNING");
    }

    @Test
    void saysThatTheDaemonsOfASmallNodeAreOneProcess() throws Exception {
        node.launch("logyard-node");
        assertThat(node.run("kato", "process", "ready", "--block", "60", "logyard")
                        .exit())
                .isZero();
        assertThat(node.run("kato", "process", "ready", "--block", "60", "all"))
                .isEqualTo(new TestNode.Result(0, "READY\n", ""));

        assertThat(node.run("kato", "process", "list", "systail", "logyard")
                        .out()
                        .lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("systail  ")
                        .contains("RUNNING")
                        .contains("one process with logyard and"))
                .anySatisfy(line -> assertThat(line).startsWith("logyard  ").contains("RUNNING"));
    }
}
