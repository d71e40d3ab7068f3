package logyard.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
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
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        problems = Collections.unmodifiableSortedMap(new TreeMap<>(problems));
    }

    /** The value at a path below the root, such as {@code max_record_size}. */
    public Optional<JsonNode> value(String path) {
        return Optional.ofNullable(values.get(path));
    }

    /** The part at and below {@code path}, with its paths shortened. */
    public ConfigSubtree below(String path) {
        return new ConfigSubtree(cut(values, path), cut(problems, path));
    }

    /**
     * All values as one JSON object, one level of nesting per level of the tree. Of a place that holds a value and has
     * others below it, only those below are shown.
     */
    public ObjectNode toJson() {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        values.forEach((path, value) -> {
            if (!path.isEmpty() && !hasValuesBelow(path)) {
                ObjectNode parent = all;
                String[] names = path.split("/");
                for (int i = 0; i < names.length - 1; i++) {
                    parent = parent.withObjectProperty(names[i]);
                }
                parent.set(names[names.length - 1], value);
            }
        });
        return all;
    }

    private boolean hasValuesBelow(String path) {
        SortedMap<String, JsonNode> rest = values.tailMap(path + "/");
        return !rest.isEmpty() && rest.firstKey().startsWith(path + "/");
    }

    private static <V> SortedMap<String, V> cut(SortedMap<String, V> from, String path) {
        var result = new TreeMap<String, V>();
        V own = from.get(path);
        if (own != null) {
            result.put("", own);
        }
        String prefix = path + "/";
        from.tailMap(prefix).forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                result.put(name.substring(prefix.length()), value);
            }
        });
        return result;
    }
}
