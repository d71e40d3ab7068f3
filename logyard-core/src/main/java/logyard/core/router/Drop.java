package logyard.core.router;

import org.jspecify.annotations.Nullable;

/**
 * What a drain dropped for one reason. Moments are in seconds since 1970, 0 for none.
 *
 * @param events how many
 * @param since when the first one was
 * @param announced how many the drain's target was told of
 * @param openSince when the first one was that the target was not told of
 */
public record Drop(long events, long since, long announced, long openSince) {
    private static final Drop NONE = new Drop(0, 0, 0, 0);

    /** Some that were dropped at a moment. */
    static Drop of(long events, long second) {
        return new Drop(events, second, 0, second);
    }

    /** What the target is told, if it is told of everything now. */
    Drop announcement() {
        return new Drop(0, 0, open(), 0);
    }

    /** How many the target was not told of. */
    public long open() {
        return events - announced;
    }

    /** This, and what came later. */
    Drop plus(Drop later) {
        boolean told = later.announced > 0;
        return new Drop(
                events + later.events,
                since == 0 ? later.since : since,
                announced + later.announced,
                told || openSince == 0 ? later.openSince : openSince);
    }

    boolean includes(Drop earlier) {
        return events >= earlier.events && announced >= earlier.announced;
    }

    static Drop orNone(@Nullable Drop drop) {
        return drop == null ? NONE : drop;
    }
}
