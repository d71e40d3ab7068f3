package logyard.core.sieve.handler;

import java.util.Map;
import logyard.core.event.ByteBuilder;
import logyard.core.event.JsonText;
import logyard.core.template.value.BoolValue;
import logyard.core.template.value.FloatValue;
import logyard.core.template.value.JsonInteger;
import logyard.core.template.value.ListValue;
import logyard.core.template.value.MapValue;
import logyard.core.template.value.StringValue;
import logyard.core.template.value.Value;

/**
 * Writes what was read from a line as JSON anew, as the original did: on one line, keys sorted, of equal ones the last.
 * Integers stay as they are, of any size; the original made floats of them.
 */
final class InfoJson {
    /** What an event has where there is no info. */
    static final String NULL = "null";

    private InfoJson() {}

    static String of(Value value) {
        var out = new ByteBuilder(256);
        append(value, out);
        return out.toString();
    }

    private static void append(Value value, ByteBuilder out) {
        if (value instanceof MapValue map) {
            append(map, out);
        } else if (value instanceof ListValue list) {
            append(list, out);
        } else if (value instanceof StringValue text) {
            append(text, out);
        } else if (value instanceof JsonInteger integer) {
            out.append(integer.digits());
        } else if (value instanceof FloatValue number) {
            out.append(Double.toString(number.value()));
        } else if (value instanceof BoolValue bool) {
            out.append(String.valueOf(bool.isTrue()));
        } else {
            out.append(NULL);
        }
    }

    private static void append(MapValue map, ByteBuilder out) {
        char separator = '{';
        for (Map.Entry<StringValue, Value> entry : map.entries().entrySet()) {
            out.append(separator);
            append(entry.getKey(), out);
            out.append(':');
            append(entry.getValue(), out);
            separator = ',';
        }
        out.append(separator == '{' ? "{}" : "}");
    }

    private static void append(ListValue list, ByteBuilder out) {
        char separator = '[';
        for (Value item : list.items()) {
            out.append(separator);
            append(item, out);
            separator = ',';
        }
        out.append(separator == '[' ? "[]" : "]");
    }

    private static void append(StringValue text, ByteBuilder out) {
        out.append('"');
        JsonText.append(text.bytes(), 0, text.length(), out);
        out.append('"');
    }
}
