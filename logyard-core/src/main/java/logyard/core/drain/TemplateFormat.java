package logyard.core.drain;

import logyard.core.event.ByteBuilder;
import logyard.core.event.Message;
import logyard.core.template.InvalidTemplateException;
import logyard.core.template.Renderer;
import logyard.core.template.Template;
import logyard.core.template.TemplateFailure;
import logyard.core.template.TemplateOption;
import logyard.core.template.text.ByteOutput;

/** What a template makes of the event's JSON, as one line. One thread at a time: it keeps scratch memory. */
final class TemplateFormat implements MessageFormat {
    private static final int USUAL_BYTES = 512;

    private final Renderer renderer;
    private final ByteOutput rendered = new ByteOutput(USUAL_BYTES);

    private TemplateFormat(Renderer renderer) {
        this.renderer = renderer;
    }

    /**
     * Parses a template.
     *
     * @param name what error messages call it
     * @throws InvalidDrainException if it is none; the message names line and column
     */
    static TemplateFormat parse(String name, String text) {
        try {
            return new TemplateFormat(
                    Template.parse(name, text, TemplateOption.OLD_FIELD_NAMES, TemplateOption.ONE_LINE)
                            .renderer());
        } catch (InvalidTemplateException e) {
            throw new InvalidDrainException("format is no template: " + e.getMessage());
        }
    }

    @Override
    public void append(Message message, long sequence, ByteBuilder out) throws UnformattableException {
        rendered.truncate(0);
        try {
            renderer.render(message.bytes(), message.valueStart(), message.valueLength(), rendered);
        } catch (TemplateFailure e) {
            throw new UnformattableException(String.valueOf(e.getMessage()));
        }
        out.append(rendered.array(), 0, rendered.length()).append('\n');
    }
}
