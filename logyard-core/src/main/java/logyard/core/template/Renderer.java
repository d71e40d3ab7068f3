package logyard.core.template;

import java.util.List;
import logyard.core.template.function.Functions;
import logyard.core.template.json.JsonException;
import logyard.core.template.node.ActionException;
import logyard.core.template.node.BoundsException;
import logyard.core.template.text.ByteOutput;
import logyard.core.template.text.OutputLimitException;
import logyard.core.template.value.ListValue;

/**
 * Renders records by a template. One renderer, one thread: it keeps scratch memory from record to record.
 *
 * <p>A record that fails leaves nothing in the output. So does one whose output would pass 1 MiB, or for which the
 * template would work for ever.
 */
public final class Renderer {
    private final Template template;
    private final Way way;

    /** How a record becomes output. */
    @FunctionalInterface
    interface Way {
        void render(byte[] json, int offset, int length, ByteOutput out);
    }

    Renderer(Template template, Way way) {
        this.template = template;
        this.way = way;
    }

    /**
     * Appends what the template makes of a record.
     *
     * @param json holds one JSON object from {@code offset} on
     * @throws TemplateFailure if this record cannot be rendered; the output is then as it was
     */
    public void render(byte[] json, int offset, int length, ByteOutput out) {
        renderWithin(out, () -> way.render(json, offset, length, out));
    }

    /**
     * Appends what the template makes of a list of strings, which it reads by {@code {{index . 1}}}: the groups of a
     * matched regular expression.
     *
     * @throws TemplateFailure if it cannot be rendered; the output is then as it was
     */
    public void render(List<String> strings, ByteOutput out) {
        renderWithin(out, () -> template.execute(ListValue.ofStrings(strings), out));
    }

    private void renderWithin(ByteOutput out, Runnable rendering) {
        int mark = out.length();
        out.allowMore(Functions.MAX_TEXT_BYTES);
        try {
            rendering.run();
        } catch (ActionException e) {
            out.truncate(mark);
            throw new TemplateFailure("template: " + template.describe(e.place()) + ": " + e.getMessage());
        } catch (JsonException | BoundsException | OutputLimitException e) {
            out.truncate(mark);
            throw new TemplateFailure("template: " + template.name() + ": " + e.getMessage());
        } finally {
            out.allowAny();
        }
    }
}
