package logyard.core.template.node;

import logyard.core.template.value.Value;

/** {@code $name}, or {@code $}, which is the record. */
public record Variable(String name, Place place) implements Expression {
    @Override
    public Value evaluate(Execution run, Value dot) {
        return run.variables().get(name).orElseThrow(() -> place.failure("undefined variable: " + name));
    }
}
