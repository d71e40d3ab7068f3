package logyard.apptail;

import java.util.List;
import logyard.apptail.instance.Announcements;
import logyard.apptail.instance.Counts;
import logyard.core.daemon.metrics.Metric;
import logyard.core.daemon.metrics.MetricSource;
import logyard.core.daemon.metrics.Samples;

/** What apptail hears of instances. */
public final class InstanceMetrics implements MetricSource {
    private static final Metric NATS =
            Metric.gauge("logyard_apptail_nats_connected", "1 while a NATS server is there, else 0.");
    private static final Metric FOLLOWED =
            Metric.gauge("logyard_apptail_instances", "Instances of applications that are followed.");
    private static final Metric NEW =
            Metric.counter("logyard_apptail_new_instances_total", "Instances that were announced for the first time.");
    private static final Metric ENDED =
            Metric.counter("logyard_apptail_ended_instances_total", "Instances that ended, with everything read.");
    private static final Metric REPEATED = Metric.counter(
            "logyard_apptail_repeated_announcements_total", "Announcements of instances that were known.");
    private static final Metric REFUSED = Metric.counter(
            "logyard_apptail_refused_announcements_total",
            "Announcements of instances that may not be followed: their root is not allowed, or there are too many.");
    private static final Metric MALFORMED = Metric.counter(
            "logyard_apptail_malformed_messages_total", "Messages on NATS that could not be understood.");

    private static final Metric DROPPED = Metric.counter(
            "logyard_apptail_dropped_messages_total",
            "How often messages on NATS were dropped as too many came at once; they are asked for again.");
    private static final Metric MISSED = Metric.counter(
            "logyard_apptail_missed_instances_total",
            "Instances whose files were gone before their announcement was heard.");

    /** What this measures. */
    public static final List<Metric> METRICS =
            List.of(NATS, FOLLOWED, NEW, ENDED, MISSED, REPEATED, REFUSED, MALFORMED, DROPPED);

    private final Counts counts;
    private final Announcements announcements;

    InstanceMetrics(Counts counts, Announcements announcements) {
        this.counts = counts;
        this.announcements = announcements;
    }

    @Override
    public void collect(Samples samples) {
        samples.add(NATS, announcements.isConnected() ? 1 : 0);
        samples.add(FOLLOWED, counts.followedInstances());
        samples.add(NEW, counts.newInstances());
        samples.add(ENDED, counts.endedInstances());
        samples.add(MISSED, counts.missedInstances());
        samples.add(REPEATED, counts.repeatedAnnouncements());
        samples.add(REFUSED, counts.refusedAnnouncements());
        samples.add(MALFORMED, counts.malformedMessages());
        samples.add(DROPPED, counts.droppedMessages());
    }
}
