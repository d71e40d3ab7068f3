package logyard.core.router;

/**
 * Where a drain stands, as it is saved.
 *
 * @param position everything before it is settled
 * @param account what became of it
 * @param matched how many events the drain wanted had come in by {@code countedTo}
 * @param countedTo the position up to which {@code matched} counts
 */
public record FeedCursor(long position, Account account, long matched, long countedTo) {
    /** A drain that begins at a position and has seen nothing. */
    public static FeedCursor startingAt(long position) {
        return new FeedCursor(position, Account.NOTHING, 0, position);
    }

    /** How many wanted events are not settled: {@code matched = delivered + dropped + pending}. */
    public long pending() {
        return matched - account.settled();
    }
}
