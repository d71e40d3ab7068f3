package logyard.kato.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import logyard.core.drain.DrainUri;

/** Hides passwords and tokens in settings, in URIs as {@code kato log drain list} does. */
public final class Secrets {
    private static final TextNode MASK = TextNode.valueOf("***");

    private Secrets() {}

    /** A value without the secrets in it; {@code name} is the last one that leads there. */
    public static JsonNode masked(String name, JsonNode value) {
        if (value.isValueNode() && DrainUri.isSecret(name)) {
            return MASK;
        }
        if (value.isTextual()) {
            return TextNode.valueOf(DrainUri.mask(value.textValue()));
        }
        if (value.isArray()) {
            ArrayNode elements = JsonNodeFactory.instance.arrayNode();
            value.forEach(element -> elements.add(masked(name, element)));
            return elements;
        }
        if (value.isObject()) {
            ObjectNode fields = JsonNodeFactory.instance.objectNode();
            value.properties().forEach(field -> fields.set(field.getKey(), masked(field.getKey(), field.getValue())));
            return fields;
        }
        return value;
    }
}
