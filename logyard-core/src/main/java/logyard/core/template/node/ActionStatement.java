package logyard.core.template.node;

import logyard.core.template.value.Value;

/** {@code {{pipeline}}}: prints a value, unless it declares or sets a variable. */
public record ActionStatement(Pipeline pipeline) implements Statement {
    @Override
    public Flow execute(Execution run, Value dot) {
        Value value = pipeline.evaluate(run, dot);
        if (pipeline.variables().isEmpty()) {
            run.print(value);
        }
        return Flow.NEXT;
    }
}
