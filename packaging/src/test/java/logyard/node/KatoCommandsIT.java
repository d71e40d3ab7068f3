package logyard.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import logyard.config.ConfigPath;
import logyard.core.drain.DrainUri;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of spec 07 §15 as they are installed, with a real ZooKeeper, core and Redis: what they print, and their exit
 * status. {@code kato log tail} is in {@link TailAcceptanceIT}.
 */
class KatoCommandsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path WATCHES = Path.of("/proc/sys/fs/inotify/max_user_watches");

    @TempDir
    Path folder;

    private TestNode node;

    @BeforeEach
    void open() throws IOException {
        node = TestNode.create(folder);
    }

    @AfterEach
    void close() throws Exception {
        node.close();
    }

    private void assertSays(String out, String... command) throws Exception {
        TestNode.Result result = node.run("kato", command);

        assertThat(result.err()).as(String.join(" ", command)).isEmpty();
        assertThat(result.exit()).as(String.join(" ", command)).isZero();
        assertThat(result.out()).as(String.join(" ", command)).isEqualTo(out);
    }

    private void assertFails(int status, String err, String... command) throws Exception {
        TestNode.Result result = node.run("kato", command);

        assertThat(result.exit()).as(String.join(" ", command)).isEqualTo(status);
        assertThat(result.out()).as(String.join(" ", command)).isEmpty();
        assertThat(result.err()).as(String.join(" ", command)).startsWith(err);
    }

    @Test
    void drains() throws Exception {
        node.start("logyard");
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(node.tree().names(ConfigPath.DRAINS)).isNotEmpty());
        node.tree().names(ConfigPath.DRAINS).forEach(name -> node.tree().delete(ConfigPath.DRAINS.child(name)));

        assertSays(
                "Added drain mine: udp://127.0.0.1:12345?filter=systail.kato&format=systail\n",
                "log",
                "drain",
                "add",
                "--prefix",
                "systail.kato",
                "mine",
                "udp://127.0.0.1:12345");
        assertSays(
                "mine                \tudp://127.0.0.1:12345?filter=systail.kato&format=systail\n",
                "log",
                "drain",
                "list");
        assertSays(
                "{\"mine\":\"udp://127.0.0.1:12345?filter=systail.kato&format=systail\"}\n",
                "log",
                "drain",
                "list",
                "--json");
        assertSays(
                "mine: \"udp://127.0.0.1:12345?filter=systail.kato&format=systail\"\n",
                "log",
                "drain",
                "list",
                "--yaml");
        node.awaitState("mine", "RUNNING");
        assertSays("mine                \t127.0.0.1\tRUNNING[3]\n", "log", "drain", "status");
        assertSays("", "log", "drain", "status", "--not-running");
        assertThat(new JsonMapper()
                        .readTree(node.run("kato", "log", "drain", "status", "-j", "mine")
                                .out())
                        .at("/mine/127.0.0.1/rev")
                        .asText())
                .isEqualTo("3");
        assertFails(
                1,
                "ERROR: there is a drain mine already; --force replaces it\n",
                "log",
                "drain",
                "add",
                "mine",
                "udp://127.0.0.1:1");
        assertFails(1, "ERROR: ", "log", "drain", "add", "other", "nonsense://h:1");
        assertFails(2, "ERROR: Missing required parameter", "log", "drain", "add", "other");
        assertSays("Deleted drain mine\n", "log", "drain", "delete", "mine");
        assertFails(1, "ERROR: No such drain: mine\n", "log", "drain", "delete", "mine");
        assertFails(1, "ERROR: No such drain: mine\n", "log", "drain", "status", "mine");
        assertFails(2, "ERROR: ", "log", "drain", "list", "extra");
    }

    @Test
    void config() throws Exception {
        assertThat(node.run("kato", "config", "import", "--defaults").exit()).isZero();

        assertSays("Set systail max_record_size: 5000\n", "config", "set", "systail", "max_record_size", "5000");
        assertSays("5000\n", "config", "get", "systail", "max_record_size");
        assertSays(
                "/proc/logyard/config/systail/max_record_size 5000\n",
                "config",
                "get",
                "--flat",
                "systail",
                "max_record_size");
        assertFails(1, "ERROR: there is no nonsense in systail", "config", "get", "systail", "nonsense");
        assertFails(1, "ERROR: ", "config", "set", "systail", "max_record_size", "0");
        assertSays(
                "Pushed to cluster dns/servers: \"10.0.0.2\"\n",
                "config",
                "push",
                "cluster",
                "dns/servers",
                "10.0.0.2");
        assertSays("Popped from cluster dns/servers: \"10.0.0.2\"\n", "config", "pop", "cluster", "dns/servers");
        assertSays("Deleted systail max_record_size\n", "config", "del", "systail", "max_record_size");
        assertFails(1, "ERROR: ", "config", "get", "systail", "max_record_size");
        assertFails(2, "ERROR: ", "config", "set", "systail");
    }

    @Test
    void history() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Process redis = new ProcessBuilder(
                        "redis-server", "--port", "" + port, "--save", "", "--dir", folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("redis.out").toFile())
                .start();
        try {
            String uri = "redis://127.0.0.1:" + port + "/?filter=event.kato_action&limit=256&key=kato_history";
            node.tree().set(ConfigPath.DRAINS.child("builtin.katohistory"), TextNode.valueOf(uri));
            node.tree()
                    .set(
                            ConfigPath.SYSTAIL.child("log_files").child("kato"),
                            TextNode.valueOf(node.log("kato").toString()));
            node.start("logyard");
            node.start(TestNode.CLOUD_EVENTS);
            node.start("systail");
            node.awaitState("builtin.katohistory", "RUNNING");
            assertSays("", "history");
            node.run("kato", "log", "drain", "add", "mine", "tcp://127.0.0.1:9/?token=hunter2", "-f", "json");

            await().atMost(PATIENCE).untilAsserted(() -> {
                TestNode.Result history = node.run("kato", "history");
                assertThat(history.err()).isEmpty();
                assertThat(history.exit()).isZero();
                assertThat(history.out())
                        .matches(
                                "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\S+  127\\.0\\.0\\.1        kato --conf \\S+ log"
                                        + " drain add mine tcp://127\\.0\\.0\\.1:9/\\?token=\\*\\*\\* -f json"
                                        + " \\(succeeded\\)\\n");
            });
            assertSays("", "history", "--node", "10.9.9.9");
            assertFails(2, "ERROR: ", "history", "extra");
        } finally {
            redis.destroy();
            assertThat(redis.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
        TestNode.Result without = node.run("kato", "history");
        assertThat(without.exit()).isEqualTo(1);
        assertThat(without.err()).contains("ERROR: ");
    }

    /** With a systemctl that notes what it is told, as there is no systemd in most places where tests run. */
    @Test
    void startsAndStopsUnits() throws Exception {
        Path systemctl = Files.createDirectory(folder.resolve("bin")).resolve("systemctl");
        Files.writeString(systemctl, """
                #!/bin/sh
                if [ "$1" != show ]; then
                    echo "$*" >> %s
                    exit
                fi
                for unit in logyard systail cloud-events apptail; do
                    printf '%%s\\n' Id=$unit.service LoadState=loaded ActiveState=active SubState=running \\
                        UnitFileState=enabled MainPID=7 ''
                done
                """.formatted(folder.resolve("acts")));
        Files.setPosixFilePermissions(systemctl, PosixFilePermissions.fromString("rwxr-xr-x"));

        for (String verb : List.of("start", "stop", "restart")) {
            List<String> command =
                    new ArrayList<>(List.of("env", "PATH=" + systemctl.getParent() + ":" + System.getenv("PATH")));
            command.addAll(node.command("kato", "process", verb, "systail", "cloud_events"));
            Process kato = new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(kato.getInputStream().readAllBytes(), UTF_8);
            assertThat(kato.waitFor()).as(said).isZero();
            assertThat(said).contains("systail.service").contains("cloud-events.service");
        }

        assertThat(Files.readAllLines(folder.resolve("acts")))
                .satisfiesExactly(
                        act -> assertThat(act).endsWith("start cloud-events.service systail.service"),
                        act -> assertThat(act).endsWith("stop cloud-events.service systail.service"),
                        act -> assertThat(act).endsWith("restart cloud-events.service systail.service"));
        assertThat(Files.readString(node.log("kato"))).contains("kato --conf", "process restart systail cloud_events");
    }

    /** {@code logyard-cli recv} reads the bus of its node, and goes on until it is interrupted. */
    @Test
    void receivesWhatTravelsOnTheBus() throws Exception {
        Path log = folder.resolve("app.log");
        Files.createFile(log);
        node.tree().set(ConfigPath.SYSTAIL.child("log_files").child("app"), TextNode.valueOf(log.toString()));
        node.start();
        Path out = folder.resolve("recv.out");
        var recv = new ProcessBuilder(
                "env",
                "--default-signal=INT",
                "LOGYARD_CONF=" + node.conf(),
                Path.of(node.command("logyard-cli").get(0)).toString(),
                "recv",
                "-hideprefix",
                "-filter",
                "systail.app");
        Process process =
                recv.redirectErrorStream(true).redirectOutput(out.toFile()).start();

        try {
            await().atMost(PATIENCE).untilAsserted(() -> {
                Files.writeString(log, "one more\n", StandardOpenOption.APPEND); // until it has subscribed
                assertThat(Files.readAllLines(out))
                        .anySatisfy(line -> assertThat(line).startsWith("{\"name\":\"app\",\"text\":\"one more\","));
            });
            assertThat(process.isAlive()).isTrue();
            new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    /** What is wrong with a node on which systail does not run, and a log that its reader may not read. */
    @Test
    void doctor() throws Exception {
        Path log = folder.resolve("app.log");
        Files.createFile(log);
        node.tree().set(ConfigPath.SYSTAIL.child("log_files").child("app"), TextNode.valueOf(log.toString()));
        node.start("logyard");

        TestNode.Result ill = node.run("kato", "doctor");
        assertThat(ill.exit()).isEqualTo(1);
        assertThat(ill.err()).isEmpty();
        assertThat(ill.out())
                .contains("OK    java        ")
                .contains("max_user_watches is " + Files.readAllLines(WATCHES).get(0))
                .contains("OK    zookeeper   listens at 127.0.0.1:")
                .containsPattern("FAIL  process     systail is STOPPED.*\\n +→ systemctl enable --now systail");

        node.start(TestNode.CLOUD_EVENTS);
        node.start("systail");
        TestNode.Result well = node.run("kato", "doctor", "--json");
        assertThat(well.exit()).as(well.out()).isZero();
        assertThat(new JsonMapper().readTree(well.out()))
                .allSatisfy(
                        finding -> assertThat(finding.path("level").asText()).isIn("ok", "warn"))
                .anySatisfy(finding -> assertThat(finding.path("text").asText()).startsWith("systail is RUNNING"))
                .anySatisfy(finding -> assertThat(finding.path("text").asText()).contains(" files are followed; of "));
    }

    private String add(String name) {
        return String.join(" ", node.command("kato", "log", "drain", "add", "-f", "json", name, "udp://h:1"));
    }

    /** As operators of several nodes do at the same time: no one's drain is lost (09 F-19). */
    @Test
    void tenDrainsThatAreAddedAtOnce() throws Exception {
        List<Process> adding = new ArrayList<>();
        for (int operator = 0; operator < 5; operator++) {
            String twice = add("d" + operator + "a") + " & one=$!; " + add("d" + operator + "b")
                    + " & two=$!; wait $one && wait $two";
            adding.add(new ProcessBuilder("bash", "-c", twice)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("operator" + operator).toFile())
                    .start());
        }
        for (Process operator : adding) {
            assertThat(operator.waitFor()).isZero();
        }

        assertThat(node.tree().children(ConfigPath.DRAINS))
                .hasSize(10)
                .allSatisfy((name, uri) ->
                        assertThat(DrainUri.parse(uri.asText()).filters()).containsExactly("systail"));
        assertThat(node.run("kato", "log", "drain", "list").out().lines()).hasSize(10);
    }
}
