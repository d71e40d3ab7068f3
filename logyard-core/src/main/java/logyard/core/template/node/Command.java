package logyard.core.template.node;

import logyard.core.template.value.Value;
import org.jspecify.annotations.Nullable;

/** One stage of a pipeline. */
public interface Command {
    /** The stage's value, given that of the stage before it, if there is one. */
    Value evaluate(Execution run, Value dot, @Nullable Value last);
}
