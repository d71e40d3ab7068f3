package logyard.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the settings of one component as it takes them itself, be it the component or whoever wants to know what it will
 * make of them. A single value that is missing has its packaged default; a key nobody knows is left aside, since a newer
 * Logyard may have written it. Immutable.
 */
public final class ConfigReader<T extends Record> {
    private final Class<T> type;
    private final Map<String, RecordComponent> components;
    private final ConfigSubtree defaults;

    /** The reader for the settings at {@code path}. */
    public ConfigReader(ConfigPath path, Class<T> type) {
        this.type = type;
        this.components = ConfigBinder.components(type);
        this.defaults = withoutUnknown(Defaults.at(path).orElse(ConfigSubtree.EMPTY));
    }

    /** The keys that are known, in the order of the record. */
    public Set<String> known() {
        return components.keySet();
    }

    /**
     * The packaged defaults.
     *
     * @throws ConfigException if there are none
     */
    public T defaults() {
        return ConfigBinder.bind(defaults, type);
    }

    /**
     * The settings in {@code subtree}.
     *
     * @throws ConfigException naming all that is wrong with them
     */
    public T read(ConfigSubtree subtree) {
        ConfigSubtree known = withoutUnknown(subtree);
        SortedMap<String, JsonNode> values = new TreeMap<>(missing(known));
        values.putAll(known.values());
        return ConfigBinder.bind(new ConfigSubtree(values, known.problems()), type);
    }

    /** The first names of all that is left aside. */
    public SortedSet<String> unknown(ConfigSubtree subtree) {
        SortedSet<String> unknown = new TreeSet<>();
        subtree.values().keySet().forEach(key -> {
            if (!key.isEmpty() && !isKnown(key)) {
                unknown.add(first(key));
            }
        });
        return unknown;
    }

    /** The packaged defaults of those single values that are missing; a map is as it is. */
    public SortedMap<String, JsonNode> missing(ConfigSubtree subtree) {
        SortedMap<String, JsonNode> missing = new TreeMap<>();
        defaults.values().forEach((key, value) -> {
            RecordComponent component = components.get(key);
            if (component != null
                    && !ConfigBinder.isOptional(component)
                    && subtree.value(key).isEmpty()) {
                missing.put(key, value);
            }
        });
        return missing;
    }

    private ConfigSubtree withoutUnknown(ConfigSubtree subtree) {
        SortedMap<String, JsonNode> values = new TreeMap<>(subtree.values());
        SortedMap<String, String> problems = new TreeMap<>(subtree.problems());
        values.keySet().removeIf(key -> !isKnown(key));
        problems.keySet().removeIf(key -> !isKnown(key));
        return new ConfigSubtree(values, problems);
    }

    private boolean isKnown(String key) {
        return components.containsKey(first(key));
    }

    private static String first(String key) {
        return key.split("/", 2)[0];
    }
}
