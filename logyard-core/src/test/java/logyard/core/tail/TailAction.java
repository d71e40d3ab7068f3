package logyard.core.tail;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import logyard.core.tail.ModelLog.Style;

/**
 * One thing that happens to the logs or to the tailer.
 *
 * @param log which log, if it happens to one
 * @param amount how much of it, if that can be said
 */
record TailAction(Kind kind, Style log, int amount) {
    /** What happens, and how often. */
    enum Kind {
        WRITE(8),
        WRITE_PART_OF_A_LINE(3),
        WRITE_LATE(3),
        RENAME(4),
        RENAME_AND_CREATE(3),
        COPY_TRUNCATE(5),
        COPY_WRITE_TRUNCATE(1),
        TRUNCATE(1),
        TURN_LINK(2),
        DELETE(1),
        EXPIRE(2),
        /** The handler has no room any more, or has it again. */
        ROOM(3),
        /** What is handed out is acknowledged at once, or no longer. */
        ACKNOWLEDGING(3),
        ACKNOWLEDGE_SOME(3),
        /** One round. */
        STEP(2),
        SETTLE(6),
        PASS(3),
        PASS_GRACE(2),
        /** Time in which nobody looks. */
        PAUSE(2),
        CLOSE(2),
        KILL(3);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    private static final List<Style> STYLES = List.of(Style.values());

    /** Each as often as it is to happen. */
    private static final List<Kind> KINDS = Stream.of(Kind.values())
            .flatMap(kind -> Collections.nCopies(kind.weight, kind).stream())
            .toList();

    static List<TailAction> random(Random random, int count) {
        List<TailAction> actions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Style log = STYLES.get(random.nextInt(STYLES.size()));
            actions.add(new TailAction(KINDS.get(random.nextInt(KINDS.size())), log, random.nextInt(1000)));
        }
        return actions;
    }

    @Override
    public String toString() {
        return (kind + "(" + log + "," + amount + ")").toLowerCase(Locale.ROOT);
    }
}
