package logyard.core.router;

/**
 * Events a drain wanted and never gets, found out by its feed.
 *
 * @param evicted left the journal before they were read
 * @param damaged in the journal
 * @param unstored never got into the journal
 */
public record Lost(long evicted, long damaged, long unstored) {
    public static final Lost NOTHING = new Lost(0, 0, 0);

    static Lost of(long events, long evicted) {
        return events == 0 ? NOTHING : new Lost(evicted, events - evicted, 0);
    }

    /** Those the journal had taken. */
    public long inJournal() {
        return evicted + damaged;
    }
}
