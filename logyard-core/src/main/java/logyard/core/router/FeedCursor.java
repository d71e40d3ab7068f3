package logyard.core.router;

/**
 * Where a drain stands, as it is saved.
 *
 * @param position everything before it is settled
 * @param account what became of it
 * @param stored how many events the drain wanted had come into the journal by {@code countedTo}
 * @param countedTo the position up to which {@code stored} counts
 * @param unstored how many the drain wanted never came into the journal
 */
public record FeedCursor(long position, Account account, long stored, long countedTo, long unstored) {
    /** A drain that begins at a position and has seen nothing. */
    public static FeedCursor startingAt(long position) {
        return new FeedCursor(position, Account.NOTHING, 0, position, 0);
    }

    /** How many events the drain wanted so far. */
    public long matched() {
        return stored + unstored;
    }

    /** How many wanted events are not settled: {@code matched = delivered + dropped + pending}. */
    public long pending() {
        return matched() - account.delivered() - account.dropped();
    }

    /** The same place, for a drain that wants other events from now on: what it had wanted and not got is no loss. */
    public FeedCursor withoutPending() {
        return new FeedCursor(position, account, account.settled(), position, account.dropped(DropReason.UNSTORED));
    }
}
