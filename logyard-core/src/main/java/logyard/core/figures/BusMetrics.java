package logyard.core.figures;

import java.util.List;
import logyard.core.bus.Ingest;
import logyard.core.bus.IngestCounters;
import logyard.core.daemon.metrics.Metric;
import logyard.core.daemon.metrics.MetricSource;
import logyard.core.daemon.metrics.Samples;

/** What comes in over the bus of this node, and goes out to its subscribers, since the core was started. */
public final class BusMetrics implements MetricSource {
    private static final Metric FRAMES =
            Metric.counter("logyard_bus_frames_total", "Frames received, whatever became of them.");
    private static final Metric BATCHES = Metric.counter("logyard_bus_batches_total", "Batches among them.");
    private static final Metric MALFORMED = Metric.counter(
            "logyard_bus_malformed_frames_total", "Frames that were dropped because they were no events.");
    private static final Metric OVERFLOWED = Metric.counter(
            "logyard_bus_overflowed_frames_total",
            "Frames that were dropped because too much waited: batches come again, single events are lost.");
    private static final Metric WAITING =
            Metric.gauge("logyard_bus_waiting_bytes", "Bytes of frames that wait to be taken.");
    private static final Metric REPEATED = Metric.counter(
            "logyard_bus_repeated_events_total", "Events of batches that came again and were not stored again.");
    private static final Metric GAPS = Metric.counter(
            "logyard_bus_gaps_total", "How often a publisher had left something out, and was asked for it.");
    private static final Metric REFUSED = Metric.counter(
            "logyard_bus_refused_batches_total",
            "Batches that were not taken for now: behind a gap, or while the journal could not be written.");
    private static final Metric UNSTORED = Metric.counter(
            "logyard_bus_unstored_events_total", "Single events that were lost because they could not be stored.");
    private static final Metric LOST = Metric.counter(
            "logyard_bus_lost_positions_total",
            "How much of the streams of publishers is gone for good, in their own positions: bytes of a file.");
    private static final Metric FORWARDED = Metric.counter(
            "logyard_bus_forwarded_frames_total",
            "Frames sent to subscribers of this node, before those of slow ones were dropped.");
    private static final Metric SUBSCRIBER_GAPS = Metric.counter(
            "logyard_bus_subscriber_gaps_total",
            "How often a subscriber of this node did not keep up, and frames for it were dropped until it had read half of"
                    + " those that waited.");
    private static final Metric PREFIXES =
            Metric.gauge("logyard_bus_subscribed_prefixes", "Different prefixes that subscribers of this node want.");

    /** What this measures. */
    public static final List<Metric> METRICS = List.of(
            FRAMES,
            BATCHES,
            MALFORMED,
            OVERFLOWED,
            WAITING,
            REPEATED,
            GAPS,
            REFUSED,
            UNSTORED,
            LOST,
            FORWARDED,
            SUBSCRIBER_GAPS,
            PREFIXES);

    private final Ingest ingest;

    public BusMetrics(Ingest ingest) {
        this.ingest = ingest;
    }

    @Override
    public void collect(Samples samples) {
        IngestCounters counters = ingest.counters();
        samples.add(FRAMES, counters.framesIn());
        samples.add(BATCHES, counters.batches());
        samples.add(MALFORMED, counters.malformedFrames());
        samples.add(OVERFLOWED, counters.overflowedFrames());
        samples.add(WAITING, ingest.waitingBytes());
        samples.add(REPEATED, counters.repeatedEvents());
        samples.add(GAPS, counters.gaps());
        samples.add(REFUSED, counters.refusedBatches());
        samples.add(UNSTORED, counters.unstoredEvents());
        samples.add(LOST, counters.lostPositions());
        samples.add(FORWARDED, counters.framesOut());
        samples.add(SUBSCRIBER_GAPS, counters.subscriberGaps());
        samples.add(PREFIXES, counters.subscribedPrefixes());
    }
}
