package logyard.core.tail;

/**
 * How to follow one path.
 *
 * @param maxRecordSize longest record in bytes, longer lines are cut; 0 means 1 MiB
 * @param firstBytes how much of a file is read that was there before it was followed for the first time: its last
 *     {@code firstBytes} bytes, beginning with a whole line; 0 means only what is written from now on
 * @param mostBacklog when reading goes on after a restart and more bytes than this are unread, the oldest are skipped, and
 *     reported
 */
public record FollowOptions(int maxRecordSize, long firstBytes, long mostBacklog) {
    public FollowOptions {
        if (maxRecordSize < 0 || firstBytes < 0 || mostBacklog < 0) {
            throw new IllegalArgumentException(
                    "sizes must not be negative, got " + maxRecordSize + ", " + firstBytes + " and " + mostBacklog);
        }
    }

    /** What is written from now on, however much that is at a restart. */
    public static FollowOptions fromEnd(int maxRecordSize) {
        return new FollowOptions(maxRecordSize, 0, Long.MAX_VALUE);
    }

    /** Everything there is. */
    public static FollowOptions fromBeginning(int maxRecordSize) {
        return new FollowOptions(maxRecordSize, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** At most the last {@code bytes}, at first and after every restart. */
    public static FollowOptions last(long bytes, int maxRecordSize) {
        return new FollowOptions(maxRecordSize, bytes, bytes);
    }
}
