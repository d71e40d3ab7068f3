package logyard.kato.log.top;

import static logyard.kato.log.top.Samples.at;
import static logyard.kato.log.top.Samples.drain;
import static logyard.kato.log.top.Samples.live;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import logyard.core.figures.DrainFigures;
import logyard.core.router.StreamCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopTableTest {
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private static NodeView node(
            Map<String, StreamCount> before, Map<String, StreamCount> now, DrainFigures... drains) {
        Map<String, DrainFigures> byName = new TreeMap<>();
        for (DrainFigures drain : drains) {
            byName.put(drain.name(), drain);
        }
        return live("10.0.0.5", at(10, before, byName), at(12, now, byName));
    }

    private static List<String> lines(SortKey sort, int width, int height, NodeView... nodes) {
        return new TopTable(ClusterFigures.of(List.of(nodes)), sort, INTERVAL).lines(width, height);
    }

    @Test
    void fitsIntoATerminalOf80Columns() {
        NodeView node = node(
                Samples.stream("systail.dea", 0, 0),
                Samples.stream("systail.dea", 24_690, 2_469_000),
                drain(
                        "builtin.apptail.with.a.long.name.that.goes.on",
                        "RETRYING",
                        120,
                        12_345,
                        Duration.ofMinutes(12),
                        3));
        var gone = new NodeView("10.0.0.6", NodeView.State.GONE, Optional.empty(), Optional.empty());

        assertThat(lines(SortKey.EVENTS, 80, 0, node, gone))
                .containsExactly(
                        "kato log top: 2 nodes, 1 gone; in 12.3k events/s, 1.2M bytes/s; 2 s; by events",
                        "",
                        "NODE                               STATE    EVENTS/S   BYTES/S  STREAMS   DRAINS",
                        "10.0.0.6                           gone            -         -        -        -",
                        "10.0.0.5                           live        12.3k      1.2M        1        1",
                        "",
                        "STREAM                                       NODES  EVENTS/S   BYTES/S    EVENTS",
                        "systail.dea                                      1     12.3k      1.2M     24.7k",
                        "",
                        "DRAIN                    STATE          EVENTS/S  BYTES/S  PENDING  LAG  DROPPED",
                        "builtin.apptail.with.a.… RETRYING              0        0    12.3k  12m        3");
    }

    @ParameterizedTest
    @CsvSource({"80, 24", "80, 10", "40, 12", "200, 60", "20, 5"})
    void neverGrowsBeyondTheTerminal(int width, int height) {
        Map<String, StreamCount> streams = new TreeMap<>();
        List<DrainFigures> drains = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            streams.put("apptail." + i, new StreamCount("apptail." + i, Long.MAX_VALUE / 200, Long.MAX_VALUE / 200));
            drains.add(drain("d" + i, "RETRYING", 1L << 50, 1L << 60, Duration.ofDays(99_999), 1L << 60));
        }
        NodeView[] nodes = new NodeView[50];
        for (int i = 0; i < nodes.length; i++) {
            nodes[i] = new NodeView("10.0.0." + i, NodeView.State.SILENT, Optional.empty(), Optional.empty());
        }
        nodes[7] = node(streams, streams, drains.toArray(DrainFigures[]::new));

        List<String> lines = lines(SortKey.NAME, width, height, nodes);

        assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
        if (height > 10) {
            assertThat(lines).hasSizeLessThanOrEqualTo(height).anyMatch(line -> line.matches("… \\d+ more"));
        }
    }

    @Test
    void putsFirstWhatTheSortKeySays() {
        NodeView node = node(
                Map.of(),
                Map.of(
                        "a.slow", new StreamCount("a.slow", 10, 9000),
                        "b.fast", new StreamCount("b.fast", 1000, 90)),
                drain("calm", "RUNNING", 1, 0, Duration.ZERO, 5),
                drain("late", "RUNNING", 1, 1, Duration.ofHours(2), 0),
                drain("many", "RUNNING", 1, 900, Duration.ofSeconds(3), 0));

        assertThat(firstColumn(lines(SortKey.EVENTS, 0, 0, node))).containsSubsequence("b.fast", "a.slow");
        assertThat(firstColumn(lines(SortKey.BYTES, 0, 0, node))).containsSubsequence("a.slow", "b.fast");
        assertThat(firstColumn(lines(SortKey.PENDING, 0, 0, node))).containsSubsequence("many", "late", "calm");
        assertThat(firstColumn(lines(SortKey.LAG, 0, 0, node))).containsSubsequence("late", "many", "calm");
        assertThat(firstColumn(lines(SortKey.DROPPED, 0, 0, node))).containsSubsequence("calm", "late", "many");
        assertThat(firstColumn(lines(SortKey.NAME, 0, 0, node)))
                .containsSubsequence("a.slow", "b.fast", "calm", "late");
    }

    private static List<String> firstColumn(List<String> lines) {
        return lines.stream().map(line -> line.split(" ", 2)[0]).toList();
    }

    @Test
    void sendsNoEscapeSequenceOfOthersToTheTerminal() {
        NodeView node = node(
                Map.of(),
                Samples.stream("systail.\033[2J", 1, 1),
                drain("evil\033]0;title\007", "RUN\033[31mNING", 0, 0, Duration.ZERO, 0));

        assertThat(lines(SortKey.EVENTS, 80, 0, node))
                .noneMatch(line -> line.chars().anyMatch(Character::isISOControl))
                .anyMatch(line -> line.startsWith("systail.^[[2J "))
                .anyMatch(line -> line.startsWith("evil^[]0;title^G "));
    }

    @Test
    void saysWhatNodesLeftOut() {
        var node = new NodeView(
                "10.0.0.5",
                NodeView.State.LIVE,
                Optional.empty(),
                Optional.of(Samples.leavingOut(12, 10, Map.of(), Map.of())));

        assertThat(lines(SortKey.EVENTS, 80, 0, node))
                .endsWith("and 12 quieter streams and drains that the nodes left out");
    }
}
