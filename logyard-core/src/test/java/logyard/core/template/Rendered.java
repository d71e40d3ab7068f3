package logyard.core.template;

import java.nio.charset.StandardCharsets;
import logyard.core.template.text.ByteOutput;

/** What a template makes of a record, as text. */
final class Rendered {
    private Rendered() {}

    static String of(String template, String record, TemplateOption... options) {
        return of(Template.parse("t", template, options).renderer(), record);
    }

    static String of(Renderer renderer, String record) {
        ByteOutput out = new ByteOutput(16);
        byte[] json = record.getBytes(StandardCharsets.UTF_8);
        renderer.render(json, 0, json.length, out);
        return out.toString();
    }
}
