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
import logyard.kato.log.line.LineView;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import org.junit.jupiter.api.Test;

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
        var view = new LineView(false, false, false, false, Optional.of("10.0.0.9"));
        var status = CompletableFuture.supplyAsync(() ->
                new LiveStream(live, console, interrupt::complete, Duration.ofMillis(10)).show(List.of("event"), view));

        await().untilAsserted(() -> assertThat(err.toString())
                .startsWith("WARN: no node 10.0.0.9 has run Logyard yet; there are [10.0.0.7, 10.0.0.8]\n")
                .contains("WARN: no node has connected to 127.0.0.1:7")
                .contains("cores run on 10.0.0.7; do their firewalls let them reach the ports 7000-7999 here"));
        interrupt();
        status.get(60, TimeUnit.SECONDS);
    }

    private static Settings settings(String node) {
        return Settings.load(Optional.empty(), Map.of("node.ip", node), Map.of());
    }
}
