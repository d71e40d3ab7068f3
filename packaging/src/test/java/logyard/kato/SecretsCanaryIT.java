package logyard.kato;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import logyard.core.LogyardCore;
import logyard.core.daemon.Settings;
import logyard.core.drain.DrainTypes;
import logyard.kato.action.ActionLog;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import logyard.kato.output.Output;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A core and kato with drains that hold a secret, in all states: it is nowhere in what they show or log. */
class SecretsCanaryIT {
    private static final String CANARY = "CANARY-7f3a9c-in-the-coal-mine";

    @TempDir
    private Path folder;

    private final InMemoryConfigTree tree = new InMemoryConfigTree();
    private final Queue<String> shown = new ConcurrentLinkedQueue<>();
    private final Listening appender = new Listening();
    private Path sockets;

    private final class Listening extends AppenderBase<ILoggingEvent> {
        @Override
        protected void append(ILoggingEvent event) {
            shown.add(event.getFormattedMessage());
            if (event.getThrowableProxy() != null) {
                shown.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
            }
        }
    }

    @BeforeEach
    void listen() throws IOException {
        sockets = Files.createTempDirectory("ly");
        appender.start();
        logger().addAppender(appender);
        logger().setLevel(Level.DEBUG);
    }

    @AfterEach
    void listenNoMore() throws IOException {
        logger().setLevel(Level.INFO);
        logger().detachAppender(appender);
        for (String name : List.of("pub.sock", "sub.sock", "ack.sock", "read.sock")) {
            Files.deleteIfExists(sockets.resolve(name));
        }
        Files.deleteIfExists(sockets);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("logyard");
    }

    private Settings settings() {
        return Settings.load(
                Optional.empty(),
                Map.of(
                        "node.ip",
                        "127.0.0.1",
                        "bus.publish",
                        "ipc://" + sockets.resolve("pub.sock"),
                        "bus.subscribe",
                        "ipc://" + sockets.resolve("sub.sock"),
                        "bus.acknowledge",
                        "ipc://" + sockets.resolve("ack.sock"),
                        "state.dir",
                        folder.resolve("state").toString(),
                        "journal.min_free_bytes",
                        "0",
                        "file.allowed_dirs",
                        folder.toString()),
                Map.of());
    }

    private void kato(String... arguments) {
        var out = new StringWriter();
        var console = new Console(new Output(out), new PrintWriter(out, true), Colors.NONE);
        new Kato(
                        console,
                        new ByteArrayInputStream(CANARY.getBytes(UTF_8)),
                        unused -> tree,
                        DrainTypes::installed,
                        stop -> {})
                .run(Stream.concat(
                                Stream.of("--set", "logs.dir=" + folder, "--set", "file.allowed_dirs=" + folder),
                                Stream.of(arguments))
                        .toArray(String[]::new));
        shown.add(out.toString());
    }

    private Map<String, String> drains(int port) {
        String here = "@127.0.0.1:" + port;
        return Map.ofEntries(
                Map.entry("refused", "redis://me:" + CANARY + here),
                Map.entry("long-key", "redis://127.0.0.1:" + port + "?key=" + CANARY),
                Map.entry("running", "tcp://me:" + CANARY + here + "?token=" + CANARY),
                Map.entry("no-host", "tcp://me:" + CANARY + "@no-such-host.invalid:1?api_key=" + CANARY),
                Map.entry("wrong-limit", "redis://me:" + CANARY + "@h:1?limit=many&password=" + CANARY),
                Map.entry("wrong-port", "tcp://me:" + CANARY + "@h:many"),
                Map.entry("no-port", "tcp://me:" + CANARY + "@h?secret=" + CANARY),
                Map.entry("slash", "redis://me:x/" + CANARY + "@h:1"),
                Map.entry("question", "redis://me:x?" + CANARY + "@h:1"),
                Map.entry("bad-escape", "redis://me:" + CANARY + "%zz@h:1"),
                Map.entry("filter", "tcp://h:1?filter=a+b&password=" + CANARY),
                Map.entry("template", "udp://h:1?format={{.x&token=" + CANARY),
                Map.entry("folder", "file://me:" + CANARY + "@h/etc/x?tok%65n=" + CANARY),
                Map.entry("login", "redis://" + CANARY + "@h:1"),
                Map.entry("secret", "redis://me:secret:" + CANARY + "%20@h:1"),
                Map.entry("no-type", "nonsense://me:" + CANARY + "@h:1"));
    }

    /** Says to everybody what a Redis says that repeats the password. */
    private static void refuse(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                client.getOutputStream().write(("-WRONGPASS no such password: " + CANARY + "\r\n").getBytes(UTF_8));
            } catch (IOException e) {
                return;
            }
        }
    }

    @Test
    void isNowhereInWhatIsShownAndLogged() throws Exception {
        tree.set(ConfigPath.LOGYARD, JsonNodeFactory.instance.objectNode().put("schema", 1));
        try (var server = new ServerSocket(0)) {
            new Thread(() -> refuse(server), "redis").start();
            Map<String, String> drains = drains(server.getLocalPort());
            drains.forEach((name, uri) -> tree.set(ConfigPath.DRAINS.child(name), TextNode.valueOf(uri)));
            try (LogyardCore core = LogyardCore.start(settings(), tree, DrainTypes.installed())) {
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(statuses()).contains("RUNNING", "RETRYING", "FATAL"));
                shown.add(statuses());
                drains.forEach(this::useKato);
                shown.add(statuses());
            }
        }

        List<String> actions = new ActionLog(folder).lines();
        assertThat(actions).hasSizeGreaterThan(10 * drains(0).size());
        shown.addAll(actions);
        assertThat(shown)
                .hasSizeGreaterThan(100)
                .allSatisfy(text -> assertThat(text).doesNotContain(CANARY));
    }

    private String statuses() {
        return tree.children(ConfigPath.STATUS.child("127.0.0.1")).toString();
    }

    private void useKato(String name, String uri) {
        kato("log", "drain", "list");
        kato("log", "drain", "list", "--json");
        kato("log", "drain", "status");
        kato("log", "drain", "status", "--yaml");
        kato("--set", "node.ip=127.0.0.1", "log", "drain", "test", name);
        kato("--set", "node.ip=127.0.0.1", "log", "drain", "test", "--json", uri);
        kato("log", "drain", "add", "--dry-run", name + "2", uri);
        kato("log", "drain", "add", "--dry-run", "--force", name, uri);
        kato("log", "drain", "add", name, uri);
        kato("log", "drain", "add", name, uri, "limit");
        kato("log", "drain", "add", name + "2", uri);
        kato("log", "drain", "delete", name, uri);
        kato("log", "drain", "delete", uri);
        kato("log", "app", "drain", "add", "7", name, uri);
        kato("log", "app", "drain", "add", "7", uri, "udp://h:1");
        kato("log", "app", "drain", "add", uri, name, uri);
        kato("log", "app", "drain", "list", "7");
        kato("log", "app", "drain", "delete", "7", uri);
        kato("log", "app", "drain", "delete", "7", name);
        kato("log", "app", uri);
        kato("config", "get");
        kato("config", "get", "--flat");
        kato("config", "get", "--json", "logyard", "drains/" + name);
        kato("config", "set", "logyard", "drains/" + name, uri);
        kato("config", "set", "logyard", "drains", "{\"x\":[\"" + uri + "\"]}");
        kato("log", "drain", "add", name + "3", "udp://h:1", "password=" + CANARY);
        kato("config", "set", "cloud_controller", "--force", "db/password", CANARY);
        kato("config", "set", "cloud_controller", "db/password", "--force", CANARY);
        kato("config", "set", "cloud_controller", "--yaml", "--force", "db", "user: me\npassword: " + CANARY);
        kato("config", "get", "cloud_controller");
        kato("log", "drain", "delete", name + "3");
        kato("log", "drain", "delete", name + "2");
        kato("log", "drain", "delete", name);
    }
}
