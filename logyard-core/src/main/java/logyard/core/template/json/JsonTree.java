package logyard.core.template.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import logyard.core.template.text.ByteOutput;
import logyard.core.template.value.BoolValue;
import logyard.core.template.value.FloatValue;
import logyard.core.template.value.JsonInteger;
import logyard.core.template.value.ListValue;
import logyard.core.template.value.MapValue;
import logyard.core.template.value.NilValue;
import logyard.core.template.value.StringValue;
import logyard.core.template.value.Value;

/** Builds the values a JSON text describes. One tree builder, one thread; what it builds is free. */
public final class JsonTree {
    private final JsonScanner scanner = new JsonScanner();
    private final ByteOutput scratch = new ByteOutput(256);
    private byte[] json = {};

    /**
     * The one value in these bytes.
     *
     * @throws JsonException if they are not JSON
     */
    public Value read(byte[] bytes, int offset, int length) {
        json = bytes;
        Value value = value(scanner.start(bytes, offset, length));
        scanner.finish();
        return value;
    }

    /**
     * The record in these bytes: an object, or {@code null}, which Go takes for an empty one.
     *
     * @throws JsonException if they are anything else
     */
    public MapValue readRecord(byte[] bytes, int offset, int length) {
        Value value = read(bytes, offset, length);
        if (value == NilValue.NULL) {
            return MapValue.EMPTY;
        }
        if (value instanceof MapValue map) {
            return map;
        }
        throw notAnObject(value.typeName());
    }

    /** What to say of valid JSON that is no object. */
    public static JsonException notAnObject(String typeName) {
        return new JsonException("a record must be a JSON object, got a value of type " + typeName);
    }

    private Value value(JsonKind peeked) {
        if (peeked == JsonKind.OBJECT) {
            return object();
        }
        if (peeked == JsonKind.ARRAY) {
            return array();
        }
        int start = scanner.position();
        JsonKind kind = scanner.scanValue(peeked);
        int end = scanner.position();
        return switch (kind) {
            case PLAIN_STRING, STRING -> string(start + 1, end - 1, kind == JsonKind.PLAIN_STRING);
            case INTEGER -> new JsonInteger(new String(json, start, end - start, StandardCharsets.US_ASCII));
            case FLOAT -> new FloatValue(JsonNumbers.toDouble(json, start, end));
            case TRUE, FALSE -> new BoolValue(kind == JsonKind.TRUE);
            case NULL, OBJECT, ARRAY -> NilValue.NULL;
        };
    }

    private MapValue object() {
        TreeMap<StringValue, Value> entries = new TreeMap<>();
        for (boolean more = scanner.firstKey(); more; more = scanner.nextKey()) {
            StringValue key = string(scanner.keyStart(), scanner.keyEnd(), scanner.keyIsPlain());
            entries.put(key, value(scanner.peekKind()));
        }
        return new MapValue(entries);
    }

    private ListValue array() {
        List<Value> items = new ArrayList<>();
        for (boolean more = scanner.firstItem(); more; more = scanner.nextItem()) {
            items.add(value(scanner.peekKind()));
        }
        return new ListValue(items);
    }

    private StringValue string(int from, int to, boolean plain) {
        scratch.truncate(0);
        if (plain) {
            scratch.write(json, from, to - from);
        } else {
            JsonStrings.unescape(json, from, to, scratch);
        }
        return new StringValue(scratch.toByteArray());
    }
}
