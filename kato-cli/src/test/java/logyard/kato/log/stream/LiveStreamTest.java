package logyard.kato.log.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
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
import logyard.core.drain.DrainUri;
import logyard.kato.TestKato;
import logyard.kato.command.Cluster;
import logyard.kato.log.line.LineFilter;
import logyard.kato.log.line.LineView;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LiveStreamTest {
    private static final String EVENT =
            "systail.dea.10.0.0.7 {\"name\":\"dea\",\"text\":\"Ready\",\"node_id\":\"10.0.0.7\"}";

    private final TestKato cluster = new TestKato().onNode("127.0.0.1");
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CompletableFuture<Runnable> interrupt = new CompletableFuture<>();

    private CompletableFuture<Integer> start(String... command) {
        return start(new PrintWriter(out, true), command);
    }

    private CompletableFuture<Integer> start(PrintWriter stdout, String... command) {
        var console = new Console(stdout, new PrintWriter(err, true), Colors.NONE);
        var status = new CompletableFuture<Integer>();
        new Thread(() -> status.complete(cluster.kato(console, interrupt::complete, command)), "kato").start();
        await().untilAsserted(
                        () -> assertThat(cluster.tree.names(ConfigPath.DRAINS)).hasSize(1));
        return status;
    }

    private String drainName() {
        return cluster.tree.names(ConfigPath.DRAINS).first();
    }

    private Socket connectAsNode() throws IOException {
        String[] target = DrainUri.parse(cluster.drain(drainName())).host().split(":");
        return new Socket(target[0], Integer.parseInt(target[1]));
    }

    private static void send(Socket node, String line) throws IOException {
        node.getOutputStream().write((line + "\n").getBytes(UTF_8));
    }

    private void interrupt() throws Exception {
        interrupt.get(60, TimeUnit.SECONDS).run();
    }

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
    void endsQuietlyWhenNobodyReadsItAnyMore() throws Exception {
        var closedPipe = new PrintWriter(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                true,
                UTF_8);
        var status = start(closedPipe, "log", "tail");
        String uri = cluster.drain(drainName());

        try (Socket node = connectAsNode()) {
            send(node, EVENT);
            assertThat(status.get(60, TimeUnit.SECONDS)).isZero();
        }

        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
        assertThat(err.toString()).isEqualTo("Added drain " + uri + "\n");
    }

    @Test
    void tellsWhenNoNodeComes() throws Exception {
        for (String place : List.of("10.0.0.7/logyard", "10.0.0.8/systail")) {
            cluster.tree.set(ConfigPath.parse("/proc/logyard/running/" + place), TextNode.valueOf(""));
        }
        var live = new Cluster(() -> settings("127.0.0.1"), settings -> cluster.tree);
        var console = new Console(new PrintWriter(out, true), new PrintWriter(err, true), Colors.NONE);
        var view = LineView.of(false, false, false, false, LineFilter.of(Optional.of("10.0.0.9")));
        var status = CompletableFuture.supplyAsync(() ->
                new LiveStream(live, console, interrupt::complete, Duration.ofMillis(10)).show(List.of("event"), view));

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

    @Test
    void saysWhichNodeLeavesAndReturns() throws Exception {
        var status = start("log", "tail");

        for (int i = 0; i < 2; i++) {
            try (Socket node = connectAsNode()) {
                send(node, EVENT);
                int lines = i + 1;
                await().untilAsserted(() -> assertThat(out.toString().lines()).hasSize(lines));
            }
            int departures = i + 2;
            await().untilAsserted(() -> assertThat(err.toString().split("10.0.0.7 has left the stream\n", -1))
                    .hasSize(departures));
        }
        interrupt();

        assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(err.toString())
                .containsPattern(
                        "WARN: 10.0.0.7 is back in the stream after (less than 1|\\d+) s: what it kept meanwhile"
                                + " comes now, and perhaps its last lines again\n");
    }

    @Test
    void makesItsDrainAgainAndSaysWhatMayBeMissing() throws Exception {
        var status = start("log", "tail");
        String name = drainName();
        String uri = cluster.drain(name);
        try (Socket node = connectAsNode()) {
            send(node, EVENT);
            await().untilAsserted(() -> assertThat(out.toString()).isNotEmpty());

            cluster.tree.delete(ConfigPath.DRAINS.child(name));
        }
        await().untilAsserted(() -> assertThat(err.toString()).contains("has left the stream"));
        await().untilAsserted(() -> assertThat(cluster.drain(name)).isEqualTo(uri));
        try (Socket node = connectAsNode()) {
            send(node, EVENT);
            await().untilAsserted(() -> assertThat(out.toString().lines()).hasSize(2));
            interrupt();
        }

        assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(err.toString())
                .containsPattern(
                        "WARN: the drain was gone from ZooKeeper, and was made again: what the nodes logged since"
                                + " \\d\\d:\\d\\d:\\d\\d may be missing\n");
        assertThat(cluster.drain(name)).isNull();
        assertThat(err.toString()).startsWith("Added drain " + uri + "\n");
    }

    @Test
    void saysWhenZooKeeperIsBack() throws Exception {
        var status = start("log", "tail");

        cluster.tree.disconnect();
        awaitLook();
        cluster.tree.reconnect();

        await().untilAsserted(() -> assertThat(err.toString())
                .containsPattern("WARN: ZooKeeper can be reached again, after (less than 1|\\d+) s\n"));
        interrupt();
        status.get(60, TimeUnit.SECONDS);
    }

    /** It looks four times a second; a tree that is away for longer than that has been seen. */
    private static void awaitLook() {
        await().pollDelay(Duration.ofMillis(600)).until(() -> true);
    }
}
