package logyard.core.template.field;

import java.util.Arrays;
import logyard.core.template.json.JsonKind;
import logyard.core.template.json.JsonScanner;
import logyard.core.template.json.JsonStrings;
import logyard.core.template.json.JsonTree;
import logyard.core.template.text.ByteOutput;

/** Where in a record the wanted fields are. One scan, one thread; it holds the findings of the last record. */
final class FieldScan {
    private static final int ABSENT = -1;

    private final WantedField record;
    private final JsonScanner scanner = new JsonScanner();
    private final ByteOutput key = new ByteOutput(64);
    private final JsonKind[] kinds;
    private final int[] starts;
    private final int[] ends;
    private byte[] json = {};

    FieldScan(FieldPlan plan) {
        record = plan.record();
        int fields = record.lastWithin() + 1;
        kinds = new JsonKind[fields];
        starts = new int[fields];
        ends = new int[fields];
    }

    /**
     * Finds the fields of a record, all of which is checked.
     *
     * @throws logyard.core.template.json.JsonException if the bytes are not a JSON object or null
     */
    void scan(byte[] bytes, int offset, int length) {
        json = bytes;
        Arrays.fill(starts, ABSENT);
        JsonKind kind = scanner.start(bytes, offset, length);
        if (kind == JsonKind.OBJECT) {
            scanObject(record);
        } else {
            scanner.scanValue(kind);
        }
        scanner.finish();
        if (kind != JsonKind.OBJECT && kind != JsonKind.NULL) {
            throw JsonTree.notAnObject(kind.typeName());
        }
    }

    boolean has(WantedField field) {
        return starts[field.number()] != ABSENT;
    }

    JsonKind kind(WantedField field) {
        return kinds[field.number()];
    }

    int start(WantedField field) {
        return starts[field.number()];
    }

    int end(WantedField field) {
        return ends[field.number()];
    }

    private void scanObject(WantedField object) {
        for (boolean more = scanner.firstKey(); more; more = scanner.nextKey()) {
            int index = indexOfKey(object);
            if (index < 0) {
                scanner.scanValue(scanner.peekKind());
            } else {
                scanField(object.within(index));
            }
        }
    }

    private int indexOfKey(WantedField object) {
        if (scanner.keyIsPlain()) {
            return object.indexOf(json, scanner.keyStart(), scanner.keyEnd());
        }
        key.truncate(0);
        JsonStrings.unescape(json, scanner.keyStart(), scanner.keyEnd(), key);
        return object.indexOf(key.array(), 0, key.length());
    }

    /** Of several fields of the same key the last one counts, with nothing left of those before it. */
    private void scanField(WantedField field) {
        Arrays.fill(starts, field.number(), field.lastWithin() + 1, ABSENT);
        JsonKind kind = scanner.peekKind();
        starts[field.number()] = scanner.position();
        if (kind == JsonKind.OBJECT && !field.wantsNothingWithin()) {
            scanObject(field);
        } else {
            kind = scanner.scanValue(kind);
        }
        ends[field.number()] = scanner.position();
        kinds[field.number()] = kind;
    }
}
