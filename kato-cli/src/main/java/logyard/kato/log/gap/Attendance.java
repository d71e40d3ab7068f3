package logyard.kato.log.gap;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Which nodes are away from the stream, and since when, so that a gap in it is seen. Any thread.
 *
 * <p>A core that is away goes on where it stood when it is back, unless the drain was gone meanwhile: then it begins anew.
 */
public final class Attendance {
    /** Within which a core has stopped a drain that is gone: it takes note after 0.2 s, and stops within 0.9 s. */
    private static final Duration STOPPING = Duration.ofSeconds(2);

    private final Clock clock;
    private final Consumer<String> notices;

    // Guarded by this:
    private final Map<String, Deque<Instant>> away = new HashMap<>();
    private Instant drainGone = Instant.EPOCH;

    /** @param notices is told, in words, who comes and goes */
    public Attendance(Clock clock, Consumer<String> notices) {
        this.clock = clock;
        this.notices = notices;
    }

    /** A node's connection ended. */
    public synchronized void left(String node) {
        away.computeIfAbsent(node, name -> new ArrayDeque<>()).addLast(clock.instant());
        notices.accept(node + " has left the stream");
    }

    /** A node is there; only those who were away are told of. */
    public synchronized void came(String node) {
        Deque<Instant> departures = away.getOrDefault(node, new ArrayDeque<>());
        if (departures.isEmpty()) {
            return;
        }
        Instant since = departures.removeFirst();
        notices.accept(node + " is back in the stream after "
                + seconds(Duration.between(since, clock.instant()))
                + (drainGone.plus(STOPPING).isAfter(since)
                        ? ": what it logged meanwhile may be missing"
                        : ": what it kept meanwhile comes now, and perhaps its last lines again"));
    }

    /** The drain is not in the tree, or was not until now: nodes that have stopped it begin anew when it is back. */
    public synchronized void drainGone() {
        drainGone = clock.instant();
    }

    /** Such as {@code 12 s}. */
    static String seconds(Duration duration) {
        return duration.compareTo(Duration.ofSeconds(1)) < 0 ? "less than 1 s" : duration.toSeconds() + " s";
    }
}
