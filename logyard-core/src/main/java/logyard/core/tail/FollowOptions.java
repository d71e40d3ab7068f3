package logyard.core.tail;

/**
 * How to follow one path.
 *
 * @param maxRecordSize longest record in bytes, longer lines are cut; 0 means 1 MiB
 * @param firstBytes how much of a file is read that was there before it was followed for the first time: its last
 *     {@code firstBytes} bytes, beginning with a whole line; 0 means only what is written from now on
 * @param mostBacklog when reading goes on after a restart and more bytes than this are unread, the oldest are skipped, and
 *     reported
 * @param mostKept files of one path that are kept open while nothing is read; past that the oldest is given up
 * @param isQuiet whether what goes wrong with it is left to the handler's notices, and not logged: for files whose owner
 *     could fill our log
 */
public record FollowOptions(int maxRecordSize, long firstBytes, long mostBacklog, int mostKept, boolean isQuiet) {
    /** Where nothing else is asked for. */
    static final int MOST_KEPT = 1000;

    public FollowOptions {
        if (mostKept < 1) {
            throw new IllegalArgumentException("mostKept must be positive, got " + mostKept);
        }
        if (maxRecordSize < 0 || firstBytes < 0 || mostBacklog < 0) {
            throw new IllegalArgumentException(
                    "sizes must not be negative, got " + maxRecordSize + ", " + firstBytes + " and " + mostBacklog);
        }
    }

    /** What is written from now on, however much that is at a restart. */
    public static FollowOptions fromEnd(int maxRecordSize) {
        return new FollowOptions(maxRecordSize, 0, Long.MAX_VALUE, MOST_KEPT, false);
    }

    /** Everything there is. */
    public static FollowOptions fromBeginning(int maxRecordSize) {
        return new FollowOptions(maxRecordSize, Long.MAX_VALUE, Long.MAX_VALUE, MOST_KEPT, false);
    }

    /** At most the last {@code bytes}, at first and after every restart. */
    public static FollowOptions last(long bytes, int maxRecordSize) {
        return new FollowOptions(maxRecordSize, bytes, bytes, MOST_KEPT, false);
    }

    /** The same for a file of somebody who is not trusted: few are kept, and little is logged. */
    public FollowOptions untrusted(int most) {
        return new FollowOptions(maxRecordSize, firstBytes, mostBacklog, most, true);
    }
}
