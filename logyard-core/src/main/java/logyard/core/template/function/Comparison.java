package logyard.core.template.function;

import java.math.BigInteger;
import java.util.List;
import logyard.core.template.value.BoolValue;
import logyard.core.template.value.ComplexValue;
import logyard.core.template.value.FloatValue;
import logyard.core.template.value.IntValue;
import logyard.core.template.value.JsonInteger;
import logyard.core.template.value.ListValue;
import logyard.core.template.value.MapValue;
import logyard.core.template.value.NilValue;
import logyard.core.template.value.StringValue;
import logyard.core.template.value.Value;

/**
 * Equality and order. Values of different kinds cannot be compared, integers and floats included; only a
 * {@link JsonInteger} is both.
 */
final class Comparison {
    private Comparison() {}

    /** Whether the first argument equals any of the others. */
    static Value eq(List<Value> arguments) {
        if (arguments.size() == 1) {
            throw new FunctionException("missing argument for comparison");
        }
        Value first = arguments.get(0);
        for (Value other : arguments.subList(1, arguments.size())) {
            if (equal(first, other)) {
                return new BoolValue(true);
            }
        }
        return new BoolValue(false);
    }

    static boolean equal(Value a, Value b) {
        if (a instanceof NilValue || b instanceof NilValue) {
            return a instanceof NilValue && b instanceof NilValue;
        }
        if (isContainer(a) && isContainer(b)) {
            throw new FunctionException("non-comparable types: " + a.typeName() + ", " + b.typeName());
        }
        if (isNumber(a) && isNumber(b)) {
            return compareNumbers(a, b) == 0;
        }
        if (a.getClass() != b.getClass()) {
            throw incompatible();
        }
        return a.equals(b);
    }

    /** Less than zero, zero, or more, as the first is below, equal to, or above the second. */
    static int compare(Value a, Value b) {
        if (!isOrdered(a) || !isOrdered(b)) {
            throw new FunctionException("invalid type for comparison");
        }
        if (a instanceof StringValue first && b instanceof StringValue second) {
            return first.compareTo(second);
        }
        if (isNumber(a) && isNumber(b)) {
            return compareNumbers(a, b);
        }
        // A bool has a kind that fits other bools, but no order.
        throw a.getClass() == b.getClass() ? new FunctionException("invalid type for comparison") : incompatible();
    }

    private static int compareNumbers(Value a, Value b) {
        if ((a instanceof FloatValue && b instanceof IntValue) || (a instanceof IntValue && b instanceof FloatValue)) {
            throw incompatible();
        }
        if (a instanceof FloatValue || b instanceof FloatValue) {
            double first = toDouble(a);
            double second = toDouble(b);
            return first == second ? 0 : Double.compare(first, second);
        }
        return integer(a).compareTo(integer(b));
    }

    private static double toDouble(Value number) {
        return number instanceof FloatValue value
                ? value.value()
                : integer(number).doubleValue();
    }

    private static BigInteger integer(Value number) {
        return number instanceof JsonInteger json ? json.integer() : BigInteger.valueOf(((IntValue) number).value());
    }

    private static boolean isNumber(Value value) {
        return value instanceof JsonInteger || value instanceof IntValue || value instanceof FloatValue;
    }

    private static boolean isOrdered(Value value) {
        return isNumber(value)
                || value instanceof StringValue
                || value instanceof BoolValue
                || value instanceof ComplexValue;
    }

    private static boolean isContainer(Value value) {
        return value instanceof ListValue || value instanceof MapValue;
    }

    private static FunctionException incompatible() {
        return new FunctionException("incompatible types for comparison");
    }
}
