package logyard.core.figures;

import java.util.List;
import logyard.core.bus.AckedPublisher;
import logyard.core.daemon.metrics.Metric;
import logyard.core.daemon.metrics.MetricSource;
import logyard.core.daemon.metrics.Samples;

/** How a daemon stands with the core it sends its events to. */
public final class PublisherMetrics implements MetricSource {
    private static final String PROCESS = "process";

    private static final Metric EVENTS =
            Metric.counter("logyard_publisher_events_total", "Events handed over for the core.", PROCESS);
    private static final Metric UNACKNOWLEDGED = Metric.gauge(
            "logyard_publisher_unacknowledged_bytes",
            "Bytes of batches that the core has not stored yet; near 8 MiB, no more is read.",
            PROCESS);
    private static final Metric RESENT =
            Metric.counter("logyard_publisher_resent_batches_total", "Batches that were sent again.", PROCESS);
    private static final Metric CONNECTED =
            Metric.gauge("logyard_publisher_connected", "1 while the core of the node is there, else 0.", PROCESS);

    /** What this measures. */
    public static final List<Metric> METRICS = List.of(EVENTS, UNACKNOWLEDGED, RESENT, CONNECTED);

    private final String process;
    private final AckedPublisher publisher;

    /** @param process whose publisher it is */
    public PublisherMetrics(String process, AckedPublisher publisher) {
        this.process = process;
        this.publisher = publisher;
    }

    @Override
    public void collect(Samples samples) {
        samples.add(EVENTS, publisher.publishedEvents(), process);
        samples.add(UNACKNOWLEDGED, publisher.unacknowledgedBytes(), process);
        samples.add(RESENT, publisher.resentBatches(), process);
        samples.add(CONNECTED, publisher.isConnected() ? 1 : 0, process);
    }
}
