package logyard.core.template.node;

import logyard.core.template.value.Value;

/** A part of an action that has a value. */
public interface Expression {
    /** The value, with {@code dot} as what {@code .} stands for. */
    Value evaluate(Execution run, Value dot);
}
