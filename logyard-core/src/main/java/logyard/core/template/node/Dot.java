package logyard.core.template.node;

import logyard.core.template.value.Value;

/** {@code .}: the record, or what {@code with} and {@code range} have put in its place. */
public record Dot() implements Expression {
    @Override
    public Value evaluate(Execution run, Value dot) {
        return dot;
    }
}
