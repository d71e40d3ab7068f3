package logyard.kato.log.app;

import java.util.List;

/**
 * Where the lines of one node that were kept and those that came live are the same ones. Both are parts without holes of one
 * sequence, which is the node's; lines may be equal, so what is before and behind a line tells which one it is. One thread.
 *
 * <p>Of several places that are possible the one counts where most lines are the same. They differ by equal lines of one
 * second only.
 */
final class Overlap {
    private final List<String> kept;
    private boolean hasLive;

    /** Which of {@link #kept} comes live next; beyond its end: none that is known. */
    private int next;

    /** @param kept the oldest first */
    Overlap(List<String> kept) {
        this.kept = List.copyOf(kept);
    }

    /**
     * Takes in what came live until the kept ones were read.
     *
     * @return how many of them are older than all that was kept, and which behind those are new
     */
    Split split(List<String> live) {
        if (live.isEmpty()) {
            return new Split(0, 0);
        }
        hasLive = true;
        int best = kept.size();
        int most = 0;
        for (int place = 1 - live.size(); place < kept.size(); place++) {
            int same = same(place, live);
            if (same > most) {
                best = place;
                most = same;
            }
        }
        next = best + live.size();
        int before = Math.max(0, -best);
        return new Split(before, Math.min(live.size(), before + most));
    }

    /** How many lines are the same if the first live one is the kept one at {@code place}; 0 if one of them is not. */
    private int same(int place, List<String> live) {
        int from = Math.max(0, place);
        int to = Math.min(kept.size(), place + live.size());
        for (int i = from; i < to; i++) {
            if (!kept.get(i).equals(live.get(i - place))) {
                return 0;
            }
        }
        return to - from;
    }

    /** Whether a line that comes after those is new. */
    boolean isNew(String line) {
        if (!hasLive) {
            hasLive = true;
            next = kept.indexOf(line) < 0 ? kept.size() : kept.indexOf(line);
        }
        if (next < kept.size() && kept.get(next).equals(line)) {
            next++;
            return false;
        }
        next = kept.size();
        return true;
    }

    /**
     * What came live, taken apart.
     *
     * @param older so many are older than what was kept
     * @param known so many, with those, are not new
     */
    record Split(int older, int known) {}
}
