package logyard.core.router;

import org.jspecify.annotations.Nullable;

/** A record of the journal that is, or was a moment ago, in memory. The router's lock guards it, but for {@link #frame}. */
final class LiveRecord {
    private final long position;
    private final long next;
    private volatile byte @Nullable [] frame;
    private int waiting;

    LiveRecord(long position, long next, byte[] frame) {
        this.position = position;
        this.next = next;
        this.frame = frame;
    }

    long position() {
        return position;
    }

    /** Where the record behind it begins. */
    long next() {
        return next;
    }

    /** The frame; null once the record is in the journal only. */
    byte @Nullable [] frame() {
        return frame;
    }

    /** So many feeds more will take it. */
    void waitsFor(int feeds) {
        waiting += feeds;
    }

    /** One of the feeds has taken it; after the last one nobody needs the frame here, and it dies young. */
    void taken() {
        waiting--;
        if (waiting == 0) {
            forget();
        }
    }

    /** Leaves the record to the journal. */
    void forget() {
        frame = null;
    }
}
