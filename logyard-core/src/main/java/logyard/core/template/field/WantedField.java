package logyard.core.template.field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import logyard.core.template.value.StringValue;

/**
 * A key that field chains lead through, and the keys wanted within its value. Immutable.
 *
 * <p>Every field has a number; those within it have the numbers that follow, so that they can be forgotten together.
 */
final class WantedField {
    private final byte[] key;
    private final int number;
    private final int lastWithin;
    private final WantedField[] within;

    private WantedField(StringValue key, int number, List<List<StringValue>> chainsWithin) {
        this.key = key.bytes();
        this.number = number;
        Map<StringValue, List<List<StringValue>>> byFirstKey = new LinkedHashMap<>();
        for (List<StringValue> chain : chainsWithin) {
            if (!chain.isEmpty()) {
                byFirstKey
                        .computeIfAbsent(chain.get(0), first -> new ArrayList<>())
                        .add(chain.subList(1, chain.size()));
            }
        }
        List<WantedField> fields = new ArrayList<>();
        int last = number;
        for (Map.Entry<StringValue, List<List<StringValue>>> entry : byFirstKey.entrySet()) {
            WantedField field = new WantedField(entry.getKey(), last + 1, entry.getValue());
            fields.add(field);
            last = field.lastWithin;
        }
        this.lastWithin = last;
        this.within = fields.toArray(new WantedField[0]);
    }

    /** The record itself, of which these chains of keys are wanted. Its number is 0. */
    static WantedField record(List<List<StringValue>> chains) {
        return new WantedField(StringValue.of(""), 0, chains);
    }

    int number() {
        return number;
    }

    /** The highest number of this field and all within it. */
    int lastWithin() {
        return lastWithin;
    }

    boolean wantsNothingWithin() {
        return within.length == 0;
    }

    /** The index of the field with the key in these bytes among those within, or -1. */
    int indexOf(byte[] bytes, int from, int to) {
        for (int i = 0; i < within.length; i++) {
            byte[] wanted = within[i].key;
            if (wanted.length == to - from && Arrays.equals(wanted, 0, wanted.length, bytes, from, to)) {
                return i;
            }
        }
        return -1;
    }

    WantedField within(int index) {
        return within[index];
    }

    /** The fields that a wanted chain of keys leads through. */
    List<WantedField> path(List<StringValue> chain) {
        List<WantedField> path = new ArrayList<>();
        WantedField field = this;
        for (StringValue wanted : chain) {
            field = field.within[field.indexOf(wanted.bytes(), 0, wanted.length())];
            path.add(field);
        }
        return path;
    }
}
