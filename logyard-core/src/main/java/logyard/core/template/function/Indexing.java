package logyard.core.template.function;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import logyard.core.template.value.IntValue;
import logyard.core.template.value.JsonInteger;
import logyard.core.template.value.ListValue;
import logyard.core.template.value.MapValue;
import logyard.core.template.value.NilValue;
import logyard.core.template.value.StringValue;
import logyard.core.template.value.Value;

/** {@code index}, {@code slice} and {@code len}. */
final class Indexing {
    private static final int MOST_SLICE_INDEXES = 3;

    private Indexing() {}

    static Value length(Value value) {
        if (value instanceof StringValue string) {
            return new IntValue(string.length());
        } else if (value instanceof ListValue list) {
            return new IntValue(list.items().size());
        } else if (value instanceof MapValue map) {
            return new IntValue(map.entries().size());
        } else if (value instanceof NilValue) {
            throw new FunctionException("len of nil pointer");
        }
        throw new FunctionException("len of type " + value.typeName());
    }

    /** {@code index x 1 "y"} is what Go writes as {@code x[1]["y"]}. */
    static Value index(List<Value> arguments) {
        Value item = arguments.get(0);
        if (item instanceof NilValue) {
            throw new FunctionException("index of untyped nil");
        }
        for (Value index : arguments.subList(1, arguments.size())) {
            item = index(item, index);
        }
        return item;
    }

    private static Value index(Value item, Value index) {
        if (item instanceof ListValue list) {
            return list.items().get(position(index, list.items().size() - 1));
        } else if (item instanceof StringValue string) {
            return IntValue.ofByte(string.bytes()[position(index, string.length() - 1)]);
        } else if (item instanceof NilValue) {
            throw new FunctionException("index of nil pointer");
        } else if (!(item instanceof MapValue map)) {
            throw new FunctionException("can't index item of type " + item.typeName());
        } else if (index instanceof NilValue) {
            throw new FunctionException("value is nil; should be of type string");
        } else if (!(index instanceof StringValue key)) {
            throw new FunctionException("value has type " + index.typeName() + "; should be string");
        } else {
            return map.get(key);
        }
    }

    /** {@code slice x 1 2} is what Go writes as {@code x[1:2]}. */
    static Value slice(List<Value> arguments) {
        Value item = arguments.get(0);
        List<Value> indexes = arguments.subList(1, arguments.size());
        if (item instanceof NilValue) {
            throw new FunctionException("slice of untyped nil");
        }
        if (indexes.size() > MOST_SLICE_INDEXES) {
            throw new FunctionException("too many slice indexes: " + indexes.size());
        }
        if (item instanceof StringValue string) {
            if (indexes.size() == MOST_SLICE_INDEXES) {
                throw new FunctionException("cannot 3-index slice a string");
            }
            int[] range = range(indexes, string.length());
            return new StringValue(Arrays.copyOfRange(string.bytes(), range[0], range[1]));
        }
        if (item instanceof ListValue list) {
            int[] range = range(indexes, list.items().size());
            return list.slice(range[0], range[1]);
        }
        throw new FunctionException("can't slice item of type " + item.typeName());
    }

    /** Begin and end; a third index is the capacity, which nobody sees but which must not lie before the end. */
    private static int[] range(List<Value> indexes, int length) {
        int[] range = {0, length, length};
        for (int i = 0; i < indexes.size(); i++) {
            range[i] = position(indexes.get(i), length);
        }
        for (int i = 0; i < 2; i++) {
            if (range[i] > range[i + 1]) {
                throw new FunctionException("invalid slice index: " + range[i] + " > " + range[i + 1]);
            }
        }
        return range;
    }

    private static int position(Value index, int most) {
        BigInteger position;
        if (index instanceof IntValue integer) {
            position = BigInteger.valueOf(integer.value());
        } else if (index instanceof JsonInteger integer) {
            position = integer.integer();
        } else if (index instanceof NilValue) {
            throw new FunctionException("cannot index slice/array with nil");
        } else {
            throw new FunctionException("cannot index slice/array with type " + index.typeName());
        }
        if (position.signum() < 0 || position.compareTo(BigInteger.valueOf(most)) > 0) {
            throw new FunctionException("index out of range: " + position);
        }
        return position.intValue();
    }
}
