package logyard.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How single JSON values become Java values: strictly, so that {@code "4096"} is no number and {@code 1.0} no integer. */
final class ConfigScalars {
    private static final Map<Class<?>, Scalar> BY_TYPE = Map.of(
            int.class, new Scalar("a whole number", ConfigScalars::toInt),
            long.class, new Scalar("a whole number", ConfigScalars::toLong),
            double.class, new Scalar("a number", node -> only(node, JsonNode::isNumber, JsonNode::doubleValue)),
            boolean.class, new Scalar("true or false", node -> only(node, JsonNode::isBoolean, JsonNode::booleanValue)),
            String.class, new Scalar("text", node -> only(node, JsonNode::isTextual, JsonNode::textValue)),
            Duration.class, new Scalar("a duration such as \"25m\"", ConfigScalars::toDuration),
            JsonNode.class, new Scalar("any value", Optional::of));

    private static final Map<Class<?>, Class<?>> PRIMITIVES = Map.of(
            Integer.class, int.class, Long.class, long.class, Double.class, double.class, Boolean.class, boolean.class);

    /** One kind of value: its name for people, and how to read it; empty if a value is not of this kind. */
    private record Scalar(String name, Function<JsonNode, Optional<Object>> read) {}

    private ConfigScalars() {}

    /** The value of {@code node} as a {@code type}; null, with the problem noted, if it is none. */
    static @Nullable Object read(JsonNode node, Class<?> type, String path, Problems problems) {
        Scalar scalar = type.isEnum() ? choice(type) : BY_TYPE.get(PRIMITIVES.getOrDefault(type, type));
        if (scalar == null) {
            throw new IllegalArgumentException("Settings cannot hold a " + type.getName() + ": " + path);
        }
        Optional<Object> value = scalar.read.apply(node);
        if (value.isEmpty()) {
            problems.add(path + " must be " + scalar.name + ", got " + shortened(node));
        }
        return value.orElse(null);
    }

    private static Optional<Object> only(
            JsonNode node, Predicate<JsonNode> isOfKind, Function<JsonNode, ? extends Object> read) {
        return Optional.of(node).filter(isOfKind).map(read);
    }

    private static Optional<Object> toInt(JsonNode node) {
        return only(node, n -> n.isIntegralNumber() && n.canConvertToInt(), JsonNode::intValue);
    }

    private static Optional<Object> toLong(JsonNode node) {
        return only(node, n -> n.isIntegralNumber() && n.canConvertToLong(), JsonNode::longValue);
    }

    private static Optional<Object> toDuration(JsonNode node) {
        try {
            return only(node, JsonNode::isTextual, n -> GoDuration.parse(n.textValue()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Scalar choice(Class<?> type) {
        List<Enum<?>> constants = Arrays.stream(type.getEnumConstants())
                .<Enum<?>>map(c -> (Enum<?>) c)
                .toList();
        String names = String.join(", ", constants.stream().map(Enum::name).toList());
        return new Scalar(
                "one of " + names,
                node -> constants.stream()
                        .filter(constant -> node.isTextual() && constant.name().equals(node.textValue()))
                        .findFirst()
                        .map(constant -> constant));
    }

    /** A value as it is shown to people. */
    static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }
}
