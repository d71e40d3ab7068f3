package logyard.kato.log.top;

import static logyard.kato.log.top.Samples.at;
import static logyard.kato.log.top.Samples.drain;
import static logyard.kato.log.top.Samples.leavingOut;
import static logyard.kato.log.top.Samples.live;
import static logyard.kato.log.top.Samples.stream;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import logyard.kato.log.top.ClusterFigures.DrainRow;
import logyard.kato.log.top.ClusterFigures.StreamRow;
import org.junit.jupiter.api.Test;

class ClusterFiguresTest {
    @Test
    void addsUpTheNodesOverTheTimeOfEach() {
        NodeView one = live(
                "10.0.0.5",
                at(10, stream("systail.dea", 100, 1000), Map.of()),
                at(12, stream("systail.dea", 300, 5000), Map.of()));
        NodeView other = live(
                "10.0.0.6",
                at(500, stream("systail.dea", 7, 70), Map.of()),
                at(504, stream("systail.dea", 11, 110), Map.of()));

        ClusterFigures figures = ClusterFigures.of(List.of(one, other));

        assertThat(figures.streams())
                .containsExactly(
                        new StreamRow("systail.dea", 2, OptionalDouble.of(101), OptionalDouble.of(2010), 311, 5110));
        assertThat(figures.eventsPerSecond()).hasValue(101);
        assertThat(figures.bytesPerSecond()).hasValue(2010);
    }

    @Test
    void showsTheWorstOfADrain() {
        NodeView one = live(
                "10.0.0.5",
                at(10, Map.of(), Map.of("mine", drain("mine", "RUNNING", 100, 0, Duration.ZERO, 0))),
                at(12, Map.of(), Map.of("mine", drain("mine", "RUNNING", 120, 5, Duration.ofSeconds(2), 0))));
        NodeView other = live(
                "10.0.0.6",
                at(10, Map.of(), Map.of("mine", drain("mine", "RETRYING", 50, 7, Duration.ofSeconds(70), 1))),
                at(12, Map.of(), Map.of("mine", drain("mine", "RETRYING", 50, 9, Duration.ofSeconds(72), 2))));

        DrainRow row = ClusterFigures.of(List.of(one, other)).drains().get(0);

        assertThat(row)
                .isEqualTo(new DrainRow(
                        "mine",
                        "RETRYING",
                        1,
                        2,
                        Optional.of("refused"),
                        OptionalDouble.of(10),
                        OptionalDouble.of(1000),
                        170,
                        14,
                        Duration.ofSeconds(72),
                        2));
        assertThat(row.stateAndNodes()).isEqualTo("RETRYING 1/2");
    }

    @Test
    void doesNotCountWhatANodeSentThatFellSilent() {
        NodeSample sample = at(10, stream("systail.dea", 100, 1000), Map.of());
        var silent = new NodeView("10.0.0.5", NodeView.State.SILENT, Optional.of(sample), Optional.of(sample));
        var gone = new NodeView("10.0.0.6", NodeView.State.GONE, Optional.of(sample), Optional.of(sample));

        ClusterFigures figures = ClusterFigures.of(List.of(silent, gone));

        assertThat(figures.streams()).isEmpty();
        assertThat(figures.eventsPerSecond()).isEmpty();
        assertThat(figures.count(NodeView.State.SILENT)).isEqualTo(1);
        assertThat(figures.count(NodeView.State.GONE)).isEqualTo(1);
    }

    @Test
    void knowsARateOfWhatIsNewButNotOfWhatWasLeftOut() {
        NodeView complete =
                live("10.0.0.5", at(10, Map.of(), Map.of()), at(12, stream("systail.dea", 8, 80), Map.of()));
        NodeView cut = live(
                "10.0.0.5", leavingOut(3, 10, Map.of(), Map.of()), at(12, stream("systail.dea", 800, 80), Map.of()));

        assertThat(ClusterFigures.of(List.of(complete)).streams().get(0).eventsPerSecond())
                .hasValue(4);
        assertThat(ClusterFigures.of(List.of(cut)).streams().get(0).eventsPerSecond())
                .isEmpty();
    }

    @Test
    void knowsNoRateYetAfterOneSample() {
        var first = new NodeView(
                "10.0.0.5",
                NodeView.State.LIVE,
                Optional.empty(),
                Optional.of(at(10, stream("systail.dea", 8, 80), Map.of())));

        StreamRow row = ClusterFigures.of(List.of(first)).streams().get(0);

        assertThat(row.eventsPerSecond()).isEmpty();
        assertThat(row.events()).isEqualTo(8);
    }

    @Test
    void aDrainThatWasMadeAnewHasNoNegativeRate() {
        NodeView node = live(
                "10.0.0.5",
                at(10, Map.of(), Map.of("mine", drain("mine", "RUNNING", 100, 0, Duration.ZERO, 0))),
                at(12, Map.of(), Map.of("mine", drain("mine", "RUNNING", 3, 0, Duration.ZERO, 0))));

        assertThat(ClusterFigures.of(List.of(node)).drains().get(0).eventsPerSecond())
                .hasValue(0);
    }
}
