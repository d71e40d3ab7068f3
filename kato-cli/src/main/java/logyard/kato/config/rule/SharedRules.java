package logyard.kato.config.rule;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import logyard.config.ConfigSubtree;
import logyard.config.Problems;
import logyard.kato.secret.Secrets;

/**
 * Settings that others than Logyard own, too: any name may be used, but a value keeps its type, and what Logyard reads must
 * be of use to it.
 *
 * @param texts what is wrong with the values Logyard reads unless they match, by key
 */
public record SharedRules(Map<String, Text> texts) implements Rules {
    /** What a text must match, and how to tell that to people. */
    public record Text(String pattern, String meaning) {}

    /** Those of {@code cluster}. */
    public static SharedRules cluster() {
        Text host = new Text("[A-Za-z0-9.:_-]+", "an address or host name, such as 10.0.0.1");
        return new SharedRules(Map.of("mbusip", host, "endpoint", host));
    }

    /** Those of {@code cloud_controller}. */
    public static SharedRules cloudController() {
        return new SharedRules(Map.of(
                "mbus", new Text("nats://[^/\\s]+/?", "a URI such as nats://10.0.0.1:4222/"),
                "info/name", new Text(".+", "text")));
    }

    @Override
    public boolean isStrict() {
        return false;
    }

    @Override
    public void check(ConfigSubtree before, ConfigSubtree after, boolean force) {
        var problems = new Problems();
        after.values().forEach((key, value) -> {
            JsonNode old = before.value(key).orElse(value);
            if (!value.equals(before.values().get(key))) {
                checkText(key, value, problems);
                problems.require(
                        force || old.getNodeType() == value.getNodeType(),
                        key + " is of another type, " + name(old) + " " + shown(key, old) + ", got " + name(value) + " "
                                + shown(key, value) + "; --force sets it all the same");
            }
        });
        before.values().keySet().stream()
                .filter(texts::containsKey)
                .forEach(key -> problems.require(
                        force || after.values().containsKey(key),
                        key + " is needed by all nodes and has no default; --force deletes it all the same"));
        if (!force) {
            requireSameShape(before, after, problems);
            requireSameShape(after, before, problems);
        }
        problems.throwIfAny();
    }

    private void checkText(String key, JsonNode value, Problems problems) {
        Text text = texts.get(key);
        if (text != null) {
            problems.require(
                    value.isTextual() && value.textValue().matches(text.pattern()),
                    key + " must be " + text.meaning() + ", got " + shown(key, value));
        }
    }

    /** A value must not become a map, nor a map a value. */
    private static void requireSameShape(ConfigSubtree one, ConfigSubtree other, Problems problems) {
        one.values().keySet().forEach(key -> {
            boolean isAboveOthers = !key.isEmpty()
                    && other.below(key).values().keySet().stream().anyMatch(below -> !below.isEmpty());
            problems.require(
                    !isAboveOthers, key + " is a value on one side and a map on the other; --force changes that");
        });
    }

    private static JsonNode shown(String key, JsonNode value) {
        return Secrets.masked(List.of(key.split("/")), value);
    }

    private static String name(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> "text";
            case ARRAY -> "a list";
            case BOOLEAN -> "a boolean";
            case NUMBER -> "a number";
            default -> "an object";
        };
    }
}
