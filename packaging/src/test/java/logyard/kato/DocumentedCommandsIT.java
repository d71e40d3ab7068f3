package logyard.kato;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.zookeeper.TestZooKeeper;
import logyard.core.LogyardCore;
import logyard.core.daemon.ClusterTree;
import logyard.core.daemon.Settings;
import logyard.core.daemon.metrics.Vitals;
import logyard.core.drain.DrainTypes;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import logyard.kato.output.Output;
import logyard.manual.DocumentedCommands;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the documentation are typed one after the other, on a node with a real core and a real ZooKeeper. There is
 * no Redis, nobody who could be logged to, and no systemd of its own: what needs these is expected to say so. {@code
 * docs/install.md} is typed whole by InstallationIT.
 */
class DocumentedCommandsIT {
    /** What is typed instead of what the reader is to put in. */
    private static final Map<String, String> PUT_IN = new LinkedHashMap<>();

    static {
        PUT_IN.put("COMPONENT KEY VALUE", "systail max_record_size 30000");
        PUT_IN.put("COMPONENT", "systail");
        PUT_IN.put("GUID", "8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d");
        PUT_IN.put("ADDRESS", "127.0.0.1");
        PUT_IN.put("logsN.", "logs2.");
        PUT_IN.put("HOST:PORT", "127.0.0.1:6514");
        PUT_IN.put("com:PORT", "com:6514");
        PUT_IN.put("HOST", "127.0.0.1");
        PUT_IN.put("NAME URI", "mydrain tcp://192.0.2.7:5000");
        PUT_IN.put("NAME \"text\"", "myprocess \"INFO -- JOB_DONE backup in 12s\"");
        PUT_IN.put("tail NAME", "tail nginx");
        PUT_IN.put("NAME", "mydrain");
        PUT_IN.put("/s/logs/", "LOGS/");
        PUT_IN.put(" --force", "");
        PUT_IN.put("log drain add ", "log drain add --force "); // several pages give their examples the same name
    }

    private static final Pattern SPEC = Pattern.compile("(?m)^    events:\\n(?:    .*\\n)+");

    @TempDir
    private Path folder;

    private record Result(int status, String out, String err) {}

    private Map<String, String> local(TestZooKeeper zooKeeper, Path sockets) {
        return Map.of(
                "node.ip",
                "127.0.0.1",
                "zk.connect",
                zooKeeper.connect(),
                "zk.acl",
                "open",
                "bus.publish",
                "ipc://" + sockets.resolve("pub.sock"),
                "bus.subscribe",
                "ipc://" + sockets.resolve("sub.sock"),
                "bus.acknowledge",
                "ipc://" + sockets.resolve("ack.sock"),
                "state.dir",
                folder.resolve("state").toString(),
                "logs.dir",
                folder.toString(),
                "file.allowed_dirs",
                folder.toString());
    }

    /** Ctrl-C comes as soon as somebody waits for it. */
    private static Result kato(Map<String, String> local, List<String> words, String in) {
        var out = new StringWriter();
        var err = new StringWriter();
        var console = new Console(new Output(out), new PrintWriter(err, true), Colors.NONE);
        List<String> all = new ArrayList<>();
        local.forEach((key, value) -> all.addAll(List.of("--set", key + "=" + value)));
        all.addAll(words);
        var kato = new Kato(
                console,
                new ByteArrayInputStream(in.getBytes(UTF_8)),
                ClusterTree::forCommand,
                DrainTypes::installed,
                stop -> CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS)
                        .execute(stop));
        int status = kato.run(all.toArray(String[]::new));
        return new Result(status, out.toString(), err.toString());
    }

    @Test
    void areCarriedOut() throws Exception {
        Path sockets = Files.createTempDirectory("ly"); // a Unix socket's path must be short
        List<String> carriedOut = new ArrayList<>();
        var checks = new SoftAssertions();
        try (TestZooKeeper zooKeeper = TestZooKeeper.started()) {
            Map<String, String> local = local(zooKeeper, sockets);
            Settings settings = Settings.load(Optional.empty(), local, Map.of());
            try (ConfigTree tree = ClusterTree.forDaemon(settings, "logyard", true, new Vitals());
                    LogyardCore core = LogyardCore.start(settings, tree, DrainTypes.installed())) {
                assertThat(core).isNotNull();
                await().untilAsserted(() ->
                        assertThat(tree.children(ConfigPath.DRAINS)).isNotEmpty());
                assertThat(kato(local, List.of("log", "drain", "add", "mydrain", "udp://127.0.0.1:5140"), "")
                                .status())
                        .isZero();
                for (String typed : DocumentedCommands.all()) {
                    List<String> words = DocumentedCommands.words(putIn(typed));
                    if (!DocumentedCommands.isOnlyNamed(words) && !isOfInstallation(typed)) {
                        checkCarriedOut(checks, typed, kato(local, words, typedIn(typed)));
                        carriedOut.add(typed);
                    }
                }
            }
        } finally {
            try (Stream<Path> files = Files.list(sockets)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(sockets);
        }
        checks.assertThat(carriedOut).hasSizeGreaterThan(60);
        checks.assertAll();
    }

    private String putIn(String typed) {
        String all = typed;
        for (Map.Entry<String, String> each : PUT_IN.entrySet()) {
            all = all.replace(each.getKey(), each.getValue());
        }
        return all.replace("LOGS/", folder + "/");
    }

    /** What is in the file that is handed to it: the example of its page. */
    private static String typedIn(String typed) throws IOException {
        if (!typed.startsWith("config set --yaml cloud_events ")) {
            return "";
        }
        String page = Files.readString(Path.of("../docs/cloud-events.md"));
        Matcher example = SPEC.matcher(page);
        assertThat(example.find()).isTrue();
        JsonNode specs = new YAMLMapper().readTree(example.group().stripIndent());
        return new YAMLMapper().writeValueAsString(typed.endsWith(" /") ? specs : specs.get("events"));
    }

    /** It would wait for daemons that are not there. */
    private static boolean isOfInstallation(String typed) {
        return typed.contains("--block");
    }

    private static void checkCarriedOut(SoftAssertions checks, String typed, Result result) {
        checks.assertThat(result.err()).as("kato %s", typed).doesNotContain("\tat ", "Exception");
        String expected = expectedComplaint(typed);
        if (expected.isEmpty()) {
            checks.assertThat(result.status()).as("kato %s: %s", typed, result).isZero();
        } else {
            checks.assertThat(result.status()).as("kato %s: %s", typed, result).isEqualTo(1);
            checks.assertThat(result.err() + result.out()).as("kato %s", typed).containsPattern(expected);
        }
    }

    /** What cannot work here says what is missing; a stream ends by Ctrl-C, with status 1 as ever. */
    private static String expectedComplaint(String typed) {
        if (typed.matches("log (tail|stream)( .*)?")) {
            return "Deleted drain tmp\\.";
        }
        if (typed.matches("log app (?!drain).*")) {
            return "Redis";
        }
        if (typed.startsWith("log drain test unix:")) {
            return "unknown drain type"; // that of docs/developing.md: DrainTypeJarIT
        }
        if (typed.startsWith("log drain test 'tcp://logs.example.com")) {
            return "(resolve|connect) +.*FAILED";
        }
        if (typed.startsWith("log top") && typed.contains("--node 10.0.0.5")) {
            return "no core runs on 10\\.0\\.0\\.5; they run on 127\\.0\\.0\\.1";
        }
        return "";
    }
}
