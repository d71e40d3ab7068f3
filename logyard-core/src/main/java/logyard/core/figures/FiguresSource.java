package logyard.core.figures;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import logyard.core.router.Router;
import logyard.core.supervision.DrainStatus;
import logyard.core.supervision.DrainSupervisor;

/** Takes the figures of this node. Any thread but those that carry events. */
public final class FiguresSource {
    private final Router router;
    private final DrainSupervisor supervisor;
    private final Clock clock;
    private final Instant started;
    private final long startedNanos = System.nanoTime();

    /** A source for a core that starts now. */
    public FiguresSource(Router router, DrainSupervisor supervisor, Clock clock) {
        this.router = router;
        this.supervisor = supervisor;
        this.clock = clock;
        this.started = clock.instant();
    }

    /** The figures of this moment. Waits for the supervisor, for 5 s at most. */
    public NodeFigures now() {
        List<DrainFigures> drains = new ArrayList<>();
        statuses().forEach((name, status) -> drains.add(DrainFigures.of(name, status, lag(name, status))));
        return new NodeFigures(started, Duration.ofNanos(System.nanoTime() - startedNanos), router.streams(), drains);
    }

    /** How each drain is, by name. Waits for the supervisor, for 5 s at most. */
    SortedMap<String, DrainStatus> statuses() {
        return supervisor.status();
    }

    /** How long ago the oldest pending event of a drain came in. Reads the journal, a millisecond or two. */
    Duration lag(String name, DrainStatus status) {
        if (status.cursor().pending() == 0) {
            return Duration.ZERO;
        }
        try {
            Instant now = clock.instant();
            return supervisor
                    .oldestPending(name)
                    .filter(oldest -> oldest.isBefore(now)) // a clock that was set back tells nothing
                    .map(oldest -> Duration.between(oldest, now))
                    .orElse(Duration.ZERO);
        } catch (IOException e) {
            return Duration.ZERO; // the drain itself fails by it, and says so
        }
    }
}
