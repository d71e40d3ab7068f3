package logyard.kato.process;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import logyard.kato.output.Color;
import logyard.kato.output.Colors;
import logyard.kato.output.Console;
import logyard.kato.output.Printable;

/**
 * Processes as they are shown.
 *
 * @param byNode by the names of the node and the process
 */
record ProcessList(SortedMap<String, Map<String, ProcessState>> byNode) {
    ObjectNode document() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        byNode.forEach((node, processes) -> {
            ObjectNode shown = all.putObject(node);
            processes.forEach((process, state) -> shown.set(process, state.toJson()));
        });
        return all;
    }

    /** Prints one line for each process; with {@code grouped} below the address of its node. */
    void print(Console console, boolean grouped) {
        byNode.forEach((node, processes) -> {
            if (grouped) {
                console.out().println(Printable.text(node));
            }
            processes.forEach((process, state) -> {
                String line = String.format(
                        Locale.ROOT, "%s%-30s%s", grouped ? "  " : "", Printable.text(process), state(state, console));
                List<String> details = state.details();
                console.out()
                        .println(details.isEmpty() ? line : line + "\t" + Printable.text(String.join(", ", details)));
            });
        });
    }

    private static String state(ProcessState state, Console console) {
        Colors colors = console.colors();
        String text = Printable.text(state.state());
        if (state.isReady()) {
            return text;
        }
        return colors.paint(text, state.isUp() ? Color.YELLOW : Color.RED);
    }
}
