package logyard.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state of a part of the tree at one moment.
 *
 * @param values every place that holds a JSON value, by its path below the watched root such as
 *     {@code log_files/dea}; the root's own value is at {@code ""}
 * @param problems every place whose value is no JSON or too large, with the reason
 */
public record ConfigSubtree(SortedMap<String, JsonNode> values, SortedMap<String, String> problems) {
    public static final ConfigSubtree EMPTY = new ConfigSubtree(new TreeMap<>(), new TreeMap<>());

    public ConfigSubtree {
        values = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(values));
        problems = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(problems));
    }

    /** The value at a path below the root, such as {@code max_record_size}. */
    public Optional<JsonNode> value(String path) {
        return Optional.ofNullable(values.get(path));
    }

    /** The part below {@code name}, with its paths shortened. */
    public ConfigSubtree below(String name) {
        return new ConfigSubtree(cut(values, name + "/"), cut(problems, name + "/"));
    }

    /**
     * All values as one JSON object, one level of nesting per level of the tree. A place that holds a value and has
     * others below it is shown with those below it only.
     */
    public ObjectNode toJson() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        values.forEach((path, value) -> {
            if (!path.isEmpty()
                    && values.tailMap(path + "/").keySet().stream()
                            .findFirst()
                            .filter(next -> next.startsWith(path + "/"))
                            .isEmpty()) {
                int slash = path.lastIndexOf('/');
                ObjectNode parent = slash < 0
                        ? all
                        : all.withObject("/" + path.substring(0, slash).replace("~", "~0"));
                parent.set(path.substring(slash + 1), value);
            }
        });
        return all;
    }

    private static <V> SortedMap<String, V> cut(SortedMap<String, V> from, String prefix) {
        var result = new TreeMap<String, V>();
        from.tailMap(prefix).forEach((path, value) -> {
            if (path.startsWith(prefix)) {
                result.put(path.substring(prefix.length()), value);
            }
        });
        return result;
    }
}
