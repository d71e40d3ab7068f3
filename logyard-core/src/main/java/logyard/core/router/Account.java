package logyard.core.router;

/**
 * What became of the events a drain wanted, since the drain was first seen.
 *
 * @param delivered the target has them
 * @param unformattable they could not be put into the drain's format
 * @param gone they had left the journal, or were damaged in it, before the drain got to them
 */
public record Account(long delivered, long unformattable, long gone) {
    public static final Account NOTHING = new Account(0, 0, 0);

    /** All of them together: the ordinal of the last one. */
    public long settled() {
        return delivered + unformattable + gone;
    }

    public long dropped() {
        return unformattable + gone;
    }

    public Account plus(Account more) {
        return new Account(delivered + more.delivered, unformattable + more.unformattable, gone + more.gone);
    }
}
