package logyard.core.template.node;

import logyard.core.template.value.Value;
import org.jspecify.annotations.Nullable;

/** What Go's parser accepts although it can only fail, such as {@code {{nil}}}. */
public record Failing(Place place, String message) implements Expression, Command {
    @Override
    public Value evaluate(Execution run, Value dot) {
        throw place.failure(message);
    }

    @Override
    public Value evaluate(Execution run, Value dot, @Nullable Value last) {
        return evaluate(run, dot);
    }
}
