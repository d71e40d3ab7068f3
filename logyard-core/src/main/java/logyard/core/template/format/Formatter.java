package logyard.core.template.format;

import java.math.BigInteger;
import java.util.Map;
import logyard.core.template.text.ByteOutput;
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

/** Prints values to one output, each by its type, its verb and the flags in force. One formatter, one thread. */
public final class Formatter {
    private static final String NIL = "<nil>";

    private final ByteOutput out;
    private final Flags flags = new Flags();
    private final Padding padding;
    private final IntegerFormat integers;
    private final FloatFormat floats;
    private final StringFormat strings;

    public Formatter(ByteOutput out) {
        this.out = out;
        this.padding = new Padding(flags, out);
        this.integers = new IntegerFormat(flags, padding);
        this.floats = new FloatFormat(flags, padding, out);
        this.strings = new StringFormat(flags, padding, out);
    }

    /** A float64 as {@code %v} prints it. */
    public static String general(double value) {
        return GoFloat.general(value);
    }

    /** Prints as {@code %v} does. */
    public void print(Value value) {
        flags.clear();
        print(value, 'v');
    }

    Flags flags() {
        return flags;
    }

    ByteOutput out() {
        return out;
    }

    /** Prints with the flags in force. */
    void print(Value value, int verb) {
        if (verb == 'T') {
            strings.write(StringValue.of(value.typeName()).bytes(), 's');
        } else if (value instanceof NilValue) {
            printNil(verb);
        } else if (!printByType(value, verb)) {
            printMismatch(value, verb);
        }
    }

    private void printNil(int verb) {
        if (verb == 'v') {
            padding.writeAscii(NIL);
        } else {
            printMismatch(NilValue.NULL, verb);
        }
    }

    private boolean printByType(Value value, int verb) {
        if (value instanceof StringValue string) {
            return strings.write(string.bytes(), verb);
        } else if (value instanceof JsonInteger integer) {
            return printJsonInteger(integer, verb);
        } else if (value instanceof FloatValue number) {
            return printFloat(number.value(), verb);
        } else if (value instanceof IntValue integer) {
            return printInteger(integer, verb);
        } else if (value instanceof BoolValue bool) {
            return printBool(bool.isTrue(), verb);
        } else if (value instanceof ListValue list) {
            return printList(list, verb);
        } else if (value instanceof MapValue map) {
            return printMap(map, verb);
        }
        return value instanceof ComplexValue complex && printComplex(complex, verb);
    }

    /** As a float where floats have the verb, so that formats made for the original keep their output. */
    private boolean printJsonInteger(JsonInteger integer, int verb) {
        if (verb == 'v' && flags.precision == Flags.ABSENT) {
            floats.write(integer.digits());
            return true;
        }
        return printFloat(integer.toDouble(), verb) || integers.write(integer.integer(), verb);
    }

    private boolean printFloat(double value, int verb) {
        if (!FloatFormat.hasVerb(verb)) {
            return false;
        }
        floats.write(value, verb);
        return true;
    }

    private boolean printInteger(IntValue integer, int verb) {
        if (verb == 'v' && flags.goSyntax && integer.typeName().equals("uint8")) {
            padding.writeAsciiWithoutZeros("0x" + Long.toHexString(integer.value()));
            return true;
        }
        return integers.write(BigInteger.valueOf(integer.value()), verb);
    }

    private boolean printBool(boolean value, int verb) {
        if (verb != 't' && verb != 'v') {
            return false;
        }
        padding.writeAscii(String.valueOf(value));
        return true;
    }

    private boolean printComplex(ComplexValue complex, int verb) {
        if (!FloatFormat.hasVerb(verb)) {
            return false;
        }
        boolean plus = flags.plus;
        out.write('(');
        floats.write(complex.real(), verb);
        flags.plus = true;
        floats.write(complex.imaginary(), verb);
        flags.plus = plus;
        out.write("i)");
        return true;
    }

    private boolean printList(ListValue list, int verb) {
        out.write(flags.goSyntax ? list.typeName() + "{" : "[");
        boolean first = true;
        for (Value item : list.items()) {
            printSeparator(first);
            printItem(item, verb);
            first = false;
        }
        out.write(flags.goSyntax ? '}' : ']');
        return true;
    }

    private boolean printMap(MapValue map, int verb) {
        out.write(flags.goSyntax ? map.typeName() + "{" : "map[");
        boolean first = true;
        for (Map.Entry<StringValue, Value> entry : map.entries().entrySet()) {
            printSeparator(first);
            printItem(entry.getKey(), verb);
            out.write(':');
            printItem(entry.getValue(), verb);
            first = false;
        }
        out.write(flags.goSyntax ? '}' : ']');
        return true;
    }

    private void printSeparator(boolean first) {
        if (!first) {
            out.write(flags.goSyntax ? ", " : " ");
        }
    }

    /** What is nil within something else has no verb and no width. */
    private void printItem(Value item, int verb) {
        if (item instanceof NilValue) {
            out.write(flags.goSyntax ? "interface {}(nil)" : NIL);
        } else {
            print(item, verb);
        }
    }

    private void printMismatch(Value value, int verb) {
        out.write("%!");
        out.writeRune(verb);
        out.write('(');
        printTyped(value);
        out.write(')');
    }

    /** Prints such as {@code string=hello}; the flags of the verb that failed still count, as in Go. */
    void printTyped(Value value) {
        if (value instanceof NilValue) {
            out.write(NIL);
        } else {
            out.write(value.typeName());
            out.write('=');
            print(value, 'v');
        }
    }
}
