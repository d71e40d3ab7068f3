package logyard.core.figures;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import logyard.core.daemon.metrics.Metric;
import logyard.core.daemon.metrics.MetricSource;
import logyard.core.daemon.metrics.Samples;
import logyard.core.router.DropReason;
import logyard.core.router.FeedCursor;
import logyard.core.supervision.DrainState;
import logyard.core.supervision.DrainStatus;

/**
 * How the drains of this node stand. Of each drain all numbers are of one moment: {@code matched = delivered + pending + Σ
 * dropped} holds in every scrape.
 */
public final class DrainMetrics implements MetricSource {
    /** Drains that are told apart, the first by name; on a node there are a few hundred. */
    static final int MOST = 1000;

    private static final String DRAIN = "drain";

    private static final Metric DRAINS = Metric.gauge("logyard_drains", "Drains of this node.", "state");
    private static final Metric LEFT_OUT = Metric.gauge(
            "logyard_drains_left_out", "Drains beyond the first " + MOST + ", of which no metric below tells.");
    private static final Metric STATE =
            Metric.states("logyard_drain_state", "The state of the drain.", DrainState.labels(), DRAIN);
    private static final Metric MATCHED = Metric.counter(
            "logyard_drain_matched_events_total",
            "Events that the drain wants, since it was first seen: always delivered + pending + dropped.",
            DRAIN);
    private static final Metric DELIVERED = Metric.counter(
            "logyard_drain_delivered_events_total", "Events that its target has, since it was first seen.", DRAIN);
    private static final Metric PENDING =
            Metric.gauge("logyard_drain_pending_events", "Events that it wants and its target has not, yet.", DRAIN);
    private static final Metric DROPPED = Metric.counter(
            "logyard_drain_dropped_events_total",
            "Events that its target never gets, since it was first seen.",
            DRAIN,
            "reason");
    private static final Metric LAG = Metric.gauge(
            "logyard_drain_lag_seconds", "How long ago its oldest pending event came in; 0 if none is pending.", DRAIN);
    private static final Metric REPEATED = Metric.counter(
            "logyard_drain_repeated_events_total",
            "Events that were written again, whether or not they had arrived, since the drain was made.",
            DRAIN);
    private static final Metric WRITTEN = Metric.counter(
            "logyard_drain_written_bytes_total",
            "Bytes that were written to its target, those written again included, since the drain was made.",
            DRAIN);
    private static final Metric OPENS = Metric.counter(
            "logyard_drain_opens_total", "How often its target was opened, since the drain was made.", DRAIN);
    private static final Metric FAILURES = Metric.counter(
            "logyard_drain_failures_total",
            "How often its target could not be opened, or failed while it was open, since the drain was made.",
            DRAIN);
    private static final Metric REFUSALS = Metric.counter(
            "logyard_drain_refusals_total",
            "How often the target's node said that nobody takes what was sent (UDP), since the drain was made.",
            DRAIN);

    /** What this measures. */
    public static final List<Metric> METRICS = List.of(
            DRAINS, LEFT_OUT, STATE, MATCHED, DELIVERED, PENDING, DROPPED, LAG, REPEATED, WRITTEN, OPENS, FAILURES,
            REFUSALS);

    private final FiguresSource figures;

    public DrainMetrics(FiguresSource figures) {
        this.figures = figures;
    }

    @Override
    public void collect(Samples samples) {
        Map<String, DrainStatus> all = figures.statuses();
        Map<String, Integer> states = new HashMap<>();
        all.values().forEach(status -> states.merge(status.state().label(), 1, Integer::sum));
        DrainState.labels().forEach(state -> samples.add(DRAINS, states.getOrDefault(state, 0), state));
        samples.add(LEFT_OUT, Math.max(0, all.size() - MOST));
        all.entrySet().stream().limit(MOST).forEach(drain -> collect(drain.getKey(), drain.getValue(), samples));
    }

    private void collect(String name, DrainStatus status, Samples samples) {
        FeedCursor cursor = status.cursor();
        samples.addState(STATE, status.state().label(), name);
        samples.add(MATCHED, cursor.matched(), name);
        samples.add(DELIVERED, cursor.account().delivered(), name);
        samples.add(PENDING, cursor.pending(), name);
        for (DropReason reason : DropReason.values()) {
            samples.add(DROPPED, cursor.account().dropped(reason), name, reason.label());
        }
        samples.addSeconds(LAG, figures.lag(name, status), name);
        samples.add(REPEATED, status.repeated(), name);
        samples.add(WRITTEN, status.bytesWritten(), name);
        samples.add(OPENS, status.opens(), name);
        samples.add(FAILURES, status.failures(), name);
        samples.add(REFUSALS, status.refusals(), name);
    }
}
