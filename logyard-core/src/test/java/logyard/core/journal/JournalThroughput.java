package logyard.core.journal;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import logyard.core.event.BatchBuilder;
import logyard.core.event.StreamId;

/**
 * Measures how fast the journal appends and reads back: {@code JournalThroughput [folder [megabytes]]}. Not a test; the
 * figures depend on the disk.
 */
final class JournalThroughput {
    private static final byte[] EVENT =
            ("systail.dea.10.0.0.5 {\"text\":\"" + "x".repeat(415) + "\"}  ").getBytes(StandardCharsets.US_ASCII);
    private static final int EVENTS_PER_BATCH = 142;

    private final Path folder;
    private final long bytes;

    private JournalThroughput(Path folder, long bytes) {
        this.folder = folder;
        this.bytes = bytes;
    }

    public static void main(String[] args) throws Exception {
        Path folder = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("journal-throughput");
        long megabytes = args.length > 1 ? Long.parseLong(args[1]) : 1000;
        var throughput = new JournalThroughput(folder, megabytes << 20);
        for (int round = 1; round <= 3; round++) {
            System.out.printf("round %d%n", round);
            throughput.run("64 KiB batches", batch(), 8, false);
            throughput.run("64 KiB batches, committing", batch(), 8, true);
            throughput.run("450-byte events", EVENT, 500, false);
            throughput.run("450-byte events, committing", EVENT, 500, true);
        }
    }

    private static byte[] batch() {
        var builder = new BatchBuilder("throughput", new StreamId(1, 2), 0);
        for (int i = 0; i < EVENTS_PER_BATCH; i++) {
            builder.event().append(EVENT);
            builder.endEvent(450L * (i + 1));
        }
        return builder.finish().bytes();
    }

    private void run(String what, byte[] frame, int flushEvery, boolean committing) throws Exception {
        Path at = folder.resolve("journal");
        var options = JournalOptions.of(at, 4L << 30, 0);
        long records = bytes / Journal.recordBytes(frame);
        try (Journal journal = Journal.open(options, Clock.systemUTC())) {
            if (committing) {
                try (Commit commit = Commit.start(journal, Duration.ofMillis(100), Ignore::new)) {
                    measure(what, frame, records, () -> append(journal, frame, records, flushEvery, commit::appended));
                }
            } else {
                measure(what, frame, records, () -> append(journal, frame, records, flushEvery, () -> {}));
            }
            measure(what + ", reading back", frame, records, () -> readBack(journal, records));
        } finally {
            delete(at);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void measure(String what, byte[] frame, long records, Work work) throws IOException {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long allocated = threads.getThreadAllocatedBytes(thread);
        long cpu = threads.getCurrentThreadCpuTime();
        long start = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        cpu = threads.getCurrentThreadCpuTime() - cpu;
        allocated = threads.getThreadAllocatedBytes(thread) - allocated;
        System.out.printf(
                "%-42s %,10.0f records/s %,6.0f MB/s; per record %,7d ns of CPU, %,6d bytes allocated%n",
                what,
                records / seconds,
                records * (double) frame.length / 1e6 / seconds,
                cpu / records,
                allocated / records);
    }

    private static void append(Journal journal, byte[] frame, long records, int flushEvery, Runnable flushed)
            throws IOException {
        for (long i = 1; i <= records; i++) {
            journal.append(frame);
            journal.countEvents(EVENT, 0, 20, 1, EVENT.length);
            if (i % flushEvery == 0 || i == records) {
                journal.flush();
                flushed.run();
            }
        }
    }

    private static void readBack(Journal journal, long records) throws IOException {
        long read = 0;
        try (JournalReader reader = journal.reader(0)) {
            long end = journal.flushedEnd();
            for (Optional<JournalRecord> next = reader.next(end); next.isPresent(); next = reader.next(end)) {
                read++;
            }
        }
        if (read != records) {
            throw new IllegalStateException("read " + read + " of " + records);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static final class Ignore implements Commit.Listener {
        @Override
        public void beginning() {}

        @Override
        public void committed() {}

        @Override
        public void tick() {}

        @Override
        public void close() {}
    }
}
