package logyard.core.figures;

import java.util.List;
import logyard.core.daemon.metrics.Metric;
import logyard.core.daemon.metrics.MetricSource;
import logyard.core.daemon.metrics.Samples;
import logyard.core.router.DropReason;
import logyard.core.router.FeedCursor;
import logyard.core.subscriber.Subscribers;

/**
 * How the named subscribers of this node stand. As of drains, {@code matched = delivered + pending + Σ dropped} holds in
 * every scrape.
 */
public final class SubscriberMetrics implements MetricSource {
    private static final String SUBSCRIBER = "subscriber";

    private static final Metric CONNECTED =
            Metric.gauge("logyard_subscriber_connected", "1 while somebody reads under the name, else 0.", SUBSCRIBER);
    private static final Metric MATCHED = Metric.counter(
            "logyard_subscriber_matched_events_total",
            "Events that the subscriber wants, since its name was first seen: always delivered + pending + dropped.",
            SUBSCRIBER);
    private static final Metric DELIVERED = Metric.counter(
            "logyard_subscriber_delivered_events_total",
            "Events that it has acknowledged, since its name was first seen.",
            SUBSCRIBER);
    private static final Metric PENDING = Metric.gauge(
            "logyard_subscriber_pending_events", "Events that it wants and has not acknowledged, yet.", SUBSCRIBER);
    private static final Metric DROPPED = Metric.counter(
            "logyard_subscriber_dropped_events_total",
            "Events that it never gets, since its name was first seen; it was told so.",
            SUBSCRIBER,
            "reason");

    /** What this measures. */
    public static final List<Metric> METRICS = List.of(CONNECTED, MATCHED, DELIVERED, PENDING, DROPPED);

    private static final List<DropReason> REASONS =
            List.of(DropReason.EVICTED, DropReason.DAMAGED, DropReason.UNSTORED);

    private final Subscribers subscribers;

    public SubscriberMetrics(Subscribers subscribers) {
        this.subscribers = subscribers;
    }

    @Override
    public void collect(Samples samples) {
        subscribers.standings().forEach((name, standing) -> {
            FeedCursor cursor = standing.cursor();
            samples.add(CONNECTED, standing.isConnected() ? 1 : 0, name);
            samples.add(MATCHED, cursor.matched(), name);
            samples.add(DELIVERED, cursor.account().delivered(), name);
            samples.add(PENDING, cursor.pending(), name);
            REASONS.forEach(reason -> samples.add(DROPPED, cursor.account().dropped(reason), name, reason.label()));
        });
    }
}
