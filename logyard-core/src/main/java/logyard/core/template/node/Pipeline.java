package logyard.core.template.node;

import java.util.List;
import logyard.core.template.value.NilValue;
import logyard.core.template.value.Value;
import org.jspecify.annotations.Nullable;

/**
 * {@code $x := command | command}.
 *
 * @param variables the variables it declares or sets; two only for {@code range}
 * @param assigns whether it sets variables that exist already, by {@code =}
 */
public record Pipeline(List<Command> commands, List<String> variables, boolean assigns, Place place)
        implements Expression {
    public Pipeline {
        commands = List.copyOf(commands);
        variables = List.copyOf(variables);
    }

    @Override
    public Value evaluate(Execution run, Value dot) {
        Value value = value(run, dot);
        for (String variable : variables) {
            if (assigns) {
                assign(run, variable, value);
            } else {
                run.variables().declare(variable, value);
            }
        }
        return value;
    }

    /** Sets a variable that has been declared before. */
    void assign(Execution run, String variable, Value value) {
        if (!run.variables().assign(variable, value)) {
            throw place.failure("undefined variable: " + variable);
        }
    }

    private Value value(Execution run, Value dot) {
        @Nullable Value last = null;
        for (Command command : commands) {
            last = command.evaluate(run, dot, last);
            if (last == NilValue.NULL) {
                // as Go: a pipeline looks into the interface, and there is nothing, so fields of it are missing as well
                last = NilValue.MISSING;
            }
        }
        return last == null ? NilValue.MISSING : last;
    }
}
