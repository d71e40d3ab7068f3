package logyard.core.router;

import java.util.EnumMap;
import java.util.Map;

/**
 * What became of the events a drain wanted, since the drain was first seen: {@code matched = delivered + pending +
 * dropped}, always.
 *
 * @param delivered the target has them
 * @param drops what it never gets, by reason
 */
public record Account(long delivered, Map<DropReason, Drop> drops) {
    public static final Account NOTHING = new Account(0, Map.of());

    public Account {
        drops = Map.copyOf(drops);
    }

    /** The target has so many. */
    public static Account delivered(long events) {
        return new Account(events, Map.of());
    }

    /** So many were dropped at a moment, in seconds since 1970. */
    public static Account dropped(DropReason reason, long events, long second) {
        return new Account(0, Map.of(reason, Drop.of(events, second)));
    }

    /** Those that came through the journal together: the ordinal of the last one. */
    public long settled() {
        return delivered + dropped() - dropped(DropReason.UNSTORED);
    }

    public long dropped() {
        long all = 0;
        for (Drop drop : drops.values()) {
            all += drop.events();
        }
        return all;
    }

    public long dropped(DropReason reason) {
        return Drop.orNone(drops.get(reason)).events();
    }

    /** Whether this may have come of an earlier one: nothing in it is less. */
    boolean includes(Account earlier) {
        return delivered >= earlier.delivered
                && earlier.drops.entrySet().stream()
                        .allMatch(each -> Drop.orNone(drops.get(each.getKey())).includes(each.getValue()));
    }

    /** How many were dropped that the target was not told of. */
    public long open() {
        long open = 0;
        for (Drop drop : drops.values()) {
            open += drop.open();
        }
        return open;
    }

    /** What changes when the target is told of all that was dropped. */
    public Account announcement() {
        Map<DropReason, Drop> told = new EnumMap<>(DropReason.class);
        drops.forEach((reason, drop) -> {
            if (drop.open() > 0) {
                told.put(reason, drop.announcement());
            }
        });
        return new Account(0, told);
    }

    /** This, and what came later. */
    public Account plus(Account later) {
        return new Account(delivered + later.delivered, later.drops.isEmpty() ? drops : merged(later.drops));
    }

    private Map<DropReason, Drop> merged(Map<DropReason, Drop> later) {
        Map<DropReason, Drop> all = new EnumMap<>(DropReason.class);
        all.putAll(drops);
        later.forEach((reason, drop) -> all.merge(reason, drop, Drop::plus));
        return all;
    }
}
