package logyard.core.figures;

import java.util.List;
import logyard.core.daemon.metrics.Metric;
import logyard.core.daemon.metrics.MetricSource;
import logyard.core.daemon.metrics.Samples;
import logyard.core.router.Router;

/** What came into the journal of this node, by stream. */
public final class StreamMetrics implements MetricSource {
    private static final String STREAM = "stream";

    private static final Metric EVENTS = Metric.counter(
            "logyard_stream_events_total",
            "Events that were stored, by the first two parts of their key; streams beyond 1000 are together as \"other\".",
            STREAM);
    private static final Metric BYTES =
            Metric.counter("logyard_stream_bytes_total", "Bytes of the keys and values of those events.", STREAM);

    /** What this measures. */
    public static final List<Metric> METRICS = List.of(EVENTS, BYTES);

    private final Router router;

    public StreamMetrics(Router router) {
        this.router = router;
    }

    @Override
    public void collect(Samples samples) {
        router.streams().forEach(stream -> {
            samples.add(EVENTS, stream.events(), stream.name());
            samples.add(BYTES, stream.bytes(), stream.name());
        });
    }
}
