package logyard.core.template.node;

import logyard.core.template.value.Value;

/** A value written in the template; also {@code nil} as an argument. */
public record Literal(Value value) implements Expression {
    @Override
    public Value evaluate(Execution run, Value dot) {
        return value;
    }
}
