package logyard.core.supervision;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import logyard.config.ConfigSubtree;
import logyard.core.drain.DrainUri;
import logyard.core.drain.Formats;
import logyard.core.drain.InvalidDrainException;

/**
 * A drain as the tree defines it. Two equal definitions mean that there is nothing to do.
 *
 * @param uri as in the tree, not checked
 * @param format the text of the named format that the URI asks for; empty if it asks for none
 * @param problem why the tree's value is no URI; empty if it is text
 */
record DrainDefinition(String uri, Optional<String> format, Optional<String> problem) {
    /** The definitions in the state of {@code /proc/logyard/config}, by drain name. */
    static SortedMap<String, DrainDefinition> all(ConfigSubtree config) {
        Map<String, String> formats = texts(config.below("drainformats"));
        SortedMap<String, DrainDefinition> drains = new TreeMap<>();
        ConfigSubtree defined = config.below("drains");
        defined.values().forEach((name, value) -> drains.put(name, of(value, formats)));
        defined.problems()
                .forEach((name, problem) ->
                        drains.put(name, new DrainDefinition("", Optional.empty(), Optional.of(problem))));
        return drains;
    }

    private static DrainDefinition of(JsonNode value, Map<String, String> formats) {
        if (!value.isTextual()) {
            return new DrainDefinition(
                    "", Optional.empty(), Optional.of("a drain must be a URI in quotes, got " + value));
        }
        return new DrainDefinition(value.asText(), format(value.asText(), formats), Optional.empty());
    }

    private static Optional<String> format(String uri, Map<String, String> formats) {
        try {
            return DrainUri.parse(uri)
                    .format()
                    .filter(name ->
                            !Formats.BUILT_IN.contains(name)) // which stay what they are, whatever the tree says
                    .map(formats::get);
        } catch (InvalidDrainException e) {
            return Optional.empty(); // said when the drain is started
        }
    }

    /** The named texts directly below a place of the tree; what is no text is left out. */
    static Map<String, String> texts(ConfigSubtree subtree) {
        Map<String, String> texts = new TreeMap<>();
        subtree.values().forEach((name, value) -> {
            if (value.isTextual()) {
                texts.put(name, value.asText());
            }
        });
        return texts;
    }
}
