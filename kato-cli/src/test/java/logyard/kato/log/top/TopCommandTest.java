package logyard.kato.log.top;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import logyard.config.ConfigPath;
import logyard.core.figures.DrainFigures;
import logyard.core.figures.FiguresBoard;
import logyard.core.figures.NodeFigures;
import logyard.core.router.StreamCount;
import logyard.kato.TestKato;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TopCommandTest {
    private final TestKato cluster = new TestKato();
    private final List<FiguresBoard> cores = new ArrayList<>();

    @AfterEach
    void close() {
        cores.forEach(FiguresBoard::close);
    }

    private void register(String node) {
        cluster.tree.set(
                ConfigPath.RUNNING.child(node).child("logyard"),
                JsonNodeFactory.instance.objectNode().put("state", "RUNNING"));
    }

    /** A core whose every second brings so many events of 10 bytes. */
    private void core(String node, long eventsPerSecond) {
        register(node);
        var seconds = new AtomicLong();
        cores.add(new FiguresBoard(cluster.tree, node, () -> {
            long n = seconds.incrementAndGet();
            var drain = new DrainFigures("mine", "RUNNING", Optional.empty(), n, 2 * n, 3, Duration.ofMillis(4500), 1);
            return new NodeFigures(
                    Instant.EPOCH,
                    Duration.ofSeconds(n),
                    List.of(new StreamCount("systail.dea", n * eventsPerSecond, 10 * n * eventsPerSecond)),
                    List.of(drain));
        }));
    }

    private JsonNode top(String... more) throws Exception {
        List<String> command = new ArrayList<>(List.of("log", "top", "--json", "--interval", "1"));
        command.addAll(List.of(more));
        return new JsonMapper()
                .readTree(cluster.kato(command.toArray(String[]::new)).output());
    }

    @Test
    void measuresOverOneInterval() throws Exception {
        core("10.0.0.5", 100);
        core("10.0.0.6", 20);

        JsonNode json = top();

        assertThat(json.at("/streams/systail.dea/events_per_second").asDouble()).isEqualTo(120);
        assertThat(json.at("/streams/systail.dea/bytes_per_second").asDouble()).isEqualTo(1200);
        assertThat(json.at("/streams/systail.dea/nodes").asInt()).isEqualTo(2);
        assertThat(json.at("/drains/mine/state").asText()).isEqualTo("RUNNING");
        assertThat(json.at("/drains/mine/events_per_second").asDouble()).isEqualTo(2);
        assertThat(json.at("/drains/mine/pending").asLong()).isEqualTo(6);
        assertThat(json.at("/drains/mine/lag_seconds").asDouble()).isEqualTo(4.5);
        assertThat(json.at("/drains/mine/dropped").asLong()).isEqualTo(2);
        assertThat(json.at("/nodes/10.0.0.6/streams/systail.dea/events_per_second")
                        .asDouble())
                .isEqualTo(20);
        assertThat(json.at("/nodes/10.0.0.6/state").asText()).isEqualTo("live");
    }

    @Test
    void asksOnlyTheNodeThatIsWanted() throws Exception {
        core("10.0.0.5", 100);
        core("10.0.0.6", 20);

        assertThat(top("--local").path("nodes").properties())
                .singleElement()
                .satisfies(node -> assertThat(node.getKey()).isEqualTo("10.0.0.5"));
    }

    @Test
    void asksAnotherNode() throws Exception {
        core("10.0.0.5", 100);
        core("10.0.0.6", 20);

        assertThat(top("--node", "10.0.0.6")
                        .at("/streams/systail.dea/events_per_second")
                        .asDouble())
                .isEqualTo(20);
    }

    @Test
    void leavesNoRequestBehind() throws Exception {
        core("10.0.0.5", 100);

        top();

        assertThat(cluster.tree.names(ConfigPath.FIGURES_WANTED)).isEmpty();
    }

    @Test
    void showsNodesThatSendNothing() throws Exception {
        core("10.0.0.5", 100);
        register("10.0.0.6");
        cluster.tree.set(ConfigPath.FIGURES_SHOWN.child("10.0.0.6"), TextNode.valueOf("nothing that a core writes"));
        cluster.tree.set(ConfigPath.NODES.child("10.0.0.7"), JsonNodeFactory.instance.objectNode());

        JsonNode nodes = top().path("nodes");

        assertThat(nodes.at("/10.0.0.5/state").asText()).isEqualTo("live");
        assertThat(nodes.at("/10.0.0.6/state").asText()).isEqualTo("silent");
        assertThat(nodes.at("/10.0.0.6/events_per_second").isNull()).isTrue();
        assertThat(nodes.at("/10.0.0.7/state").asText()).isEqualTo("gone");
    }

    @Test
    void showsATableOnce() {
        core("10.0.0.5", 100);

        assertThat(cluster.kato("log", "top", "--once", "-i", "1", "--sort", "lag")
                        .output()
                        .lines())
                .contains(
                        "NODE     STATE    EVENTS/S   BYTES/S  STREAMS   DRAINS",
                        "10.0.0.5 live          100      1000        1        1",
                        "DRAIN STATE          EVENTS/S  BYTES/S  PENDING  LAG  DROPPED",
                        "mine  RUNNING             1.0      2.0        3   4s        1");
    }

    @Test
    void refusesWhatIsMistyped() {
        core("10.0.0.5", 100);

        assertThat(cluster.kato("log", "top", "--once", "--interval", "0").err())
                .startsWith("ERROR: --interval must be 1 to 60 seconds, got 0\n");
        assertThat(cluster.kato("log", "top", "--once", "--sort", "size").err())
                .startsWith("ERROR: --sort must be events, bytes, pending, lag, dropped or name, got \"size\"\n");
        assertThat(cluster.kato("log", "top", "--once", "-n", "10.0.0.9").err())
                .isEqualTo("ERROR: no core runs on 10.0.0.9; they run on 10.0.0.5\n");
        assertThat(cluster.kato("log", "top").err())
                .startsWith("ERROR: stdout is no terminal that a table could be kept on; use --once or --json\n");
    }

    @Test
    void saysThatNoCoreRuns() {
        TestKato.Result top = cluster.kato("log", "top", "--once");

        assertThat(top.status()).isEqualTo(1);
        assertThat(top.err()).isEqualTo("ERROR: no core runs; start logyard on the nodes\n");
    }
}
