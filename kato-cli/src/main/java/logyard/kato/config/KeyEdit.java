package logyard.kato.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import logyard.config.ConfigException;
import logyard.config.ConfigSubtree;
import org.jspecify.annotations.Nullable;

/**
 * What is at one key of some settings, and what the settings become when that changes. A map has one place per value in
 * the tree; an object that is one value there, such as the spec of an event, stays one.
 *
 * @param depth how many names lead to a value, at most
 */
record KeyEdit(ConfigSubtree before, KeyPath key, int depth) {

    /** What is there. */
    Optional<JsonNode> value() {
        JsonNode at = before.toJson();
        for (String name : key.names()) {
            at = at.path(name);
        }
        return at.isMissingNode() ? Optional.empty() : Optional.of(at);
    }

    /** The settings with {@code value} there, and nothing else below. */
    ConfigSubtree with(JsonNode value) {
        SortedMap<String, JsonNode> values = new TreeMap<>(before.values());
        Optional<KeyPath> holder = holder();
        if (holder.isPresent()) {
            String place = holder.get().toString();
            values.put(place, inside(values.get(place), holder.get(), value));
            return new ConfigSubtree(values, before.problems());
        }
        values.keySet().removeIf(key::holds);
        flatten(value, key, values);
        return new ConfigSubtree(values, problemsElsewhere());
    }

    /** The settings without all that is there; empty if there was nothing. */
    Optional<ConfigSubtree> without() {
        boolean isProblem = before.problems().keySet().stream().anyMatch(key::holds);
        if (value().isEmpty() && !isProblem) {
            return Optional.empty();
        }
        SortedMap<String, JsonNode> values = new TreeMap<>(before.values());
        Optional<KeyPath> holder = holder();
        if (holder.isPresent()) {
            String place = holder.get().toString();
            values.put(place, inside(values.get(place), holder.get(), null));
        } else {
            values.keySet().removeIf(key::holds);
        }
        return Optional.of(new ConfigSubtree(values, problemsElsewhere()));
    }

    /** The list that is there, for whom it may be changed; empty if there is nothing. */
    Optional<ArrayNode> list() {
        return value().map(value -> {
            if (!value.isArray()) {
                throw new ConfigException(key + " must be a list for this, got " + value);
            }
            return value.deepCopy();
        });
    }

    private SortedMap<String, String> problemsElsewhere() {
        SortedMap<String, String> problems = new TreeMap<>(before.problems());
        problems.keySet().removeIf(key::holds);
        return problems;
    }

    /** The place above the key whose value is an object that the key is in; empty if the key has places of its own. */
    private Optional<KeyPath> holder() {
        for (int i = 1; i < key.length(); i++) {
            KeyPath above = key.first(i);
            Optional<JsonNode> value = before.value(above.toString());
            if (value.isPresent() && !value.get().isObject()) {
                throw new ConfigException(above + " holds a value, so nothing can be below it, got " + key);
            }
            if (value.isPresent() || i == depth) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }

    /** A copy of an object with one thing in it changed, or left out if there is no value. */
    private JsonNode inside(@Nullable JsonNode object, KeyPath place, @Nullable JsonNode value) {
        ObjectNode copy = object == null ? JsonNodeFactory.instance.objectNode() : object.deepCopy();
        ObjectNode at = copy;
        List<String> names = key.names().subList(place.length(), key.length());
        for (String name : names.subList(0, names.size() - 1)) {
            if (at.has(name) && !at.get(name).isObject()) {
                throw new ConfigException(name + " holds a value, so nothing can be below it, got " + key);
            }
            at = at.withObjectProperty(name);
        }
        String last = names.get(names.size() - 1);
        if (value == null) {
            at.remove(last);
        } else {
            at.set(last, value);
        }
        return copy;
    }

    private void flatten(JsonNode value, KeyPath place, SortedMap<String, JsonNode> into) {
        if (value.isNull()) {
            throw new ConfigException(place + " cannot be null; kato config del removes it");
        }
        if (value.isObject() && place.length() < depth) {
            value.properties().forEach(field -> flatten(field.getValue(), place.child(field.getKey()), into));
        } else if (place.length() == 0) {
            throw new ConfigException("the settings of a component must be an object, got " + value);
        } else {
            into.put(place.toString(), value);
        }
    }
}
