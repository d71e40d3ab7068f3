package logyard.core.template.node;

import java.util.List;
import java.util.Map;
import logyard.core.template.value.IntValue;
import logyard.core.template.value.ListValue;
import logyard.core.template.value.MapValue;
import logyard.core.template.value.NilValue;
import logyard.core.template.value.StringValue;
import logyard.core.template.value.Value;

/** {@code {{range}}}: the body once for every item of a list or, in the order of the keys, of a map. */
public record RangeStatement(Pipeline over, Place place, Block body, Block otherwise) implements Statement {
    @Override
    public Flow execute(Execution run, Value dot) {
        int mark = run.variables().mark();
        Value items = over.evaluate(run, dot);
        Flow flow = items.isTrue() ? iterate(run, items) : whenEmpty(run, items, dot);
        run.variables().forgetSince(mark);
        return flow;
    }

    private Flow whenEmpty(Execution run, Value items, Value dot) {
        if (items instanceof ListValue || items instanceof MapValue || items instanceof NilValue) {
            return otherwise.execute(run, dot);
        }
        throw cannotIterate(items);
    }

    private Flow iterate(Execution run, Value items) {
        if (items instanceof ListValue list) {
            iterate(run, list.items());
        } else if (items instanceof MapValue map) {
            iterate(run, map);
        } else {
            throw cannotIterate(items);
        }
        return Flow.NEXT;
    }

    private void iterate(Execution run, List<Value> items) {
        Flow flow = Flow.NEXT;
        for (int i = 0; i < items.size() && flow != Flow.BREAK; i++) {
            flow = iterate(run, new IntValue(i), items.get(i));
        }
    }

    private void iterate(Execution run, MapValue map) {
        for (Map.Entry<StringValue, Value> entry : map.entries().entrySet()) {
            if (iterate(run, entry.getKey(), entry.getValue()) == Flow.BREAK) {
                return;
            }
        }
    }

    private Flow iterate(Execution run, Value index, Value item) {
        run.spend(1);
        int mark = run.variables().mark();
        List<String> names = over.variables();
        if (!names.isEmpty()) {
            set(run, 0, names.size() > 1 ? index : item);
        }
        if (names.size() > 1) {
            set(run, 1, item);
        }
        Flow flow = body.execute(run, item);
        run.variables().forgetSince(mark);
        return flow;
    }

    private void set(Execution run, int variable, Value value) {
        if (over.assigns()) {
            over.assign(run, over.variables().get(variable), value);
        } else {
            run.variables().replaceNewest(over.variables().size() - variable, value);
        }
    }

    /** Go shows the value, but what a record says must not get into our own log. */
    private ActionException cannotIterate(Value items) {
        return place.failure("range can't iterate over type " + items.typeName());
    }
}
