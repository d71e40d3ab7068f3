package logyard.core.template.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logyard.core.template.function.Function;
import logyard.core.template.function.FunctionException;
import logyard.core.template.value.StringValue;
import logyard.core.template.value.Value;
import org.jspecify.annotations.Nullable;

/** {@code name argument…}, with the value of the stage before it, if there is one, as last argument. */
public record FunctionCall(Function function, List<Expression> arguments, Place place) implements Expression, Command {
    /** So many bytes of text cost as much as one statement. */
    private static final int BYTES_PER_STEP = 64;

    public FunctionCall {
        arguments = List.copyOf(arguments);
    }

    @Override
    public Value evaluate(Execution run, Value dot) {
        return evaluate(run, dot, null);
    }

    @Override
    public Value evaluate(Execution run, Value dot, @Nullable Value last) {
        int count = arguments.size() + (last == null ? 0 : 1);
        Optional<String> complaint = function.complaintAbout(count);
        if (complaint.isPresent()) {
            throw place.failure(complaint.get());
        }
        List<Value> values = new ArrayList<>(count);
        for (Expression argument : arguments) {
            values.add(argument.evaluate(run, dot));
        }
        if (last != null) {
            values.add(last);
        }
        values.forEach(value -> charge(run, value));
        try {
            Value result = function.call(values);
            charge(run, result);
            return result;
        } catch (FunctionException e) {
            throw place.failure("error calling " + function.name() + ": " + e.getMessage());
        }
    }

    private static void charge(Execution run, Value value) {
        run.spend(value instanceof StringValue text ? 1 + text.length() / BYTES_PER_STEP : 1);
    }
}
