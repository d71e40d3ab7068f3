package logyard.kato.log.line;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Optional;

/**
 * Which events are shown. A pattern is looked for in the line as it is shown, without its colours, as {@code grep} behind a
 * pipe would. What tells of lost events is shown whatever is looked for.
 *
 * @param node only those of this node; of all if empty
 * @param least only those that are so grave or graver; all if empty
 * @param wanted one of them must be found, if there are any
 * @param unwanted none of them may be found
 */
public record LineFilter(
        Optional<String> node, Optional<Severity> least, List<Pattern> wanted, List<Pattern> unwanted) {
    /** Shows everything. */
    public static final LineFilter ALL = new LineFilter(Optional.empty(), Optional.empty(), List.of(), List.of());

    public LineFilter {
        wanted = List.copyOf(wanted);
        unwanted = List.copyOf(unwanted);
    }

    /** Everything of one node, or of all if it is empty. */
    public static LineFilter of(Optional<String> node) {
        return new LineFilter(node, Optional.empty(), List.of(), List.of());
    }

    /** Whether it must know the fields of an event. */
    boolean looksAtFields() {
        return !equals(ALL);
    }

    boolean wants(EventFields event) throws UnreadableEventException {
        if (node.isPresent() && !node.get().equals(event.text("node_id"))) {
            return false;
        }
        return least.isEmpty() || event.isLossNotice() || Severity.of(event).isAtLeast(least.get());
    }

    boolean wants(String line) {
        return (wanted.isEmpty() || finds(wanted, line)) && !finds(unwanted, line);
    }

    private static boolean finds(List<Pattern> patterns, String line) {
        return patterns.stream().anyMatch(pattern -> pattern.matcher(line).find());
    }
}
