package logyard.core.template.node;

import logyard.core.template.value.Value;

/**
 * {@code {{if}}} and {@code {{with}}}.
 *
 * @param movesDot whether the condition's value becomes dot in {@code then}: true for {@code with}
 */
public record ChoiceStatement(Pipeline condition, boolean movesDot, Block then, Block otherwise) implements Statement {
    @Override
    public Flow execute(Execution run, Value dot) {
        int mark = run.variables().mark();
        Value value = condition.evaluate(run, dot);
        Flow flow = value.isTrue() ? then.execute(run, movesDot ? value : dot) : otherwise.execute(run, dot);
        run.variables().forgetSince(mark);
        return flow;
    }
}
