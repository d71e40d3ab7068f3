package logyard.kato.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import logyard.kato.output.DocumentFormat;
import org.jspecify.annotations.Nullable;

/** A value as it is given to a command, and what it may mean. */
final class GivenValue {
    private GivenValue() {}

    /**
     * What a value means, the likeliest first: in a form that was asked for, or else JSON if it is that, or else text. A
     * template or a name may look like JSON and yet be text, so that is the second meaning then.
     *
     * @param value as typed; null to read it from {@code in}
     * @throws IllegalArgumentException if it is not of the form
     */
    static List<JsonNode> meanings(@Nullable String value, InputStream in, Optional<DocumentFormat> form) {
        String text = value == null ? read(in) : value;
        if (form.isPresent()) {
            return List.of(parse(text, form.get()));
        }
        try {
            JsonNode json = parse(text, DocumentFormat.JSON);
            return json.isTextual() ? List.of(json) : List.of(json, TextNode.valueOf(text));
        } catch (IllegalArgumentException e) {
            return List.of(TextNode.valueOf(text));
        }
    }

    /** A line end at the end is not part of it. */
    private static String read(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceFirst("\r?\n$", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String text, DocumentFormat form) {
        try {
            JsonNode value = mapper(form).readTree(text);
            if (value == null || value.isMissingNode()) {
                throw new IllegalArgumentException("the value must be " + form + ", got nothing");
            }
            return value;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("the value must be " + form + ", got " + shortened(text) + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse(""));
        }
    }

    private static ObjectMapper mapper(DocumentFormat form) {
        ObjectMapper mapper = switch (form) {
            case JSON -> new JsonMapper();
            case YAML -> new YAMLMapper();
        };
        return mapper.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    private static String shortened(String text) {
        return "\"" + (text.length() <= 100 ? text : text.substring(0, 100) + "…") + "\"";
    }
}
