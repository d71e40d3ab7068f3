package logyard.installed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.zookeeper.TestZooKeeper;
import logyard.core.daemon.ClusterTree;
import logyard.core.daemon.Settings;
import logyard.core.daemon.metrics.Vitals;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooKeeperMain;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/install.md has one write into ZooKeeper's files, or type into its shell, on real servers. */
class DocumentedZooKeeperIT {
    private static final int CLIENT_PORT = 2181;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** The indented lines of a section that begin with one of some words. */
    private static List<String> lines(String section, String... words) throws IOException {
        String page = Files.readString(Path.of("../docs/install.md"));
        String text = page.substring(page.indexOf("\n## " + section + "\n") + 1);
        return text.substring(0, text.indexOf("\n## ", 1))
                .lines()
                .filter(line -> Stream.of(words).anyMatch(word -> line.startsWith("    " + word)))
                .map(String::strip)
                .toList();
    }

    private Process java(Class<?> main, Path said, List<String> options, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    /** Three servers on three addresses of the loopback, which have the names of the page. */
    @Test
    void threeMachinesAreOneEnsemble() throws Exception {
        List<String> servers = lines("An ensemble of three", "server.");
        assertThat(servers).hasSize(3);
        Path hosts = folder.resolve("hosts");
        StringBuilder names = new StringBuilder();
        for (int number = 1; number <= servers.size(); number++) {
            names.append(address(number)).append(" zk").append(number).append(".example.com\n");
        }
        Files.writeString(hosts, names);
        List<Process> machines = new ArrayList<>();
        try {
            for (int number = 1; number <= servers.size(); number++) {
                machines.add(machine(number, servers, hosts));
            }
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(modes()).containsExactlyInAnyOrder("leader", "follower", "follower"));
            writesAndReads();

            machines.get(modes().indexOf("leader")).destroyForcibly().waitFor();
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(modes()).contains("leader", "follower"));
            writesAndReads();
        } finally {
            machines.forEach(Process::destroyForcibly);
            for (Process machine : machines) {
                machine.waitFor();
            }
        }
    }

    private static String address(int number) {
        return "127.0.0." + number;
    }

    private Process machine(int number, List<String> servers, Path hosts) throws IOException {
        Path data = Files.createDirectories(folder.resolve("data" + number));
        Files.writeString(data.resolve("myid"), String.valueOf(number));
        List<String> conf = new ArrayList<>(List.of(
                "tickTime=500", // Debian's has 2000
                "initLimit=10",
                "syncLimit=5",
                "dataDir=" + data,
                "clientPort=" + CLIENT_PORT,
                "clientPortAddress=" + address(number),
                "admin.enableServer=false"));
        conf.addAll(servers);
        Path file = Files.write(folder.resolve("zoo" + number + ".cfg"), conf);
        return java(
                QuorumPeerMain.class,
                folder.resolve("zookeeper" + number + ".log"),
                List.of("-Djdk.net.hosts.file=" + hosts),
                file.toString());
    }

    /** As zkServer.sh status has them; empty for one that does not answer. */
    private static List<String> modes() {
        return Stream.of(1, 2, 3).map(DocumentedZooKeeperIT::mode).toList();
    }

    private static String mode(int number) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address(number), CLIENT_PORT), 2000);
            socket.setSoTimeout(2000);
            socket.getOutputStream().write("srvr".getBytes(UTF_8));
            String said = new String(socket.getInputStream().readAllBytes(), UTF_8);
            return said.lines()
                    .filter(line -> line.startsWith("Mode: "))
                    .map(line -> line.substring("Mode: ".length()))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    private void writesAndReads() throws Exception {
        String all = Stream.of(1, 2, 3)
                .map(number -> address(number) + ":" + CLIENT_PORT)
                .reduce((one, other) -> one + "," + other)
                .orElseThrow();
        try (ConfigTree tree = ClusterTree.forCommand(settings(Map.of("zk.connect", all, "zk.acl", "open")))) {
            tree.set(
                    ConfigPath.DRAINS.child("mine"), TextNode.valueOf("udp://127.0.0.1:" + System.nanoTime() % 60_000));
            assertThat(tree.children(ConfigPath.DRAINS)).containsKey("mine");
        }
    }

    private static Settings settings(Map<String, String> values) {
        return Settings.load(Optional.empty(), values, Map.of());
    }

    /** A tree that was made without a password is handed over. */
    @Test
    void anOpenTreeGetsAPassword() throws Exception {
        List<String> typed = lines("A password for a tree that is open", "addauth", "setAcl");
        assertThat(typed).hasSizeGreaterThan(3);
        try (TestZooKeeper zooKeeper = TestZooKeeper.started()) {
            Map<String, String> open =
                    Map.of("zk.connect", zooKeeper.connect(), "zk.acl", "open", "state.dir", folder + "/open");
            try (ConfigTree tree = ClusterTree.forDaemon(settings(open), "logyard", true, new Vitals());
                    ConfigTree.Watch watch = tree.watch(ConfigPath.LOGYARD, logyard -> {})) {
                assertThat(watch).isNotNull();
                await().untilAsserted(() -> assertThat(zooKeeper.children("/proc/logyard/config/drains"))
                        .isNotEmpty());
                tree.set(ConfigPath.MBUS_IP, TextNode.valueOf("127.0.0.1"));
            }
            type(
                    zooKeeper,
                    typed.stream()
                            .map(line -> line.replace("PASSWORD", "secret"))
                            .toList());

            String place = "/proc/logyard/config";
            assertThatThrownBy(() -> zooKeeper.asForeigner(client -> client.getChildren(place, false)))
                    .hasCauseInstanceOf(KeeperException.NoAuthException.class);
            String mbusIp = "/cluster/config/mbusip";
            assertThat(zooKeeper.<byte[]>asForeigner(client -> client.getData(mbusIp, false, null)))
                    .isNotEmpty();
            assertThatThrownBy(() -> zooKeeper.asForeigner(client -> client.setData(mbusIp, new byte[0], -1)))
                    .hasCauseInstanceOf(KeeperException.NoAuthException.class);

            Path auth = Files.writeString(folder.resolve("zk.auth"), "logyard:secret\n");
            Map<String, String> secured =
                    Map.of("zk.connect", zooKeeper.connect(), "zk.acl", "secured", "zk.auth.file", auth.toString());
            try (ConfigTree tree = ClusterTree.forCommand(settings(secured))) {
                tree.set(ConfigPath.DRAINS.child("mine"), TextNode.valueOf("udp://127.0.0.1:5140"));
                assertThat(tree.children(ConfigPath.DRAINS)).containsKey("mine");
            }
            assertThatThrownBy(() -> zooKeeper.asForeigner(client -> client.getChildren(place, false)))
                    .hasCauseInstanceOf(KeeperException.NoAuthException.class);
        }
    }

    private void type(TestZooKeeper zooKeeper, List<String> lines) throws Exception {
        Path said = folder.resolve("zkCli");
        Process shell = java(ZooKeeperMain.class, said, List.of(), "-server", zooKeeper.connect());
        try (var in = shell.outputWriter()) {
            in.write(String.join("\n", lines) + "\nquit\n");
        }
        assertThat(shell.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(said)).doesNotContain("Authentication is not valid", "Insufficient permission");
    }
}
