package logyard.core.router;

import org.jspecify.annotations.Nullable;

/** A record of the journal that is, or was a moment ago, in memory. */
final class LiveRecord {
    private final long position;
    private final long next;
    private volatile byte @Nullable [] frame;

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

    /** Leaves the record to the journal. */
    void forget() {
        frame = null;
    }
}
