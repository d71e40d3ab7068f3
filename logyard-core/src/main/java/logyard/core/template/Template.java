package logyard.core.template;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import logyard.core.template.field.FieldPlan;
import logyard.core.template.field.FieldRendering;
import logyard.core.template.node.Block;
import logyard.core.template.node.Execution;
import logyard.core.template.node.Place;
import logyard.core.template.parse.Parser;
import logyard.core.template.parse.SyntaxException;
import logyard.core.template.text.ByteOutput;
import logyard.core.template.value.Value;

/**
 * A template in the language of Go's text/template, such as {@code {{.name}}@{{.node_id}}: {{.text}}}. Immutable, free for
 * all threads; each thread renders with a {@link #renderer} of its own.
 */
public final class Template {
    /** Of the action an error is in. */
    private static final int MOST_SHOWN = 100;

    private final String name;
    private final String text;
    private final Map<String, Block> templates;
    private final Block root;
    private final boolean oneLine;

    private Template(String name, String text, Map<String, Block> templates, boolean oneLine) {
        this.name = name;
        this.text = text;
        this.templates = templates;
        this.root = templates.getOrDefault(name, Block.EMPTY);
        this.oneLine = oneLine;
    }

    /**
     * Parses a template.
     *
     * @param name what error messages call it
     * @throws InvalidTemplateException if the text is no template
     */
    public static Template parse(String name, String text, TemplateOption... options) {
        List<TemplateOption> chosen = List.of(options);
        UnaryOperator<String> currentNames =
                chosen.contains(TemplateOption.OLD_FIELD_NAMES) ? OldFieldNames::current : UnaryOperator.identity();
        try {
            Map<String, Block> templates = Parser.parse(name, text, currentNames);
            return new Template(name, text, templates, chosen.contains(TemplateOption.ONE_LINE));
        } catch (SyntaxException e) {
            throw new InvalidTemplateException(
                    "template: " + name + ":" + position(text, e.offset()) + ": " + e.getMessage());
        }
    }

    /** A renderer of this template, for one thread. */
    public Renderer renderer() {
        return FieldPlan.of(root)
                .map(plan -> new Renderer(this, new FieldRendering(plan, oneLine)::render))
                .orElseGet(this::treeRenderer);
    }

    /** A renderer that takes the long way even if the template only names fields. */
    Renderer treeRenderer() {
        return new Renderer(this, new TreeRendering(this));
    }

    /** The template's text. */
    @Override
    public String toString() {
        return text;
    }

    /** Executes the nodes. */
    void execute(Value data, ByteOutput out) {
        root.execute(new Execution(templates, data, oneLine, out), data);
    }

    String name() {
        return name;
    }

    /** Such as {@code t:1:9: executing "t" at <.syslog.time.year>}, as Go says it. */
    String describe(Place place) {
        String source = text.substring(place.start(), place.end());
        String shown = source.length() > MOST_SHOWN ? source.substring(0, MOST_SHOWN) + "…" : source;
        return name + ":" + position(text, place.offset()) + ": executing \"" + name + "\" at <" + shown + ">";
    }

    /** Line and column as Go counts them: lines from 1, columns in chars from 0. */
    private static String position(String text, int offset) {
        long line = 1 + text.substring(0, offset).chars().filter(c -> c == '\n').count();
        int lineStart = text.lastIndexOf('\n', offset - 1) + 1;
        return line + ":" + (offset - lineStart);
    }
}
