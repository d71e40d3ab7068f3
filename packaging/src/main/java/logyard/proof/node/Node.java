package logyard.proof.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.core.daemon.ClusterTree;
import logyard.core.daemon.Registration;
import logyard.core.daemon.Settings;

/**
 * A node with the daemons of the distribution, each in a process of its own, which are started, stopped and killed and
 * keep their state in between. A daemon goes by the name of its command, such as {@code cloud-events}. One thread.
 */
public final class Node implements AutoCloseable {
    /** The core's command. */
    public static final String CORE = "logyard";

    public static final String SYSTAIL = "systail";
    public static final String APPTAIL = "apptail";

    /** The command; the process is listed as {@code cloud_events}. */
    public static final String CLOUD_EVENTS = "cloud-events";

    private static final String ADDRESS = "127.0.0.1";
    private static final int KILLED = 128 + 9;

    private final Path distribution;
    private final Path folder;
    private final Path state;
    private final Path sockets;
    private final Path conf;
    private final ConfigTree tree;
    private final Map<String, Process> processes = new ConcurrentHashMap<>();

    /**
     * A node on which nothing runs yet.
     *
     * @param folder its own, which is there
     * @param state where its journal, cursors and positions are to be
     * @param zooKeeper {@code host:port}
     * @param chroot where in it the tree of this node is
     * @param more settings beyond those that every node here has
     */
    public Node(Path distribution, Path folder, Path state, String zooKeeper, String chroot, Map<String, String> more)
            throws IOException {
        this.distribution = distribution;
        this.folder = folder;
        this.state = state;
        this.sockets = Files.createTempDirectory("lp"); // a Unix socket's path must be short
        this.conf = folder.resolve("logyard.properties");
        Files.createDirectories(folder.resolve("logs"));
        Map<String, String> settings = new TreeMap<>(Map.of(
                "node.ip",
                ADDRESS,
                "zk.connect",
                zooKeeper,
                "zk.chroot",
                chroot,
                "zk.acl",
                "open",
                "bus.publish",
                "ipc://" + sockets.resolve("pub.sock"),
                "bus.subscribe",
                "ipc://" + sockets.resolve("sub.sock"),
                "bus.acknowledge",
                "ipc://" + sockets.resolve("ack.sock"),
                "state.dir",
                state.toString(),
                "file.allowed_dirs",
                folder.toString(),
                "journal.min_free_bytes",
                "0"));
        settings.put("logs.dir", folder.resolve("own-logs").toString()); // not there: daemons log to their output only
        settings.putAll(more);
        Files.write(
                conf,
                settings.entrySet().stream()
                        .map(setting -> setting.getKey() + "=" + setting.getValue())
                        .toList());
        tree = ClusterTree.forCommand(Settings.load(Optional.of(conf), Map.of(), Map.of()));
    }

    /** Has systail follow one more log, which is made if it is not there. */
    public Path follow(String name) throws IOException {
        return follow(name, folder.resolve("logs"));
    }

    /** The same, in another folder. */
    public Path follow(String name, Path logs) throws IOException {
        Path log = logs.resolve(name + ".log");
        if (!Files.exists(log)) {
            Files.createFile(log);
        }
        tree.set(ConfigPath.SYSTAIL.child("log_files").child(name), TextNode.valueOf(log.toString()));
        return log;
    }

    public Path folder() {
        return folder;
    }

    /** Where the state of the daemons is. */
    public Path state() {
        return state;
    }

    public Path journal() {
        return state.resolve("journal");
    }

    public ConfigTree tree() {
        return tree;
    }

    /** Starts daemons, and waits until all are ready. */
    public void start(String... daemons) throws IOException {
        for (String daemon : daemons) {
            launch(daemon, "", Map.of());
        }
        for (String daemon : daemons) {
            awaitReady(daemon);
        }
    }

    /**
     * Starts a daemon without waiting for anything.
     *
     * @param jvmOptions options for its JVM, separated by spaces
     * @param environment variables beyond those of this process
     */
    public void launch(String daemon, String jvmOptions, Map<String, String> environment) throws IOException {
        var command = List.of(distribution.resolve("bin").resolve(daemon).toString(), "--conf", conf.toString());
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(outputFile(daemon).toFile()));
        builder.environment().merge("LOGYARD_JAVA_OPTS", jvmOptions, (given, ours) -> given + " " + ours);
        builder.environment().putAll(environment);
        processes.put(daemon, builder.start());
    }

    /** Waits until a daemon says that it is ready. */
    public void awaitReady(String daemon) throws IOException {
        Process process = running(daemon);
        Patience.require(daemon + " is ready", () -> {
            requireAlive(daemon, process);
            JsonNode entry = tree.children(ConfigPath.RUNNING.child(ADDRESS)).get(daemon.replace('-', '_'));
            return entry != null
                    && entry.path("pid").asLong() == process.pid()
                    && entry.path("state").asText().equals(Registration.RUNNING);
        });
    }

    private void requireAlive(String daemon, Process process) throws IOException {
        if (!process.isAlive()) {
            throw new IOException(
                    daemon + " ended by itself with status " + process.exitValue() + ": " + lastWords(daemon));
        }
    }

    private Process running(String daemon) {
        Process process = processes.get(daemon);
        if (process == null) {
            throw new IllegalStateException(daemon + " was not started");
        }
        return process;
    }

    private Path outputFile(String daemon) {
        return folder.resolve(daemon + ".out");
    }

    /** What a daemon has written to its log, in all its lives. */
    public String output(String daemon) throws IOException {
        return Files.exists(outputFile(daemon)) ? Files.readString(outputFile(daemon)) : "";
    }

    private String lastWords(String daemon) throws IOException {
        List<String> lines = output(daemon).lines().toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    }

    /** Whether a daemon that was started runs. */
    public boolean isAlive(String daemon) {
        return running(daemon).isAlive();
    }

    /**
     * kill -9.
     *
     * @throws IOException if it had ended by itself before
     */
    public void kill(String daemon) throws IOException, InterruptedException {
        Process killed = running(daemon);
        requireAlive(daemon, killed);
        killed.destroyForcibly();
        int status = killed.waitFor();
        processes.remove(daemon);
        if (status != KILLED) {
            throw new IOException(daemon + " ended by itself with status " + status + ": " + lastWords(daemon));
        }
    }

    /** Waits until a daemon has killed itself; false if it does not in time. */
    public boolean awaitKilled(String daemon, Duration most) throws IOException {
        Process process = running(daemon);
        if (!Patience.await(most, () -> !process.isAlive())) {
            return false;
        }
        processes.remove(daemon);
        if (process.exitValue() != KILLED) {
            throw new IOException(daemon + " ended with status " + process.exitValue() + ": " + lastWords(daemon));
        }
        return true;
    }

    /** SIGTERM; the exit status. */
    public int stop(String daemon) throws IOException, InterruptedException {
        Process stopped = running(daemon);
        requireAlive(daemon, stopped);
        stopped.destroy();
        int status = stopped.waitFor();
        processes.remove(daemon);
        return status;
    }

    public long pid(String daemon) {
        return running(daemon).pid();
    }

    /** Defines a drain, or changes it. */
    public void drain(String name, String uri) {
        tree.set(ConfigPath.DRAINS.child(name), TextNode.valueOf(uri));
    }

    public void awaitDrain(String name, String state) throws IOException {
        Patience.require(
                "drain " + name + " is " + state,
                () -> status(name).path("name").asText().equals(state));
    }

    /** What the tree says of a drain on this node; missing if it says nothing. */
    public JsonNode status(String name) {
        return tree.read(ConfigPath.STATUS.child(ADDRESS).child(name)).orElse(MissingNode.getInstance());
    }

    /** How many events for a drain the core has saved to have stored; see {@code docs/formats.md}. */
    public long saved(String drain) throws IOException {
        Path cursors = state.resolve("cursors.json");
        String json = Files.exists(cursors)
                ? Files.readString(cursors).lines().findFirst().orElse("")
                : "";
        return new ObjectMapper()
                .readTree(json)
                .path("drains")
                .path(drain)
                .path("stored")
                .asLong();
    }

    /** The segments of the journal, oldest first. */
    public List<Path> segments() throws IOException {
        List<Path> segments = new ArrayList<>();
        try (var files = Files.newDirectoryStream(journal(), "*.journal")) {
            files.forEach(segments::add);
        }
        segments.sort(null);
        return segments;
    }

    @Override
    public void close() throws IOException, InterruptedException {
        for (Process process : processes.values()) {
            process.destroyForcibly();
            int unused = process.waitFor();
        }
        processes.clear();
        tree.close();
        for (String socket : List.of("pub.sock", "sub.sock", "ack.sock", "read.sock")) {
            Files.deleteIfExists(sockets.resolve(socket));
        }
        Files.deleteIfExists(sockets);
    }
}
