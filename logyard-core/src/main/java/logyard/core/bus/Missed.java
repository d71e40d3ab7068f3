package logyard.core.bus;

/**
 * Events that a named subscriber wanted and never gets.
 *
 * @param evicted left the journal, to make room, before they were read
 * @param damaged in the journal
 * @param unstored never got into the journal
 */
public record Missed(long evicted, long damaged, long unstored) {
    public static final Missed NOTHING = new Missed(0, 0, 0);

    /** How many, for whatever reason. */
    public long events() {
        return evicted + damaged + unstored;
    }
}
