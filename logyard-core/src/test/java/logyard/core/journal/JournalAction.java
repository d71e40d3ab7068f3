package logyard.core.journal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

/**
 * One thing that is done with a journal, or happens to it.
 *
 * @param seed of the random numbers that say how, if that is not said
 */
record JournalAction(Kind kind, long seed) {
    /** What is done, and how often. */
    enum Kind {
        APPEND_BATCH(25),
        APPEND_EVENT(25),
        APPEND_NOISE(8),
        FLUSH(14),
        SYNC(5),
        SEAL(3),
        RETAIN(6),
        OPEN_READER(3),
        READ_ON(15),
        /** The disk takes only a little more, or as much as one likes again. */
        FILL_OR_FREE(3),
        /** The disk fails to sync, or does so no longer. */
        FAIL_OR_MEND(2),
        /** Bytes of a file change, or a file becomes shorter, if this is a journal to which that happens. */
        DAMAGE(2),
        CLOSE_AND_REOPEN(1),
        CRASH(2);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    /** Each as often as it is to happen. */
    private static final List<Kind> KINDS = Stream.of(Kind.values())
            .flatMap(kind -> Collections.nCopies(kind.weight, kind).stream())
            .toList();

    static List<JournalAction> random(Random random, int count) {
        List<JournalAction> actions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            actions.add(new JournalAction(KINDS.get(random.nextInt(KINDS.size())), random.nextInt(1_000_000)));
        }
        return actions;
    }

    @Override
    public String toString() {
        return (kind + "(" + seed + ")").toLowerCase(Locale.ROOT);
    }
}
