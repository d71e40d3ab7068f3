package logyard.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.zookeeper.TestZooKeeper;
import logyard.core.bus.BusAddresses;
import logyard.core.daemon.ClusterTree;
import logyard.core.daemon.Registration;
import logyard.core.daemon.Settings;
import logyard.core.supervision.Accounts;

/**
 * A node with the real daemons of the distribution, each in a process of its own, and a real ZooKeeper. They are started,
 * stopped and killed as the test says, and keep their state in between.
 */
final class TestNode implements AutoCloseable {
    static final String ADDRESS = "127.0.0.1";

    /** The command; the process is listed as {@code cloud_events}. */
    static final String CLOUD_EVENTS = "cloud-events";

    private static final Path DISTRIBUTION = Path.of(System.getProperty("logyard.distribution"));
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern ENDPOINT = Pattern.compile("Metrics and health at (http://\\S+)");

    private final String address;
    private final Path folder;
    private final Path sockets;
    private final Path conf;
    private final TestZooKeeper zooKeeper;
    private final boolean ownsZooKeeper;
    private final ConfigTree tree;
    private final Map<String, Process> processes = new HashMap<>();

    private TestNode(Path folder, String address, TestZooKeeper zooKeeper, boolean ownsZooKeeper) throws IOException {
        this.folder = folder;
        this.address = address;
        this.zooKeeper = zooKeeper;
        this.ownsZooKeeper = ownsZooKeeper;
        this.sockets = Files.createTempDirectory("ly"); // a Unix socket's path must be short
        this.conf = folder.resolve("logyard.properties");
        Files.createDirectories(folder.resolve("logs"));
        Files.write(
                conf,
                List.of(
                        "node.ip=" + address,
                        "zk.connect=" + zooKeeper.connect(),
                        "zk.acl=open",
                        "bus.publish=ipc://" + sockets.resolve("pub.sock"),
                        "bus.subscribe=ipc://" + sockets.resolve("sub.sock"),
                        "bus.acknowledge=ipc://" + sockets.resolve("ack.sock"),
                        "logs.dir=" + folder.resolve("logs"),
                        "state.dir=" + folder.resolve("state"),
                        "journal.min_free_bytes=0",
                        "metrics.listen=" + ADDRESS + ":0",
                        "file.allowed_dirs=" + folder));
        this.tree = ClusterTree.forCommand(Settings.load(Optional.of(conf), Map.of(), Map.of()));
    }

    /** A node on which nothing runs yet, which follows one log file for each name. */
    static TestNode create(Path folder, String... logs) throws IOException {
        return follow(new TestNode(folder, ADDRESS, TestZooKeeper.started(), true), logs);
    }

    /** As {@link #create}, one of several nodes of a cluster: it has an address of its own, and ends without its ZooKeeper. */
    static TestNode join(TestZooKeeper zooKeeper, Path folder, String address) throws IOException {
        Files.createDirectories(folder);
        return new TestNode(folder, address, zooKeeper, false);
    }

    private static TestNode follow(TestNode node, String... logs) throws IOException {
        for (String log : logs) {
            Files.createFile(node.log(log));
            node.tree.set(
                    ConfigPath.SYSTAIL.child("log_files").child(log),
                    TextNode.valueOf(node.log(log).toString()));
        }
        return node;
    }

    Path log(String name) {
        return folder.resolve("logs").resolve(name + ".log");
    }

    ConfigTree tree() {
        return tree;
    }

    String address() {
        return address;
    }

    /** Where publishers of this node send to, and subscribers listen. */
    BusAddresses bus() {
        return Settings.load(Optional.of(conf), Map.of(), Map.of()).bus();
    }

    Path conf() {
        return conf;
    }

    /** Starts both daemons, and waits until they are ready. */
    void start() throws IOException {
        start("logyard");
        start("systail");
    }

    /** Starts a daemon, and waits until it says that it is ready. */
    void start(String process) throws IOException {
        launch(process);
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(processes.get(process).isAlive())
                    .as("%s runs; its log: %s", process, output(process))
                    .isTrue();
            JsonNode running = tree.children(ConfigPath.RUNNING.child(address)).get(process.replace('-', '_'));
            assertThat(running).isNotNull();
            assertThat(running.path("state").asText()).isEqualTo(Registration.RUNNING);
            assertThat(running.path("pid").asLong())
                    .isEqualTo(processes.get(process).pid());
        });
    }

    /** Starts a daemon without waiting for anything. */
    void launch(String process) throws IOException {
        launch(process, Map.of());
    }

    /** The same, with more in its environment. */
    void launch(String process, Map<String, String> environment) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(DISTRIBUTION.resolve("bin").resolve(process).toString(), "--conf", conf.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(outputFile(process).toFile()));
        builder.environment().putAll(environment);
        processes.put(process, builder.start());
    }

    private Path outputFile(String process) {
        return folder.resolve(process + ".out");
    }

    /** Where a daemon tells of itself, as it said last. */
    URI endpoint(String process) {
        return await().atMost(PATIENCE)
                .ignoreException(NoSuchElementException.class)
                .until(
                        () -> ENDPOINT.matcher(output(process))
                                .results()
                                .reduce((earlier, later) -> later)
                                .map(said -> URI.create(said.group(1)))
                                .orElseThrow(),
                        Objects::nonNull);
    }

    /** What a daemon has written to its log. */
    String output(String process) throws IOException {
        return Files.exists(outputFile(process)) ? Files.readString(outputFile(process)) : "";
    }

    /** kill -9. */
    void kill(String process) throws InterruptedException {
        Process killed = processes.remove(process);
        killed.destroyForcibly();
        assertThat(killed.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(killed.exitValue()).as("status of the killed %s", process).isEqualTo(128 + 9);
    }

    /** SIGTERM; the exit status. */
    int stop(String process) throws InterruptedException {
        Process stopped = processes.remove(process);
        stopped.destroy();
        assertThat(stopped.waitFor(60, TimeUnit.SECONDS))
                .as("%s ended within 15 s", process)
                .isTrue();
        return stopped.exitValue();
    }

    /** Defines a drain, and waits until it is in a state. */
    void drain(String name, String uri, String state) {
        tree.set(ConfigPath.DRAINS.child(name), TextNode.valueOf(uri));
        awaitState(name, state);
    }

    void awaitState(String name, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(status(name).path("name").asText()).isEqualTo(state));
    }

    /** What the tree says of a drain on this node; missing if it says nothing. Its numbers have been checked. */
    JsonNode status(String name) {
        JsonNode status = tree.read(ConfigPath.STATUS.child(address).child(name))
                .orElse(com.fasterxml.jackson.databind.node.MissingNode.getInstance());
        Accounts.assertBalanced(status);
        return status;
    }

    TestZooKeeper zooKeeper() {
        return zooKeeper;
    }

    /** The words that run a command of the distribution on this node. */
    List<String> command(String command, String... arguments) {
        List<String> line = new ArrayList<>(
                List.of(DISTRIBUTION.resolve("bin").resolve(command).toString(), "--conf", conf.toString()));
        line.addAll(List.of(arguments));
        return line;
    }

    /** Runs a command of the distribution to its end. */
    Result run(String command, String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command(command, arguments)).start();
        String out = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, err);
    }

    record Result(int exit, String out, String err) {}

    @Override
    public void close() throws IOException, InterruptedException {
        for (Process process : processes.values()) {
            process.destroyForcibly();
            process.waitFor();
        }
        tree.close();
        if (ownsZooKeeper) {
            zooKeeper.close();
        }
        for (String socket : List.of("pub.sock", "sub.sock", "ack.sock", "read.sock")) {
            Files.deleteIfExists(sockets.resolve(socket));
        }
        Files.deleteIfExists(sockets);
    }
}
