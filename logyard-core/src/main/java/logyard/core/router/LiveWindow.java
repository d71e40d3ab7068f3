package logyard.core.router;

import java.util.ArrayDeque;
import java.util.Deque;

/** The newest records of the journal, in memory once for all drains, bounded in bytes. Not thread-safe. */
final class LiveWindow {
    private final Deque<LiveRecord> records = new ArrayDeque<>();
    private final long maxBytes;
    private long bytes;

    LiveWindow(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Adds the newest record, and lets go of the oldest ones beyond the bound. */
    void add(LiveRecord record) {
        records.add(record);
        bytes += record.next() - record.position();
        while (bytes > maxBytes) {
            LiveRecord oldest = records.remove();
            bytes -= oldest.next() - oldest.position();
            oldest.forget();
        }
    }
}
