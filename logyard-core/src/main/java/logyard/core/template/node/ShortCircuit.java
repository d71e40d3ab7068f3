package logyard.core.template.node;

import java.util.List;
import java.util.Optional;
import logyard.core.template.function.Function;
import logyard.core.template.value.NilValue;
import logyard.core.template.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * {@code and} and {@code or}: the first argument that decides, or else the last one. What follows it is not evaluated.
 *
 * @param decidingTruth the truth of an argument that ends the search: true for {@code or}
 */
public record ShortCircuit(String name, boolean decidingTruth, List<Expression> arguments, Place place)
        implements Expression, Command {
    public ShortCircuit {
        arguments = List.copyOf(arguments);
    }

    @Override
    public Value evaluate(Execution run, Value dot) {
        return evaluate(run, dot, null);
    }

    @Override
    public Value evaluate(Execution run, Value dot, @Nullable Value last) {
        int count = arguments.size() + (last == null ? 0 : 1);
        Optional<String> complaint = Function.complaintAbout(name, 1, Integer.MAX_VALUE, count);
        if (complaint.isPresent()) {
            throw place.failure(complaint.get());
        }
        Value value = NilValue.MISSING;
        for (Expression argument : arguments) {
            value = argument.evaluate(run, dot);
            if (value.isTrue() == decidingTruth) {
                return value;
            }
        }
        return last == null ? value : last;
    }
}
