package logyard.core.template.format;

import java.util.List;
import logyard.core.template.text.ByteOutput;
import logyard.core.template.value.StringValue;
import logyard.core.template.value.Value;

/** Go's {@code print} and {@code println}. */
public final class Printing {
    private Printing() {}

    /** Prints all values, with a space between two of which neither is a string. */
    public static void print(List<Value> values, ByteOutput out) {
        Formatter formatter = new Formatter(out);
        boolean afterString = true;
        for (Value value : values) {
            boolean isString = value instanceof StringValue;
            if (!isString && !afterString) {
                out.write(' ');
            }
            formatter.print(value);
            afterString = isString;
        }
    }

    /** Prints all values with a space between them, and ends the line. */
    public static void printLine(List<Value> values, ByteOutput out) {
        Formatter formatter = new Formatter(out);
        boolean first = true;
        for (Value value : values) {
            if (!first) {
                out.write(' ');
            }
            formatter.print(value);
            first = false;
        }
        out.write('\n');
    }
}
