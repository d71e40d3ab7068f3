package logyard.kato.secret;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import logyard.core.drain.Masking;
import logyard.core.secret.SecretNames;
import logyard.core.secret.SecretText;

/**
 * Hides passwords and tokens in settings: whatever is at or below a name of a secret, and those in texts, as {@code kato
 * log drain list} does. A way to a setting begins with the component, as in {@code cluster}, {@code redis}, {@code
 * password}.
 */
public final class Secrets {
    private static final TextNode MASK = TextNode.valueOf(SecretText.MASK);

    /** Below these, operators choose the names: one says nothing about its value, and could hide where logs go. */
    private static final Set<List<String>> OF_CHOSEN_NAMES = Set.of(
            List.of("logyard", "drains"),
            List.of("logyard", "drainformats"),
            List.of("logyard", "retrylimits"),
            List.of("systail", "log_files"));

    /** The specs of events: the groups below have chosen names, and so have the specs below these. */
    private static final List<String> SPECS = List.of("cloud_events", "events");

    private Secrets() {}

    /** Whether the value of a setting is a secret, by the names that lead there. */
    public static boolean isSecret(List<String> way) {
        for (int i = 0; i < way.size(); i++) {
            if (SecretNames.isSecret(way.get(i)) && !areChosenBelow(way.subList(0, i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean areChosenBelow(List<String> way) {
        boolean isInSpecs = way.size() <= SPECS.size() + 1
                && way.size() >= SPECS.size()
                && way.subList(0, SPECS.size()).equals(SPECS);
        return isInSpecs || OF_CHOSEN_NAMES.contains(way);
    }

    /** A value without the secrets in it; {@code way} leads there. */
    public static JsonNode masked(List<String> way, JsonNode value) {
        if (value.isObject()) {
            ObjectNode fields = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(field -> {
                List<String> below = new ArrayList<>(way);
                below.add(field.getKey());
                fields.set(field.getKey(), masked(below, field.getValue()));
            });
            return fields;
        }
        if (value.isArray()) {
            ArrayNode elements = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> elements.add(masked(way, element)));
            return elements;
        }
        if (isSecret(way)) {
            return MASK;
        }
        return value.isTextual() ? TextNode.valueOf(Masking.value(value.textValue())) : value;
    }
}
