package logyard.core.router;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import logyard.core.event.BatchBuilder;
import logyard.core.event.StreamId;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;

/**
 * Measures what {@link Router#route} costs besides the journal: {@code RouterThroughput [records]}. Not a test. The
 * drains keep up, and the records have been appended before.
 */
final class RouterThroughput {
    private static final int EVENTS_PER_BATCH = 100;
    private static final int RECORDS_PER_ROUND = 64;

    private RouterThroughput() {}

    public static void main(String[] args) throws IOException {
        long records = args.length > 0 ? Long.parseLong(args[0]) : 200_000;
        Path folder = Files.createTempDirectory("router-throughput");
        for (int round = 1; round <= 3; round++) {
            System.out.printf("round %d%n", round);
            for (int drains : new int[] {1, 100}) {
                for (boolean batch : new boolean[] {true, false}) {
                    run(folder.resolve(round + "-" + drains + "-" + batch), drains, batch, records);
                }
            }
        }
    }

    private static void run(Path folder, int drains, boolean batch, long records) throws IOException {
        byte[] frame =
                batch ? batch() : "systail.dea.10.0.0.5 {\"text\":\"hello\"}".getBytes(StandardCharsets.US_ASCII);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        try (Journal journal = Journal.open(JournalOptions.of(folder, 64 << 20, 0), Clock.systemUTC())) {
            Router router = new Router(journal, 1 << 20, Runnable::run);
            List<DrainFeed> feeds = new ArrayList<>();
            for (int i = 0; i < drains; i++) {
                feeds.add(router.add(
                        List.of("systail.dea".getBytes(StandardCharsets.US_ASCII)),
                        FeedCursor.startingAt(router.end())));
            }
            long position = journal.append(frame);
            journal.flush();
            long allocated = 0;
            long cpu = 0;
            for (long done = 0; done < records; done += RECORDS_PER_ROUND) {
                long allocatedBefore = threads.getThreadAllocatedBytes(thread);
                long cpuBefore = threads.getCurrentThreadCpuTime();
                for (int i = 0; i < RECORDS_PER_ROUND; i++) {
                    router.route(position, frame);
                }
                cpu += threads.getCurrentThreadCpuTime() - cpuBefore;
                allocated += threads.getThreadAllocatedBytes(thread) - allocatedBefore;
                for (DrainFeed feed : feeds) {
                    while (feed.next().isPresent()) {
                        // keeps up
                    }
                }
                router.wake();
            }
            System.out.printf(
                    "%3d drains, %-12s per record %,8d ns of CPU, %,6d bytes allocated%n",
                    drains, batch ? "batches:" : "events:", cpu / records, allocated / records);
        }
    }

    /** Events of two keys, as of two files that are written by turns. */
    private static byte[] batch() {
        var builder = new BatchBuilder("throughput", new StreamId(1, 2), 0);
        for (int i = 0; i < EVENTS_PER_BATCH; i++) {
            builder.event().append(i / 10 % 2 == 0 ? "systail.dea.10.0.0.5 {}" : "systail.kato.10.0.0.5 {}");
            builder.endEvent(i + 1);
        }
        return builder.finish().bytes();
    }
}
