package logyard.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns settings into a record: the key {@code max_record_size} becomes the component {@code maxRecordSize}.
 *
 * <p>A component is a number, a boolean, a text, an enum constant by its name, a {@link java.time.Duration} in Go's
 * syntax, a {@link JsonNode}, another record, or a {@link List} or a {@link Map} by name of these. A list or map that is
 * missing is empty; a component marked {@link Nullable} may be missing; any other must be there. The record's own
 * constructor may refuse values with a {@link ConfigException} (see {@link Problems}).
 */
public final class ConfigBinder {
    private static final SnakeCaseStrategy SNAKE_CASE = new PropertyNamingStrategies.SnakeCaseStrategy();

    private final Problems problems = new Problems();

    private ConfigBinder() {}

    /**
     * The settings in {@code subtree} as a record.
     *
     * @throws ConfigException naming every unknown key, every missing one and every wrong value
     */
    public static <T extends Record> T bind(ConfigSubtree subtree, Class<T> type) {
        var binder = new ConfigBinder();
        subtree.problems().forEach((path, reason) -> binder.problems.add(path + " " + reason));
        return binder.bindAll(subtree.toJson(), type, "");
    }

    /**
     * The settings as a record.
     *
     * @throws ConfigException naming every unknown key, every missing one and every wrong value
     */
    public static <T extends Record> T bind(JsonNode settings, Class<T> type) {
        return bind(settings, type, "");
    }

    /**
     * The settings as a record.
     *
     * @param path where they are, for messages
     * @throws ConfigException naming every unknown key, every missing one and every wrong value
     */
    public static <T extends Record> T bind(JsonNode settings, Class<T> type, String path) {
        return new ConfigBinder().bindAll(settings, type, path);
    }

    /** The components of a record by their keys, in the order they are declared. */
    static Map<String, RecordComponent> components(Class<?> type) {
        var components = new LinkedHashMap<String, RecordComponent>();
        for (RecordComponent component : type.getRecordComponents()) {
            components.put(SNAKE_CASE.translate(component.getName()), component);
        }
        return components;
    }

    /** Whether a record can do without this component. */
    static boolean isOptional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private <T extends Record> T bindAll(JsonNode settings, Class<T> type, String path) {
        Object bound = record(settings, type, path);
        problems.throwIfAny();
        return type.cast(Objects.requireNonNull(bound));
    }

    /** The value as a {@code type}; null if there are problems with it. */
    private @Nullable Object value(JsonNode node, Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class ? map(node, arguments[1], path) : list(node, arguments[0], path);
        }
        Class<?> plain = (Class<?>) type;
        return plain.isRecord() ? record(node, plain, path) : ConfigScalars.read(node, plain, path, problems);
    }

    private @Nullable Object record(JsonNode node, Class<?> type, String path) {
        if (!node.isObject()) {
            problems.add(named(path) + " must be an object of "
                    + components(type).keySet() + ", got " + ConfigScalars.shortened(node));
            return null;
        }
        int before = problems.count();
        Map<String, RecordComponent> components = components(type);
        node.fieldNames()
                .forEachRemaining(key -> problems.require(
                        components.containsKey(key),
                        "unknown key " + below(path, key) + " (known: " + String.join(", ", components.keySet())
                                + ")"));
        List<@Nullable Object> values = new ArrayList<>();
        components.forEach((key, component) -> values.add(component(node.get(key), component, below(path, key))));
        return problems.count() == before ? construct(type, values, path) : null;
    }

    private @Nullable Object component(@Nullable JsonNode node, RecordComponent component, String path) {
        if (node != null && !node.isNull()) {
            return value(node, component.getGenericType(), path);
        }
        if (component.getType() == Map.class) {
            return Map.of();
        }
        if (component.getType() == List.class) {
            return List.of();
        }
        problems.require(isOptional(component), path + " is missing");
        return null;
    }

    private Map<String, Object> map(JsonNode node, Type type, String path) {
        problems.require(node.isObject(), path + " must be an object, got " + node);
        var map = new LinkedHashMap<String, Object>();
        node.properties().forEach(entry -> {
            Object value = value(entry.getValue(), type, below(path, entry.getKey()));
            if (value != null) {
                map.put(entry.getKey(), value);
            }
        });
        return map;
    }

    private List<Object> list(JsonNode node, Type type, String path) {
        problems.require(node.isArray(), path + " must be a list, got " + node);
        var list = new ArrayList<Object>();
        for (JsonNode element : node) {
            Object value = value(element, type, path + "[" + list.size() + "]");
            if (value != null) {
                list.add(value);
            }
        }
        return list;
    }

    private @Nullable Object construct(Class<?> type, List<@Nullable Object> values, String path) {
        try {
            Constructor<?> constructor = type.getDeclaredConstructor(Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new));
            constructor.setAccessible(true); // settings are often records private to their package
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof ConfigException refusal) {
                refusal.problems().forEach(problem -> problems.add(path.isEmpty() ? problem : path + ": " + problem));
                return null;
            }
            throw new IllegalStateException("Cannot make a " + type.getName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("Cannot make a " + type.getName(), e);
        }
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "/" + key;
    }

    private static String named(String path) {
        return path.isEmpty() ? "the settings" : path;
    }
}
