package logyard.core.template.node;

import java.util.List;
import logyard.core.template.value.MapValue;
import logyard.core.template.value.NilValue;
import logyard.core.template.value.StringValue;
import logyard.core.template.value.Value;

/** {@code .a.b}, {@code $x.a} or {@code (pipeline).a}: fields of what {@code base} is. */
public record FieldAccess(Expression base, List<Field> fields, Place place) implements Expression {
    public FieldAccess {
        fields = List.copyOf(fields);
    }

    /**
     * A name behind a point.
     *
     * @param successor the key to look for if the record itself does not have {@code key}; mostly the same
     */
    public record Field(String name, StringValue key, StringValue successor) {}

    @Override
    public Value evaluate(Execution run, Value dot) {
        Value value = base.evaluate(run, dot);
        for (Field field : fields) {
            value = get(run, value, field);
        }
        return value;
    }

    private Value get(Execution run, Value of, Field field) {
        if (of instanceof MapValue map) {
            Value value = map.get(field.key);
            boolean renamed = value == NilValue.MISSING && map == run.record();
            return renamed ? map.get(field.successor) : value;
        } else if (of == NilValue.MISSING) {
            return of;
        } else if (of == NilValue.NULL) {
            throw fieldOfNull(place, field.name);
        }
        throw noField(place, field.name, of.typeName());
    }

    /** What to say of a field of {@code null}. */
    public static ActionException fieldOfNull(Place place, String field) {
        return place.failure("nil pointer evaluating interface {}." + field);
    }

    /** What to say of a field of what has none. */
    public static ActionException noField(Place place, String field, String typeName) {
        return place.failure("can't evaluate field " + field + " in type " + typeName);
    }
}
