package logyard.core.router;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import logyard.core.event.BatchBuilder;
import logyard.core.event.StreamId;
import logyard.core.journal.Journal;
import logyard.core.journal.JournalOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterAllocationTest {
    private static final int EVENTS = 100;
    private static final int RECORDS = 64;

    /** Of one record, be it for one drain or a hundred: the record itself. */
    private static final long BYTES_PER_RECORD = 64;

    @TempDir
    Path folder;

    @Test
    void routesWithoutAnObjectPerEventOrDrain() throws IOException {
        byte[] frame = batch();
        try (Journal journal = Journal.open(JournalOptions.of(folder, 64 << 20, 0), Clock.systemUTC())) {
            Router router = new Router(journal, 1 << 20, Runnable::run);
            List<DrainFeed> feeds = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                feeds.add(router.add(
                        List.of("systail".getBytes(StandardCharsets.UTF_8)), FeedCursor.startingAt(router.end())));
            }
            long position = journal.append(frame);
            long allocated = 0;
            for (int i = 0; i < 20; i++) {
                allocated = route(router, position, frame); // in the first rounds queues grow and classes are loaded
                for (DrainFeed feed : feeds) {
                    while (feed.next().isPresent()) {
                        // keeps up
                    }
                }
                router.wake();
            }

            assertThat(allocated).isLessThan(RECORDS * BYTES_PER_RECORD + 8192); // the list of whom to wake grows once
        }
    }

    private static long route(Router router, long position, byte[] frame) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = 0; i < RECORDS; i++) {
            router.route(position, frame);
        }
        return threads.getThreadAllocatedBytes(thread) - before;
    }

    private static byte[] batch() {
        var builder = new BatchBuilder("test", new StreamId(1, 2), 0);
        for (int i = 0; i < EVENTS; i++) {
            builder.event().append(i % 2 == 0 ? "systail.dea.10.0.0.5 {}" : "systail.kato.10.0.0.5 {}");
            builder.endEvent(i + 1);
        }
        return builder.finish().bytes();
    }
}
