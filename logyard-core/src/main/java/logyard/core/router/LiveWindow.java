package logyard.core.router;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The newest records of the journal that somebody waits for, in memory once for all drains, bounded in bytes. Not
 * thread-safe.
 */
final class LiveWindow {
    private final Deque<LiveRecord> records = new ArrayDeque<>();
    private final long maxBytes;
    private long bytes;

    LiveWindow(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Adds the newest record, and lets go of the oldest ones that all have taken, or that are beyond the bound. */
    void add(LiveRecord record) {
        records.add(record);
        bytes += record.next() - record.position();
        for (LiveRecord oldest = records.peek();
                oldest != null && (bytes > maxBytes || oldest.frame() == null);
                oldest = records.peek()) {
            records.remove();
            bytes -= oldest.next() - oldest.position();
            oldest.forget();
        }
    }
}
