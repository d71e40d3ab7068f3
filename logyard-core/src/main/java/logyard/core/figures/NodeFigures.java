package logyard.core.figures;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import logyard.core.router.StreamCount;

/**
 * What the core of a node has done, and how its drains stand. Counts only grow while the same core runs: what happened
 * between two of these is their difference.
 *
 * @param started when the core started, by which two runs are told apart
 * @param elapsed how long ago that was, by a clock that nobody sets
 * @param streams what came in
 * @param drains what went out
 */
public record NodeFigures(Instant started, Duration elapsed, List<StreamCount> streams, List<DrainFigures> drains) {
    public NodeFigures {
        streams = List.copyOf(streams);
        drains = List.copyOf(drains);
    }
}
