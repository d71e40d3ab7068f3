package logyard.core.figures;

import java.util.List;
import java.util.function.LongSupplier;
import logyard.core.daemon.metrics.Metric;
import logyard.core.daemon.metrics.MetricSource;
import logyard.core.daemon.metrics.Samples;
import logyard.core.journal.CommitCounters;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalFigures;

/** How the journal of this node stands. */
public final class JournalMetrics implements MetricSource {
    private static final Metric BYTES = Metric.gauge("logyard_journal_bytes", "What the journal takes on its disk.");
    private static final Metric MAX = Metric.gauge("logyard_journal_max_bytes", "What it may take: journal.max_bytes.");
    private static final Metric SEGMENTS = Metric.gauge("logyard_journal_segments", "Files it consists of.");
    private static final Metric APPENDED =
            Metric.counter("logyard_journal_appended_bytes_total", "What was ever appended to it, restarts included.");
    private static final Metric UNSYNCED = Metric.gauge(
            "logyard_journal_unsynced_bytes", "What a power failure would take of it, and publishers still keep.");
    private static final Metric SYNC = Metric.summary(
            "logyard_journal_sync_seconds", "Commits that were made, and how long the disk took for them together.");
    private static final Metric SYNC_FAILURES =
            Metric.counter("logyard_journal_sync_failures_total", "Commits that failed, each of which is tried again.");
    private static final Metric REFUSED = Metric.counter(
            "logyard_journal_refused_frames_total",
            "Frames that could not be appended, as with a full disk: batches come again, single events are lost.");
    private static final Metric DAMAGED = Metric.counter(
            "logyard_journal_damaged_bytes_total", "Bytes that could not be read back because they are damaged.");
    private static final Metric UNREADABLE = Metric.counter(
            "logyard_journal_unreadable_records_total",
            "Records read back that only a later version of Logyard understands.");
    private static final Metric FREE =
            Metric.gauge("logyard_journal_disk_free_bytes", "What is free on the journal's disk for Logyard's user.");
    private static final Metric FLOOR = Metric.gauge(
            "logyard_journal_disk_min_free_bytes",
            "What the journal leaves free there: journal.min_free_bytes. Below it, it gives up its oldest segments.");

    /** What this measures. */
    public static final List<Metric> METRICS = List.of(
            BYTES, MAX, SEGMENTS, APPENDED, UNSYNCED, SYNC, SYNC_FAILURES, REFUSED, DAMAGED, UNREADABLE, FREE, FLOOR);

    private final Journal journal;
    private final CommitCounters commits;
    private final LongSupplier refused;

    /** @param refused frames that the journal did not take */
    public JournalMetrics(Journal journal, CommitCounters commits, LongSupplier refused) {
        this.journal = journal;
        this.commits = commits;
        this.refused = refused;
    }

    @Override
    public void collect(Samples samples) {
        JournalFigures figures = journal.figures();
        samples.add(BYTES, figures.bytes());
        samples.add(MAX, figures.maxBytes());
        samples.add(SEGMENTS, figures.segments());
        samples.add(APPENDED, figures.end());
        samples.add(UNSYNCED, figures.unsynced());
        samples.addSeconds(SYNC, commits.commits(), commits.syncTime());
        samples.add(SYNC_FAILURES, commits.failures());
        samples.add(REFUSED, refused.getAsLong());
        samples.add(DAMAGED, figures.damagedBytes());
        samples.add(UNREADABLE, figures.unreadableRecords());
        figures.freeBytes().ifPresent(free -> samples.add(FREE, free));
        samples.add(FLOOR, figures.minFreeBytes());
    }
}
