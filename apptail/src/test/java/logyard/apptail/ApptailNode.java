package logyard.apptail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import logyard.apptail.instance.FakeDea;
import logyard.apptail.instance.NatsServer;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.LogyardCore;
import logyard.core.daemon.NamedThreads;
import logyard.core.daemon.NodeFolder;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.core.daemon.metrics.Vitals;
import logyard.core.drain.DrainTypes;
import logyard.core.drain.FakeDrainType;

/** A node with a core in this process, a real NATS server, a DEA, and a drain that gets {@code <file>:<text>} lines. */
final class ApptailNode implements AutoCloseable {
    private static final ConfigPath MBUS = ConfigPath.parse("/proc/cloud_controller/config/mbus");

    final Path folder;
    final Path containers;
    final Path uidFile;
    final InMemoryConfigTree tree = InMemoryConfigTree.seeded();
    final NatsServer nats;
    final Settings settings;
    private final ExecutorService thread = NamedThreads.single("fake-drain");
    private final FakeDrainType type = new FakeDrainType(thread).openingAtOnce();
    private final NodeFolder node;
    FakeDea dea;
    Duration askAgain = Duration.ofHours(1);
    Duration linger = Duration.ZERO;
    private LogyardCore core;
    private Apptail apptail;

    private ApptailNode(Path folder, NatsServer nats, String docker) throws IOException {
        this.folder = folder.toRealPath();
        this.containers = Files.createDirectory(this.folder.resolve("containers"));
        this.uidFile = this.folder.resolve("uid");
        this.node = new NodeFolder(this.folder);
        this.nats = nats;
        this.settings = node.settings()
                .with(Setting.APPTAIL_UID_FILE, uidFile.toString())
                .with(Setting.APPTAIL_ALLOWED_ROOTS, containers.toString())
                .with(Setting.APPTAIL_DOCKER_URL, docker);
        tree.set(MBUS, TextNode.valueOf(nats.uri()));
        tree.set(
                ConfigPath.DRAINS.child("all"),
                TextNode.valueOf("fake://h:1?filter=apptail&format={{.source}}/{{.filename}}:{{.text}}"));
        startCore();
    }

    /** Everything runs, and apptail listens. */
    static ApptailNode start(Path folder) throws Exception {
        return start(folder, "");
    }

    /** As {@link #start(Path)}, with a Docker daemon. */
    static ApptailNode start(Path folder, String docker) throws Exception {
        var started = new ApptailNode(folder, NatsServer.start(), docker);
        started.dea = new FakeDea(started.nats, started.uidFile);
        started.startApptail();
        started.awaitAsked(1);
        return started;
    }

    /** As {@link #start}, but NATS is down, and there is no DEA. */
    static ApptailNode startWithoutNats(Path folder) throws Exception {
        var started = new ApptailNode(folder, NatsServer.stopped(), "");
        started.startApptail();
        return started;
    }

    void startApptail() throws IOException {
        apptail = Apptail.start(settings, tree, askAgain, linger, new Vitals());
    }

    void stopApptail() {
        apptail.close();
    }

    Apptail apptail() {
        return apptail;
    }

    void startCore() throws IOException {
        core = LogyardCore.start(settings, tree, new DrainTypes(List.of(type)));
    }

    void stopCore() {
        core.close();
    }

    void awaitAsked(int times) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(dea.asked()).isGreaterThanOrEqualTo(times));
    }

    void setting(String key, int value) {
        tree.set(ConfigPath.APPTAIL.child(key), IntNode.valueOf(value));
    }

    /** Makes the files of an instance, without logs. */
    Path container(String name) throws IOException {
        Path root = containers.resolve(name);
        Files.createDirectories(root.resolve("home/stackato/logs"));
        Files.createDirectories(root.resolve("home/stackato/etc"));
        return root;
    }

    /** The announcement of an instance in its container, in the words of the final version. */
    String announcement(String container, String more) {
        return "{\"AppGUID\":\"guid-" + container + "\",\"AppName\":\"env\",\"AppSpace\":\"space\",\"Type\":\"app\","
                + "\"Index\":0,\"docker_id\":\"" + id(container) + "0123456789\",\"RootPath\":\""
                + containers.resolve(container) + "\"" + more + "}";
    }

    static String id(String container) {
        return "000000000000".substring(container.length()) + container;
    }

    static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** What the drain has, of all its lives. */
    List<String> received() {
        return type.attempts().stream()
                .flatMap(attempt -> attempt.target.received().lines())
                .toList();
    }

    void awaitReceived(String... lines) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(received()).containsExactlyInAnyOrder(lines));
    }

    void awaitReceives(String... lines) {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(received()).contains(lines));
    }

    @Override
    public void close() throws Exception {
        apptail.close();
        if (dea != null) {
            dea.close();
        }
        nats.close();
        core.close();
        NamedThreads.stop(thread);
        node.close();
    }
}
