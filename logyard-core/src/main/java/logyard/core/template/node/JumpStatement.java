package logyard.core.template.node;

import logyard.core.template.value.Value;

/** {@code {{break}}} or {@code {{continue}}}. */
public record JumpStatement(Flow flow) implements Statement {
    @Override
    public Flow execute(Execution run, Value dot) {
        return flow;
    }
}
