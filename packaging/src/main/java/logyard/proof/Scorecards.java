package logyard.proof;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The scorecards of some runs, to be read by people and by programs.
 *
 * @param when the day, such as 2026-11-23
 * @param commit of the sources
 */
public record Scorecards(List<Scorecard> cards, Scale scale, String when, String commit, long seed) {
    public Scorecards {
        cards = List.copyOf(cards);
    }

    /** A table in Markdown. */
    public String toMarkdown() {
        var text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s form, %s, commit %s, seed %d.%n%n",
                scale == Scale.SHORT ? "Short" : "Long",
                when,
                commit,
                seed));
        text.append("| run | faults | written | delivered | repeated | lost | counted | announced | **unexplained** |"
                + " corrupted | foreign | out of order | recovery, s: median, longest | took |\n");
        text.append("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        cards.forEach(card -> text.append(row(card)).append('\n'));
        for (Scorecard card : cards) {
            if (!card.remark().isEmpty()) {
                text.append("\n`")
                        .append(card.run())
                        .append("`: ")
                        .append(card.remark())
                        .append(".\n");
            }
        }
        for (Scorecard card : cards) {
            if (!card.passed()) {
                text.append("\n**`").append(card.run()).append("` failed**: ");
                text.append(String.join("; ", card.problems())).append('\n');
            }
        }
        return text.toString();
    }

    private static String row(Scorecard card) {
        return String.format(
                Locale.ROOT,
                "| `%s`%s | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %s | %s |",
                card.run(),
                card.passed() ? "" : " **failed**",
                card.faults(),
                card.written(),
                card.delivered(),
                card.repeated(),
                card.lost(),
                card.counted(),
                card.announced(),
                card.unexplained(),
                card.corrupted(),
                card.foreign(),
                card.outOfOrder(),
                card.recovery()
                        .map(recovery -> seconds(recovery.median()) + ", " + seconds(recovery.longest()))
                        .orElse("–"),
                took(card.took()));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f", time.toMillis() / 1000.0);
    }

    private static String took(Duration time) {
        return time.toSeconds() < 100 ? time.toSeconds() + " s" : time.toMinutes() + " min";
    }

    /** The same as JSON. */
    public String toJson() {
        ObjectNode json = new ObjectMapper().createObjectNode();
        json.put("scale", scale.name().toLowerCase(Locale.ROOT))
                .put("when", when)
                .put("commit", commit)
                .put("seed", seed)
                .put("passed", allPassed());
        ArrayNode runs = json.putArray("runs");
        cards.forEach(card -> write(card, runs.addObject()));
        return json.toPrettyString() + "\n";
    }

    private static void write(Scorecard card, ObjectNode into) {
        into.put("run", card.run())
                .put("passed", card.passed())
                .put("faults", card.faults())
                .put("written", card.written())
                .put("delivered", card.delivered())
                .put("repeated", card.repeated())
                .put("lost", card.lost())
                .put("counted", card.counted())
                .put("announced", card.announced())
                .put("unexplained", card.unexplained())
                .put("corrupted", card.corrupted())
                .put("foreign", card.foreign())
                .put("out_of_order", card.outOfOrder())
                .put("took_ms", card.took().toMillis())
                .put("remark", card.remark());
        card.recovery()
                .ifPresent(recovery -> into.put(
                                "recovery_median_ms", recovery.median().toMillis())
                        .put("recovery_longest_ms", recovery.longest().toMillis()));
        card.problems().forEach(into.putArray("problems")::add);
    }

    public boolean allPassed() {
        return cards.stream().allMatch(Scorecard::passed);
    }

    /** The names of those that failed. */
    public String failed() {
        return cards.stream().filter(card -> !card.passed()).map(Scorecard::run).collect(Collectors.joining(", "));
    }
}
