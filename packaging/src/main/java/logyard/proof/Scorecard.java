package logyard.proof;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What came of one run. Lines are counted, not events.
 *
 * @param lost written, and not delivered
 * @param counted of which the drain says that it dropped them
 * @param announced of which the target was told
 * @param unexplained lost, and not both counted and announced; must be 0
 * @param corrupted that differ from what was written; must be 0
 * @param foreign that nobody wrote; must be 0
 * @param faults that happened; a run without its faults is invalid
 * @param recovery how long it took, from a fault to the first line that was written after it: the median and the longest
 * @param problems why the run failed; none if it passed
 */
public record Scorecard(
        String run,
        long written,
        long delivered,
        long repeated,
        long lost,
        long counted,
        long announced,
        long unexplained,
        long corrupted,
        long foreign,
        long outOfOrder,
        int faults,
        Optional<Recovery> recovery,
        Duration took,
        String remark,
        List<String> problems) {
    /** How long something took, over several times. */
    public record Recovery(Duration median, Duration longest) {}

    public Scorecard {
        problems = List.copyOf(problems);
    }

    /** A run that could not be made. */
    static Scorecard broken(String run, Duration took, String problem) {
        return new Scorecard(run, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Optional.empty(), took, "", List.of(problem));
    }

    public boolean passed() {
        return problems.isEmpty();
    }
}
