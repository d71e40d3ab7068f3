package logyard.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import logyard.config.ConfigPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a line in a file to an event at a target, by the real daemons. */
class CloudEventsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private TestNode node;
    private Receiver receiver;

    @BeforeEach
    void start() throws IOException {
        node = TestNode.create(folder, "app", "job");
        receiver = new Receiver();
        node.start();
        node.start(TestNode.CLOUD_EVENTS);
        node.drain("target", "tcp://127.0.0.1:" + receiver.port() + "?filter=event", "RUNNING");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        node.close();
        receiver.close();
    }

    private void write(String log, String line) throws IOException {
        Files.writeString(node.log(log), line + "\n", StandardOpenOption.APPEND);
    }

    private Optional<JsonNode> event(String description) throws IOException {
        for (String line : receiver.others()) {
            JsonNode event = new JsonMapper().readTree(line);
            if (event.path("desc").asText().equals(description)) {
                return Optional.of(event);
            }
        }
        return Optional.empty();
    }

    /** Writes the line until it is seen, for a subscription takes a moment to reach the core. */
    private JsonNode awaitEvent(String log, String line, String description) throws IOException {
        await().atMost(PATIENCE).untilAsserted(() -> {
            write(log, line);
            assertThat(event(description))
                    .as("log of cloud_events: %s", node.output(TestNode.CLOUD_EVENTS))
                    .isPresent();
        });
        return event(description).orElseThrow();
    }

    @Test
    void aLineOfALogBecomesAnEventAtATarget() throws IOException {
        JsonNode event = awaitEvent("app", "2026/11/22 10:00:00 ERROR -- Disk is \"full\"", "Disk is \"full\"");

        assertThat(event.path("type").asText()).isEqualTo("error");
        assertThat(event.path("process").asText()).isEqualTo("app");
        assertThat(event.path("node_id").asText()).isEqualTo(TestNode.ADDRESS);
    }

    /** Spec 06 §12. */
    @Test
    void anAdministratorAddsAnEvent() throws Exception {
        String spec = "{\"substring\":\"JOB_DONE\",\"regex\":\"JOB_DONE (\\\\w+) in (\\\\d+)s\","
                + "\"sample\":\"INFO -- JOB_DONE backup in 12s\",\"format\":\"Job $1 took $2 s\"}";
        assertThat(node.run("kato", "events", "test", "job", "JOB_DONE backup in 12s")
                        .exit())
                .isEqualTo(3);

        TestNode.Result set = node.run("kato", "config", "set", "cloud_events", "events/job/job_done", spec);
        assertThat(set.exit()).as(set.err()).isZero();

        TestNode.Result test = node.run("kato", "events", "test", "--json", "job", "JOB_DONE backup in 12s");
        assertThat(test.exit()).as(test.err()).isZero();
        assertThat(new JsonMapper().readTree(test.out()).path("desc").asText()).isEqualTo("Job backup took 12 s");
        assertThat(awaitEvent("job", "JOB_DONE backup in 12s", "Job backup took 12 s")
                        .path("type")
                        .asText())
                .isEqualTo("job_done");
        assertThat(node.run("kato", "config", "set", "cloud_events", "events/job/bad", spec.replace("(\\\\w+)", "("))
                        .err())
                .startsWith("ERROR: events/job/bad: ");
    }

    /** From kato to its log, and from there by systail and cloud_events to a target. */
    @Test
    void whatIsDoneWithKatoBecomesAnEventWithoutItsSecrets() throws Exception {
        awaitEvent("app", "ERROR -- a mark", "a mark");

        assertThat(node.run("kato", "config", "set", "cluster", "my/password", "hunter2")
                        .exit())
                .isZero();
        assertThat(node.run("kato", "log", "drain", "delete", "nonesuch").exit())
                .isEqualTo(1);

        String conf = "kato --conf " + node.conf() + " ";
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(event(conf + "config set cluster my/password *** (succeeded)"))
                    .isPresent();
            assertThat(event(conf + "log drain delete nonesuch (failed)")).isPresent();
        });
        JsonNode done = event(conf + "log drain delete nonesuch (failed)").orElseThrow();
        assertThat(done.path("type").asText()).isEqualTo("kato_action");
        assertThat(done.path("process").asText()).isEqualTo("kato");
        assertThat(done.path("info").path("status").asText()).isEqualTo("failed");
        assertThat(receiver.others()).noneMatch(event -> event.contains("hunter2"));
        assertThat(Files.readString(node.log("kato"))).doesNotContain("hunter2");
    }

    @Test
    void writesALogOfItsOwnThatMakesNoEvents() throws Exception {
        try (var ownLog = new Receiver()) {
            node.drain("own", "tcp://127.0.0.1:" + ownLog.port() + "?filter=systail.cloud_events", "RUNNING");
            node.tree()
                    .set(
                            ConfigPath.CLOUD_EVENTS.child("events").child("app").child("bad"),
                            new JsonMapper().readTree("{\"substring\":\"x\"}"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(ownLog.others())
                            .anyMatch(line ->
                                    line.contains("ERROR -- Left out a spec: events/app/bad/regex is missing")));

            awaitEvent("app", "ERROR -- a mark", "a mark");

            assertThat(receiver.others()).noneMatch(event -> event.contains("Left out a spec"));
        }
    }
}
