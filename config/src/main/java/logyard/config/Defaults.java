package logyard.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The packaged defaults: what a new tree is filled with, and what a daemon goes on that has never seen a tree.
 *
 * <p>They are the files {@code logyard.yml}, {@code systail.yml}, {@code apptail.yml} and {@code cloud_events.yml}
 * beside this class.
 */
public final class Defaults {
    /** The version of the tree's layout. */
    public static final int SCHEMA = 1;

    /** What {@link ConfigPath#LOGYARD} itself holds once the tree was filled with them. */
    public static final JsonNode MARK = JsonNodeFactory.instance.objectNode().put("schema", SCHEMA);

    /** An object this far below a file's top is one value and no further level of the tree: the spec of an event. */
    private static final int DEPTH = 3;

    private static final Map<String, String> FILES = Map.of(
            "logyard.yml", "",
            "systail.yml", "systail",
            "apptail.yml", "apptail",
            "cloud_events.yml", "cloud_events");

    private static final ConfigSubtree ALL = load();

    private Defaults() {}

    /** Everything below {@link ConfigPath#LOGYARD}. */
    public static ConfigSubtree all() {
        return ALL;
    }

    /** The part below {@code root}; empty if the package has nothing to say of that place. */
    public static Optional<ConfigSubtree> at(ConfigPath root) {
        if (!root.startsWith(ConfigPath.LOGYARD)) {
            return Optional.empty();
        }
        String path = root.relativeTo(ConfigPath.LOGYARD);
        return Optional.of(path.isEmpty() ? ALL : ALL.below(path));
    }

    private static ConfigSubtree load() {
        var values = new TreeMap<String, JsonNode>();
        FILES.forEach((file, place) -> flatten(read(file), place, 0, values));
        return new ConfigSubtree(values, new TreeMap<>());
    }

    private static JsonNode read(String file) {
        try (InputStream yaml = Defaults.class.getResourceAsStream(file)) {
            return new YAMLMapper().readTree(Objects.requireNonNull(yaml, file));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the packaged " + file, e);
        }
    }

    private static void flatten(JsonNode node, String path, int depth, SortedMap<String, JsonNode> into) {
        if (!node.isObject() || depth == DEPTH) {
            into.put(path, node);
            return;
        }
        node.properties()
                .forEach(entry -> flatten(
                        entry.getValue(),
                        path.isEmpty() ? entry.getKey() : path + "/" + entry.getKey(),
                        depth + 1,
                        into));
    }
}
