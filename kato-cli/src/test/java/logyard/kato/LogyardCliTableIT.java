package logyard.kato;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import logyard.config.ConfigPath;
import logyard.config.zookeeper.TestZooKeeper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each row of the table of spec 07 §11 as operators run it, with a real ZooKeeper; {@code recv} is in LogyardCliMainIT. */
class LogyardCliTableIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String DRAINS = ConfigPath.DRAINS.toString();

    @TempDir
    private Path folder;

    private final TestZooKeeper zooKeeper = TestZooKeeper.stopped();
    private final List<ChildProcess> started = new ArrayList<>();

    @BeforeEach
    void startZooKeeper() {
        zooKeeper.start();
    }

    @AfterEach
    void stopAll() {
        started.forEach(ChildProcess::close);
        zooKeeper.close();
    }

    private ChildProcess cli(String... command) {
        Map<String, String> environment = Map.of(
                "LOGYARD_ZK_CONNECT",
                zooKeeper.connect(),
                "LOGYARD_ZK_ACL",
                "open",
                "LOGYARD_NODE_IP",
                "127.0.0.1",
                "LOGYARD_LOGS_DIR",
                folder.toString());
        var process = ChildProcess.start(folder, LogyardCliMain.class, environment, command);
        started.add(process);
        return process;
    }

    private void assertSays(String out, String... command) throws Exception {
        ChildProcess process = cli(command);

        assertThat(process.awaitEnd()).as(process.err()).isZero();
        assertThat(process.err()).isEmpty();
        assertThat(process.out()).isEqualTo(out);
    }

    private void assertFails(int status, String err, String... command) throws Exception {
        ChildProcess process = cli(command);

        assertThat(process.awaitEnd()).as(process.err()).isEqualTo(status);
        assertThat(process.out()).isEmpty();
        assertThat(process.err()).startsWith(err).contains("Usage: ");
    }

    @Test
    void addListDelete() throws Exception {
        assertSays(
                "Added drain one: tcp://h:1?a=b%3Dc&filter=systail.dea&filter=event\n",
                "add", "-uri", "tcp://h:1", "--filter", "systail.dea", "-filter=event", "-o", "a=b=c", "one");
        assertSays("{\"name\":\"two\",\"uri\":\"tcp://***@h:2\"}\n", "add", "-json", "--uri=tcp://me:pw@h:2", "two");
        assertFails(1, "command error: need exactly one name, got 2\n", "add", "-uri", "tcp://h:1", "three", "four");
        assertFails(1, "command error: ", "add", "-uri", "tcp://h:1", "-o", "a=1", "-o", "a=2", "three");
        assertFails(2, "Unknown option: '-nonsense'", "add", "-nonsense", "three");

        assertSays("""
                one                 \ttcp://h:1?a=b%3Dc&filter=systail.dea&filter=event
                two                 \ttcp://***@h:2
                """, "list");
        assertSays(
                "{\"one\":\"tcp://h:1?a=b%3Dc&filter=systail.dea&filter=event\",\"two\":\"tcp://***@h:2\"}\n",
                "list", "--json=true");

        assertSays("{}\n", "delete", "-json", "one");
        ChildProcess second = cli("delete", "two", "nope", "three");
        assertThat(second.awaitEnd()).isEqualTo(1);
        assertThat(second.out()).isEqualTo("Deleted drain two\n");
        assertThat(second.err()).startsWith("command error: No such drain: nope\nUsage: delete");
        assertFails(1, "command error: need at least one name\n", "delete");
        assertThat(zooKeeper.children(DRAINS)).isEmpty();
    }

    @Test
    void status() throws Exception {
        for (String name : List.of("app.1", "app.2", "other")) {
            assertThat(cli("add", "-uri", "tcp://h:1", name).awaitEnd()).isZero();
        }
        for (String place :
                List.of("/proc/logyard/status", "/proc/logyard/status/10.0.0.5", "/node", "/node/10.0.0.5")) {
            zooKeeper.put(place, "{}".getBytes(UTF_8));
        }
        zooKeeper.put("/proc/logyard/status/10.0.0.5/app.1", "{\"name\":\"RUNNING\",\"rev\":3}".getBytes(UTF_8));
        zooKeeper.put(
                "/proc/logyard/status/10.0.0.5/app.2",
                "{\"name\":\"RETRYING\",\"rev\":75,\"error\":\"connection refused\"}".getBytes(UTF_8));

        assertSays("""
                app.1               \t10.0.0.5\tRUNNING[3]
                app.2               \t10.0.0.5\tRETRYING[75]\tconnection refused
                other               \t10.0.0.5\tUNKNOWN[0]
                """, "status");
        assertSays("app.1               \t10.0.0.5\tRUNNING[3]\n", "status", "app.1");
        assertSays(
                "{\"app.2\":{\"10.0.0.5\":{\"name\":\"RETRYING\",\"rev\":\"75\",\"error\":\"connection refused\"}}}\n",
                "status",
                "-json",
                "-prefix",
                "-notrunning",
                "app.");
        assertFails(1, "command error: -prefix needs exactly one name, got 2\n", "status", "-prefix", "a", "b");
        assertFails(2, "Unknown option: '--yaml'", "status", "--yaml");
    }

    @Test
    void stream() throws Exception {
        ChildProcess stream = cli("stream", "-json", "-nodeid", "10.0.0.7");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(zooKeeper.children(DRAINS)).hasSize(1));
        String name = zooKeeper.children(DRAINS).get(0);
        String wanted = "event.x {\"node_id\":\"10.0.0.7\"}\n";

        try (Socket node =
                new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(name.replaceFirst(".*-", "")))) {
            node.getOutputStream().write(("event.x {\"node_id\":\"10.0.0.8\"}\n" + wanted).getBytes(UTF_8));
            await().untilAsserted(() -> assertThat(stream.out()).isEqualTo(wanted));
            assertThat(new String(zooKeeper.data(DRAINS + "/" + name).orElseThrow(), UTF_8))
                    .endsWith("?filter=&format=raw\"");
            stream.signal("INT");
        }

        assertThat(stream.awaitEnd()).isEqualTo(1);
        assertThat(stream.err()).endsWith("\n\nDeleted drain " + name + "\n");
        assertThat(zooKeeper.children(DRAINS)).isEmpty();
        assertFails(1, "command error: no key begins with \"nonsense\"", "stream", "nonsense");
    }

    @Test
    void usage() throws Exception {
        assertFails(1, "Usage: logyard-cli COMMAND [FLAGS] [ARGUMENTS]\n");
        assertFails(1, "Usage: logyard-cli COMMAND [FLAGS] [ARGUMENTS]\n", "nonsense");
        assertFails(1, "command error: recv has no -json", "recv", "-json");
        assertFails(2, "", "list", "-json=perhaps");
    }

    @Test
    void zooKeeperIsAway() throws Exception {
        zooKeeper.stop();

        ChildProcess list = cli("list");

        assertThat(list.awaitEnd()).isEqualTo(1);
        assertThat(list.out()).isEmpty();
        assertThat(list.err()).contains("\ncommand error: Cannot list /proc/logyard/config/drains in ZooKeeper");
    }
}
