package logyard.kato.log.line;

import java.nio.charset.StandardCharsets;
import logyard.core.template.Renderer;
import logyard.core.template.Template;
import logyard.core.template.TemplateFailure;
import logyard.core.template.text.ByteOutput;

/** Makes lines by the template of an operator. Any thread, one at a time. */
final class TemplateLines {
    private static final int USUAL_BYTES = 512;

    private final Renderer renderer;
    private final ByteOutput rendered = new ByteOutput(USUAL_BYTES);

    TemplateLines(Template template) {
        this.renderer = template.renderer();
    }

    /** What the template makes of an event's JSON. */
    synchronized String render(String key, String value) throws UnreadableEventException {
        byte[] json = value.getBytes(StandardCharsets.UTF_8);
        rendered.truncate(0);
        try {
            renderer.render(json, 0, json.length, rendered);
        } catch (TemplateFailure e) {
            throw new UnreadableEventException(
                    "an event of " + key + " of which --template makes no line: " + e.getMessage());
        }
        return new String(rendered.array(), 0, rendered.length(), StandardCharsets.UTF_8);
    }
}
