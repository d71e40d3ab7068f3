package logyard.core.journal;

import java.io.IOException;

/**
 * Notices between two runs of {@link Retention} that the disk has become short of room, while there is still enough to seal
 * the active segment: only then can it be removed. One thread.
 *
 * <p>The file system is asked once per {@link #STRIDE_BYTES}, and for every record while it has too little room.
 */
final class DiskFloor {
    private static final long STRIDE_BYTES = 1L << 20;

    /** Of the room there is, one segment takes this part at most: a full disk must hold some that can be removed. */
    private static final int SEGMENTS = 8;

    private final Retention retention;
    private final long largestSegmentBytes;
    private long segmentBytes;
    private long askAt = -1;

    DiskFloor(Retention retention, long largestSegmentBytes) {
        this.retention = retention;
        this.largestSegmentBytes = largestSegmentBytes;
        this.segmentBytes = largestSegmentBytes;
    }

    /** Whether the disk has room for more of a journal that ends at {@code end}. */
    boolean hasRoom(long end) throws IOException {
        if (end < askAt) {
            return true;
        }
        long room = retention.room();
        segmentBytes = Math.min(largestSegmentBytes, Math.max(STRIDE_BYTES, room / SEGMENTS));
        askAt = end + Math.max(0, Math.min(room, STRIDE_BYTES));
        return room >= 0;
    }

    /** When the active segment is full. */
    long segmentBytes() {
        return segmentBytes;
    }
}
