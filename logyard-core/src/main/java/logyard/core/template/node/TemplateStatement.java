package logyard.core.template.node;

import logyard.core.template.value.Value;

/**
 * {@code {{template "name" pipeline}}}: the template of that name, with variables of its own and the pipeline's value as
 * dot.
 */
public record TemplateStatement(String name, Expression argument, Place place) implements Statement {
    @Override
    public Flow execute(Execution run, Value dot) {
        Value newDot = argument.evaluate(run, dot);
        Block template = run.template(name).orElseThrow(() -> place.failure("template \"" + name + "\" not defined"));
        run.call(template, newDot);
        return Flow.NEXT;
    }
}
