package logyard.core.template.node;

import logyard.core.template.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * A command that is no function call: a value that takes no arguments.
 *
 * @param hasArguments whether the template gives it some nevertheless, which fails when it is executed, as in Go
 */
public record PlainCommand(Expression operand, boolean hasArguments, Place place) implements Command {
    @Override
    public Value evaluate(Execution run, Value dot, @Nullable Value last) {
        if (hasArguments || last != null) {
            throw place.failure("can't give argument to non-function");
        }
        return operand.evaluate(run, dot);
    }
}
