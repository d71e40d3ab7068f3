package logyard.cloudevents;

import java.util.List;
import logyard.core.daemon.metrics.Metric;
import logyard.core.daemon.metrics.MetricSource;
import logyard.core.daemon.metrics.Samples;

/** What cloud_events makes of the lines it gets. */
public final class SieveMetrics implements MetricSource {
    private static final Metric LINES =
            Metric.counter("logyard_cloud_events_lines_total", "Lines that came, those of its own log left out.");
    private static final Metric EVENTS =
            Metric.counter("logyard_cloud_events_events_total", "Events that were made of lines.");
    private static final Metric MALFORMED = Metric.counter(
            "logyard_cloud_events_malformed_lines_total", "Lines that were none that systail would send.");
    private static final Metric FAILED = Metric.counter(
            "logyard_cloud_events_failed_lines_total", "Lines that a spec recognised, but could not make an event of.");
    private static final Metric DROPPED = Metric.counter(
            "logyard_cloud_events_dropped_events_total", "Events that were lost because they were larger than 1 MiB.");
    private static final Metric LOST = Metric.counter(
            "logyard_cloud_events_lost_lines_total",
            "Lines that it never got, and no event was made of; by the reason why the core had them no more.",
            "reason");
    private static final Metric SPECS = Metric.gauge("logyard_cloud_events_specs", "Specs in force.");
    private static final Metric PROBLEMS =
            Metric.gauge("logyard_cloud_events_spec_problems", "Specs that cannot be used, as kato events test shows.");

    /** What this measures. */
    public static final List<Metric> METRICS =
            List.of(LINES, EVENTS, MALFORMED, FAILED, DROPPED, LOST, SPECS, PROBLEMS);

    private final Counts counts;
    private final LiveSieve sieve;

    SieveMetrics(Counts counts, LiveSieve sieve) {
        this.counts = counts;
        this.sieve = sieve;
    }

    @Override
    public void collect(Samples samples) {
        samples.add(LINES, counts.lines());
        samples.add(EVENTS, counts.events());
        samples.add(MALFORMED, counts.malformed());
        samples.add(FAILED, counts.failed());
        samples.add(DROPPED, counts.dropped());
        samples.add(LOST, counts.evicted(), "evicted");
        samples.add(LOST, counts.damaged(), "damaged");
        samples.add(LOST, counts.unstored(), "unstored");
        samples.add(SPECS, sieve.current().size());
        samples.add(PROBLEMS, sieve.problems().size());
    }
}
