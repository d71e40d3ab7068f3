package logyard.core.sieve.handler;

import com.google.re2j.Matcher;
import java.nio.charset.StandardCharsets;
import logyard.config.ConfigException;
import logyard.core.template.InvalidTemplateException;
import logyard.core.template.Renderer;
import logyard.core.template.Template;
import logyard.core.template.TemplateFailure;
import logyard.core.template.json.JsonException;
import logyard.core.template.json.JsonTree;
import logyard.core.template.text.ByteOutput;
import logyard.core.template.value.MapValue;
import logyard.core.template.value.NilValue;
import logyard.core.template.value.Value;

/**
 * The handler {@code json}: the regex's first group is a JSON object, or {@code null}, and becomes the event's info; the
 * format is a template over it.
 */
public final class JsonHandler implements Handler {
    private final Renderer renderer;
    private final JsonTree tree = new JsonTree();
    private final ByteOutput rendered = new ByteOutput(256);

    private JsonHandler(Renderer renderer) {
        this.renderer = renderer;
    }

    /**
     * The handler for a format.
     *
     * @param groups how many groups the regex has
     * @throws ConfigException if there is none, or the format is no template
     */
    public static JsonHandler of(String name, String format, int groups) {
        if (groups == 0) {
            throw new ConfigException("handlertype json needs a regex with a group in parentheses: the JSON");
        }
        try {
            return new JsonHandler(Template.parse(name, format).renderer());
        } catch (InvalidTemplateException e) {
            throw new ConfigException("format is no template: " + e.getMessage());
        }
    }

    @Override
    public Description describe(Matcher found) throws HandlerException {
        String group = found.group(1);
        if (group == null) {
            throw new HandlerException("the regex's first group, which is to be JSON, took no part");
        }
        byte[] json = group.getBytes(StandardCharsets.UTF_8);
        try {
            Value info = tree.read(json, 0, json.length);
            if (!(info instanceof MapValue) && info != NilValue.NULL) {
                throw new HandlerException("info must be a JSON object, got a value of type " + info.typeName());
            }
            rendered.truncate(0);
            renderer.render(json, 0, json.length, rendered);
            if (rendered.length() > MAX_DESCRIPTION_BYTES) {
                throw new HandlerException("the description is longer than " + MAX_DESCRIPTION_BYTES + " bytes");
            }
            return new Description(rendered.toString(), InfoJson.of(info));
        } catch (JsonException | TemplateFailure e) {
            throw new HandlerException(String.valueOf(e.getMessage()));
        }
    }
}
