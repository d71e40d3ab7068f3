package logyard.core.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import logyard.core.daemon.metrics.Samples.Sample;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private static final Metric EVENTS = Metric.counter("events_total", "Events.", "stream");

    private final Samples samples = new Samples();

    private Map<List<String>, Sample> of(Metric metric) {
        return samples.all().get(metric);
    }

    @Test
    void keepSeriesApartByTheirLabels() {
        samples.add(EVENTS, 1, "a");
        samples.add(EVENTS, 2, "b");

        assertThat(of(EVENTS))
                .containsOnly(
                        Map.entry(List.of("a"), new Sample(1, 0, "")), Map.entry(List.of("b"), new Sample(2, 0, "")));
    }

    @Test
    void addUpWhatHasTheSameLabelsInTheEnd() {
        samples.add(EVENTS, 1, "x".repeat(300));
        samples.add(EVENTS, 2, "x".repeat(301));

        assertThat(of(EVENTS)).containsOnly(Map.entry(List.of("x".repeat(199) + "…"), new Sample(3, 0, "")));
    }

    @Test
    void letNothingThroughThatWouldReachATerminal() {
        samples.add(EVENTS, 1, "\u001b[31mred\r\u0085");

        assertThat(of(EVENTS)).containsOnlyKeys(List.of("\uFFFD[31mred\uFFFD\uFFFD"));
    }

    @Test
    void countTimesInSeconds() {
        Metric lag = Metric.gauge("lag_seconds", "Lag.");

        samples.addSeconds(lag, Duration.ofMillis(1500));

        assertThat(of(lag)).containsOnly(Map.entry(List.of(), new Sample(1.5, 0, "")));
    }

    @Test
    void refuseAnotherNumberOfLabels() {
        assertThatThrownBy(() -> samples.add(EVENTS, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("events_total has the labels [stream]");
    }

    @Test
    void refuseANameThatIsNotByTheConventions() {
        assertThatThrownBy(() -> Metric.counter("events", "Events."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("events");
        assertThatThrownBy(() -> Metric.gauge("events_total", "Events.")).isInstanceOf(IllegalArgumentException.class);
    }
}
