package logyard.core.figures;

import java.time.Duration;
import java.util.List;
import logyard.core.daemon.metrics.Metric;
import logyard.core.daemon.metrics.MetricSource;
import logyard.core.daemon.metrics.Samples;
import logyard.core.tail.FileFigures;
import logyard.core.tail.FileTailer;
import logyard.core.tail.TailCounts;

/** How far a daemon is with the files it follows. */
public final class TailMetrics implements MetricSource {
    /** Files that are told apart, the first that were followed. */
    static final int MOST = 1000;

    /** How long the thread {@code tail} is waited for; it goes around within milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final String PROCESS = "process";
    private static final String FILE = "file";

    private static final Metric FILES = Metric.gauge("logyard_tail_files", "Files that are followed.", PROCESS);
    private static final Metric UNREAD = Metric.gauge(
            "logyard_tail_unread_bytes", "Bytes between what was handed out and the ends of all files.", PROCESS);
    private static final Metric READ =
            Metric.counter("logyard_tail_read_bytes_total", "Bytes read, each once.", PROCESS);
    private static final Metric RECORDS = Metric.counter(
            "logyard_tail_records_total", "Lines, and pieces of long lines, that became events.", PROCESS);
    private static final Metric ROTATIONS = Metric.counter(
            "logyard_tail_rotations_total", "How often a path led to another file than before.", PROCESS);
    private static final Metric TRUNCATIONS =
            Metric.counter("logyard_tail_truncations_total", "How often a file was emptied.", PROCESS);
    private static final Metric LOSSES = Metric.counter(
            "logyard_tail_losses_total",
            "How often lines were lost, or may have been; each is also told in the log it is about.",
            PROCESS);
    private static final Metric LOST =
            Metric.counter("logyard_tail_lost_bytes_total", "Bytes known to be lost; there may be more.", PROCESS);
    private static final Metric OVERFLOWS = Metric.counter(
            "logyard_tail_overflows_total",
            "How often files changed faster than the kernel tells; each was looked at then.",
            PROCESS);
    private static final Metric SAVE_FAILURES = Metric.counter(
            "logyard_tail_position_failures_total",
            "Position files that could not be written, or not be read at the start.",
            PROCESS);
    private static final Metric FILE_UNREAD = Metric.gauge(
            "logyard_tail_file_unread_bytes",
            "Bytes between what was handed out of a file and its end, an incomplete line included.",
            PROCESS,
            FILE);
    private static final Metric FILE_RECORDS = Metric.counter(
            "logyard_tail_file_records_total", "Lines, and pieces of long lines, of the file.", PROCESS, FILE);
    private static final Metric FILE_LOSSES = Metric.counter(
            "logyard_tail_file_losses_total", "How often lines of it were lost, or may have been.", PROCESS, FILE);
    private static final Metric FILE_LOST = Metric.counter(
            "logyard_tail_file_lost_bytes_total", "Bytes of it known to be lost; there may be more.", PROCESS, FILE);

    /** What this measures. */
    public static final List<Metric> METRICS = List.of(
            FILES,
            UNREAD,
            READ,
            RECORDS,
            ROTATIONS,
            TRUNCATIONS,
            LOSSES,
            LOST,
            OVERFLOWS,
            SAVE_FAILURES,
            FILE_UNREAD,
            FILE_RECORDS,
            FILE_LOSSES,
            FILE_LOST);

    private final String process;
    private final FileTailer tailer;
    private final boolean byFile;

    /**
     * Of one tailer.
     *
     * @param process that follows the files
     * @param byFile whether there are few, of names that stay: then each is shown, too
     */
    public TailMetrics(String process, FileTailer tailer, boolean byFile) {
        this.process = process;
        this.tailer = tailer;
        this.byFile = byFile;
    }

    @Override
    public void collect(Samples samples) {
        TailCounts counts = tailer.counts();
        samples.add(FILES, counts.files(), process);
        samples.add(READ, counts.bytes(), process);
        samples.add(RECORDS, counts.records(), process);
        samples.add(ROTATIONS, counts.rotations(), process);
        samples.add(TRUNCATIONS, counts.truncations(), process);
        samples.add(LOSSES, counts.losses(), process);
        samples.add(LOST, counts.lostBytes(), process);
        samples.add(OVERFLOWS, counts.overflows(), process);
        samples.add(SAVE_FAILURES, counts.positionFailures(), process);
        try {
            tailer.figures(PATIENCE).ifPresent(files -> collect(files, samples));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void collect(List<FileFigures> files, Samples samples) {
        samples.add(UNREAD, files.stream().mapToLong(FileFigures::unreadBytes).sum(), process);
        if (byFile) {
            files.stream().limit(MOST).forEach(file -> {
                samples.add(FILE_UNREAD, file.unreadBytes(), process, file.name());
                samples.add(FILE_RECORDS, file.records(), process, file.name());
                samples.add(FILE_LOSSES, file.losses(), process, file.name());
                samples.add(FILE_LOST, file.lostBytes(), process, file.name());
            });
        }
    }
}
