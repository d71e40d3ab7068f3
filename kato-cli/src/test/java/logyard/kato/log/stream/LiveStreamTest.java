package logyard.kato.log.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import logyard.config.ConfigPath;
import logyard.core.daemon.Settings;
import logyard.kato.command.Cluster;
import logyard.kato.log.line.LineFilter;
import logyard.kato.log.line.LineView;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import logyard.kato.output.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveStreamTest extends TypedStream {
    @Test
    void makesADrainOfItsOwnThatIsGoneWhenInterrupted() throws Exception {
        var status = start("log", "stream", "event", "systail.dea");
        String name = drainName();
        String uri = cluster.drain(name);

        interrupt();

        assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(name).matches("tmp\\.logyard-cli\\.127\\.0\\.0\\.1-7\\d\\d\\d");
        assertThat(uri)
                .isEqualTo(
                        "tcp://" + name.substring("tmp.logyard-cli.".length()).replace('-', ':')
                                + "?filter=event&filter=systail.dea&format=raw");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEqualTo("Added drain " + uri + "\n\nDeleted drain " + name + "\n");
    }

    @Test
    void tailsAllSystemLogs() throws Exception {
        var status = start("log", "tail");
        String uri = cluster.drain(drainName());
        interrupt();
        status.get(60, TimeUnit.SECONDS);

        assertThat(uri).endsWith("?filter=systail&format=raw");
    }

    @Test
    void tailsTheLogsThatAreNamed() throws Exception {
        var status = start("log", "tail", "dea", "stager");
        String uri = cluster.drain(drainName());
        interrupt();
        status.get(60, TimeUnit.SECONDS);

        assertThat(uri).endsWith("?filter=systail.dea.&filter=systail.stager.&format=raw");
    }

    @Test
    void showsTheLinesOfAllNodesUntilItIsInterrupted() throws Exception {
        var status = start("log", "tail");

        try (Socket one = connectAsNode();
                Socket other = connectAsNode()) {
            send(one, EVENT);
            await().untilAsserted(() -> assertThat(out.toString()).isEqualTo("dea@10.0.0.7: Ready\n"));
            send(other, EVENT.replace("Ready", "Set"));
            await().untilAsserted(
                            () -> assertThat(out.toString()).isEqualTo("dea@10.0.0.7: Ready\ndea@10.0.0.7: Set\n"));
            assertThat(status).isNotDone();
            interrupt();
        }

        assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(err.toString()).doesNotContain("has left");
    }

    /** What is not shown does not count: a node sends more than that, and the last that are shown are shown. */
    @Test
    void beginsWithTheLastLinesThatAreShown() throws Exception {
        String past = EVENT.replace("}", ",\"unix_time\":1}");
        String dailyWork = past.replace("systail.dea", "systail.logyard")
                .replace("\"dea\"", "\"logyard\"")
                .replace("Ready", "INFO -- Found drain");
        var status = start("log", "tail", "--lines", "2", "--exclude", "Set");

        try (Socket node = connectAsNode()) {
            for (String event : List.of(past, past.replace("Ready", "Go"), past.replace("Ready", "Gone"))) {
                send(node, event);
                send(node, dailyWork);
                send(node, past.replace("Ready", "Set"));
            }
            await().untilAsserted(() -> assertThat(out.toString()).isEqualTo("dea@10.0.0.7: Go\ndea@10.0.0.7: Gone\n"));
            assertThat(cluster.drain(drainName())).endsWith("&last=1002");
            interrupt();
        }
        status.get(60, TimeUnit.SECONDS);
    }

    @Test
    void putsTheTimeInFrontIfAskedTo() throws Exception {
        var status = start("log", "tail", "--time");

        try (Socket node = connectAsNode()) {
            send(node, EVENT);
            await().untilAsserted(
                            () -> assertThat(out.toString())
                                    .matches(
                                            "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}[+-]\\d\\d:\\d\\d dea@10.0.0.7: Ready\n"));
            interrupt();
        }
        status.get(60, TimeUnit.SECONDS);
    }

    @Test
    void endsWhenItCannotWriteAnyMore() throws Exception {
        var fullDisk = new Output(new OutputStreamWriter(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("No space left on device");
                    }
                },
                UTF_8));
        var status = start(fullDisk, "log", "tail");
        String uri = cluster.drain(drainName());

        try (Socket node = connectAsNode()) {
            send(node, EVENT);
            assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        }

        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
        assertThat(err.toString())
                .isEqualTo("Added drain " + uri + "\nERROR: the output cannot be written: No space left on device\n");
    }

    @Test
    void tellsWhenNoNodeComes() throws Exception {
        for (String place : List.of("10.0.0.7/logyard", "10.0.0.8/systail")) {
            cluster.tree.set(ConfigPath.parse("/proc/logyard/running/" + place), TextNode.valueOf(""));
        }
        var live = new Cluster(() -> settings("127.0.0.1"), settings -> cluster.tree);
        var console = new Console(new Output(out), new PrintWriter(err, true), Colors.NONE);
        var view = LineView.of(false, false, false, false, LineFilter.of(Optional.of("10.0.0.9")));
        var status = CompletableFuture.supplyAsync(
                () -> new LiveStream(live, console, interrupt::complete, Duration.ofMillis(10))
                        .show(List.of("event"), Beginning.NOW, view));

        await().untilAsserted(() -> assertThat(err.toString())
                .startsWith("WARN: there is no node 10.0.0.9 just now; there are [10.0.0.7, 10.0.0.8]\n")
                .contains("WARN: no node has connected to 127.0.0.1:7")
                .contains("cores run on 10.0.0.7; do their firewalls let them reach the ports 7000-7999 here"));
        interrupt();
        status.get(60, TimeUnit.SECONDS);
    }

    private static Settings settings(String node) {
        return Settings.load(Optional.empty(), Map.of("node.ip", node), Map.of());
    }

    /** Of a node that is gone, an empty place stays behind. */
    @Test
    void awaitsNoNodeThatIsGone() throws Exception {
        cluster.tree.set(ConfigPath.RUNNING.child("10.0.0.7").child("logyard"), TextNode.valueOf(""));
        cluster.tree.set(ConfigPath.RUNNING.child("10.0.0.8"), TextNode.valueOf(""));

        var status = start("log", "tail", "--node", "10.0.0.8");
        interrupt();
        status.get(60, TimeUnit.SECONDS);

        assertThat(err.toString()).startsWith("WARN: there is no node 10.0.0.8 just now; there are [10.0.0.7]\n");
    }

    @Test
    void showsWhatIsLookedForInTheFormThatIsAskedFor() throws Exception {
        var status = start(
                "log",
                "tail",
                "--grep",
                "Re.dy|ERROR",
                "--grep",
                "Set",
                "--exclude",
                "^dea: not",
                "--severity",
                "warn",
                "--template",
                "{{.name}}: {{.text}} of {{.node_id}}");

        try (Socket node = connectAsNode()) {
            for (String text :
                    List.of("Ready", "not Ready WARN", "Ready, WARN", "WARN only", "ERROR", "Set! WARNING")) {
                send(node, EVENT.replace("Ready", text));
            }
            await().untilAsserted(() -> assertThat(out.toString()).contains("Set!"));
            interrupt();
        }
        status.get(60, TimeUnit.SECONDS);

        assertThat(out.toString()).isEqualTo("""
                        dea: Ready, WARN of 10.0.0.7
                        dea: ERROR of 10.0.0.7
                        dea: Set! WARNING of 10.0.0.7
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--grep a(b              | Invalid value for option '--grep' (RE): \"a(b\": regex is none that RE2 knows",
                "--exclude (?=x)         | Invalid value for option '--exclude' (RE): \"(?=x)\": regex is none that RE2 knows",
                "--highlight x{1000}{9}  | regex is too large",
                "--severity INFO         | must be ERROR or WARN, got \"INFO\"",
                "--template text         | \"text\" holds no field such as {{.text}}",
                "--template {{.text      | \"{{.text\": template: line:1",
                "--json --template {{.a}} | --json shows events as they came; it cannot go with --template"
            })
    void refusesWhatItCannotUseBeforeAnythingIsWritten(String options, String reason) {
        List<String> command = new ArrayList<>(List.of("log", "stream", "systail"));
        command.addAll(List.of(options.split(" ")));

        var result = cluster.kato(command.toArray(String[]::new));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).startsWith("ERROR: ").contains(reason);
        assertThat(result.out()).isEmpty();
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
    }

    @Test
    void saysThatNothingIsHighlightedWithoutColours() throws Exception {
        var status = start("log", "tail", "--highlight", "x");
        interrupt();
        status.get(60, TimeUnit.SECONDS);

        assertThat(err.toString()).startsWith("WARN: nothing is highlighted: there are no colours here\n");
    }
}
