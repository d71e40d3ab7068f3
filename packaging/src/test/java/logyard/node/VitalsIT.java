package logyard.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import logyard.core.daemon.metrics.Scraped;
import logyard.core.daemon.systemd.FakeSystemd;
import logyard.manual.MetricsTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What real daemons tell of themselves: to Prometheus, to who asks for their health, and to systemd. */
class VitalsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    private final String systemdAddress = "@logyard-test-" + UUID.randomUUID();
    private TestNode node;

    @BeforeEach
    void create() throws IOException {
        node = TestNode.create(folder, "app");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        node.close();
    }

    private int status(String process, String path) {
        return Scraped.get(node.endpoint(process).resolve(path)).statusCode();
    }

    private Scraped scrape(String process) {
        return Scraped.from(node.endpoint(process));
    }

    private static Set<String> ours(Scraped scraped) {
        Set<String> ours = new TreeSet<>(scraped.names());
        ours.removeIf(name -> !name.startsWith("logyard_"));
        return ours;
    }

    @Test
    void eachDaemonShowsWhatTheTableNames() throws Exception {
        try (var receiver = new Receiver()) {
            node.start();
            node.start(TestNode.CLOUD_EVENTS);
            node.launch("apptail");
            String target = "tcp://127.0.0.1:" + receiver.port() + "?filter=systail.app."; // not those of apptail
            node.drain("target", target, "RUNNING");
            Files.writeString(node.log("app"), "one\ntwo\n", StandardOpenOption.APPEND);

            await().atMost(PATIENCE).untilAsserted(() -> {
                assertThat(scrape("logyard").value("logyard_drain_delivered_events_total", "drain", "target"))
                        .isEqualTo(2);
                assertThat(scrape("logyard").value("logyard_stream_events_total", "stream", "systail.app"))
                        .isEqualTo(2);
                assertThat(scrape("systail")
                                .value("logyard_tail_file_records_total", "process", "systail", "file", "app"))
                        .isEqualTo(2);
                assertThat(scrape("systail")
                                .value("logyard_tail_file_unread_bytes", "process", "systail", "file", "app"))
                        .isZero();
                assertThat(scrape("systail").value("logyard_publisher_unacknowledged_bytes", "process", "systail"))
                        .isZero();
                assertThat(scrape(TestNode.CLOUD_EVENTS).value("logyard_cloud_events_lines_total"))
                        .isGreaterThanOrEqualTo(2); // there are those of the daemons' own logs
                assertThat(scrape("apptail").value("logyard_apptail_nats_connected"))
                        .isZero();
            });

            Set<String> shown = new TreeSet<>();
            for (String process : new String[] {"logyard", "systail", TestNode.CLOUD_EVENTS, "apptail"}) {
                Scraped scraped = scrape(process);
                assertThat(scraped.value("logyard_zookeeper_connected")).isEqualTo(1);
                assertThat(scraped.names()).contains("jvm_memory_used_bytes", "process_resident_memory_bytes");
                shown.addAll(ours(scraped));
                assertThat(Scraped.get(node.endpoint(process).resolve("/metrics"))
                                .body())
                        .as("no secrets, and no address of a target")
                        .doesNotContain("tcp://");
            }
            assertThat(shown).isEqualTo(MetricsTable.series());
        }
    }

    @Test
    void isHealthyWhileItWaitsAndReadyWhenItHasStarted() throws Exception {
        node.launch(TestNode.CLOUD_EVENTS);
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(status(TestNode.CLOUD_EVENTS, "/health")).isEqualTo(200));
        assertThat(status(TestNode.CLOUD_EVENTS, "/ready"))
                .as("its core is not there")
                .isEqualTo(503);

        node.start("logyard");

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(status(TestNode.CLOUD_EVENTS, "/ready")).isEqualTo(200));
        assertThat(status("logyard", "/ready")).isEqualTo(200);
        assertThat(Scraped.get(node.endpoint("logyard").resolve("/health")).body())
                .contains("\"logyard.ingest\":{\"ok\":true}")
                .contains("\"logyard.commit\":{\"ok\":true}")
                .contains("\"logyard.journal\":{\"ok\":true}")
                .contains("\"logyard.supervisor\":{\"ok\":true}");
    }

    @Test
    void showsThatZooKeeperIsAwayAndThatItIsBack() throws Exception {
        node.zooKeeper().stop();
        node.launch("logyard");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scrape("logyard").value("logyard_zookeeper_connected"))
                        .isZero());

        node.zooKeeper().start();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(scrape("logyard").value("logyard_zookeeper_connected"))
                        .isEqualTo(1));
    }

    @Test
    void allDaemonsOfOneProcessHaveOneEndpoint() throws Exception {
        node.launch("logyard-node");

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(status("logyard-node", "/ready")).isEqualTo(200);
            Scraped scraped = scrape("logyard-node");
            for (String process : new String[] {"logyard", "systail", "cloud_events"}) {
                assertThat(scraped.value("logyard_ready", "process", process)).isEqualTo(1);
            }
            assertThat(scraped.value("logyard_publisher_connected", "process", "systail"))
                    .isEqualTo(1);
            assertThat(scraped.value("logyard_publisher_connected", "process", "cloud_events"))
                    .isEqualTo(1);
        });
    }

    @Test
    void systemdHearsOfTheLifeOfADaemon() throws Exception {
        try (var systemd = new FakeSystemd(systemdAddress)) {
            node.launch("logyard", Map.of("NOTIFY_SOCKET", systemdAddress, "WATCHDOG_USEC", "1500000"));

            systemd.readTo("READY=1");
            systemd.readTo("STATUS=Ready");
            systemd.readTo("WATCHDOG=1");
            systemd.readTo("WATCHDOG=1");
            assertThat(status("logyard", "/ready")).isEqualTo(200);

            assertThat(node.stop("logyard")).isZero();

            assertThat(systemd.readTo("STOPPING=1 | STATUS=Stopping")).allMatch("WATCHDOG=1"::equals);
        }
    }

    @Test
    void systemdDoesNotWaitForWhatADaemonNeedNotHave() throws Exception {
        node.zooKeeper().stop();
        try (var systemd = new FakeSystemd(systemdAddress)) {
            node.launch(TestNode.CLOUD_EVENTS, Map.of("NOTIFY_SOCKET", systemdAddress));

            assertThat(systemd.readTo("READY=1")).containsExactly("STATUS=At work, but not ready yet: cloud_events");
        }
    }

    /** kato must be quick. */
    @Test
    void katoLoadsNothingOfIt() throws Exception {
        Path loaded = folder.resolve("loaded");
        var builder = new ProcessBuilder(node.command("kato", "log", "drain", "list"));
        builder.environment().put("LOGYARD_JAVA_OPTS", "-Xlog:class+load:file=" + loaded);

        assertThat(builder.start().waitFor()).isZero();

        assertThat(Files.readAllLines(loaded))
                .anyMatch(line -> line.contains("logyard.core.daemon.Settings"))
                .noneMatch(line -> line.contains("io.prometheus."))
                .noneMatch(line -> line.contains("com.sun.jna."))
                .noneMatch(line -> line.contains("com.sun.net.httpserver."))
                .noneMatch(line -> line.contains("logyard.core.daemon.metrics."))
                .noneMatch(line -> line.contains("logyard.core.daemon.systemd."));
    }
}
