package logyard.core.router;

/** The events a drain wanted that never came into the journal. Guarded by the router. */
final class Unstored {
    private long all;
    private long read;
    private long at;

    /**
     * Goes on.
     *
     * @param all how many there were so far
     * @param read how many of them the drain was told of
     */
    Unstored(long all, long read) {
        this.all = all;
        this.read = read;
    }

    /** More of them came when the journal ended at {@code end}. */
    void add(long events, long end) {
        if (all == read) {
            at = end;
        }
        all += events;
    }

    /** How many there were so far. */
    long all() {
        return all;
    }

    /** Whether a drain that has read up to {@code position} is to be told of some. */
    boolean isDue(long position, boolean hasReadAll) {
        return all > read && (hasReadAll || position >= at);
    }

    /** How many there were since the last call. */
    Lost take() {
        long events = all - read;
        read = all;
        return new Lost(0, 0, events);
    }

    /** The drain begins again, and was told of so many. */
    void rewind(long read) {
        this.read = read;
    }
}
