package logyard.kato.log.drain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import logyard.kato.output.Color;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentFormat;
import logyard.kato.output.Printable;

/** Statuses of drains, as they are shown (spec 07 §5). */
public final class DrainStatusList {
    private final SortedMap<String, SortedMap<String, NodeStatus>> byDrain = new TreeMap<>();

    /**
     * Takes what is to be shown.
     *
     * @param wanted which drains, by name
     * @param notRunning whether to leave out where they run
     */
    public DrainStatusList(DrainStatuses statuses, Predicate<String> wanted, boolean notRunning) {
        statuses.byDrain().forEach((drain, byNode) -> {
            SortedMap<String, NodeStatus> shown = new TreeMap<>(byNode);
            shown.values().removeIf(status -> notRunning && status.isRunning());
            if (wanted.test(drain) && !shown.isEmpty()) {
                byDrain.put(drain, shown);
            }
        });
    }

    /** Prints them, for people if no other form is asked for. */
    public void print(Console console, Optional<DocumentFormat> format) {
        if (format.isPresent()) {
            console.out().println(format.get().render(document()));
        } else {
            byDrain.forEach((drain, byNode) -> byNode.forEach(
                    (node, status) -> console.out().println(line(drain, node, status, console.colors()))));
        }
    }

    private ObjectNode document() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        byDrain.forEach((drain, byNode) -> {
            ObjectNode nodes = all.putObject(drain);
            byNode.forEach((node, status) -> {
                ObjectNode fields = nodes.putObject(node);
                status.fields().forEach(fields::put);
            });
        });
        return all;
    }

    private static String line(String drain, String node, NodeStatus status, Colors colors) {
        String line = Printable.text(String.format(Locale.ROOT, "%-20s\t%s\t%s", drain, node, status.state()));
        String error = status.error()
                .map(text -> "\t" + colors.paint(Printable.text(text), Color.RED))
                .orElse("");
        String dropped = status.dropped()
                .map(text -> "\t" + colors.paint(Printable.text(text), Color.YELLOW))
                .orElse("");
        String refused = status.refused()
                .map(text -> "\t" + colors.paint(Printable.text(text), Color.YELLOW))
                .orElse("");
        return line + error + dropped + refused;
    }
}
