package logyard.core.template.field;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import logyard.core.template.value.StringValue;

/**
 * A key some field chain leads through, and the keys wanted within its value. The root stands for the record.
 *
 * <p>Every field has a number; those within it have the numbers that follow, so that they can be forgotten together.
 */
final class WantedField {
    private final byte[] key;
    private final List<WantedField> growing = new ArrayList<>();
    private WantedField[] within = {};
    private int number;
    private int lastWithin;

    private WantedField(byte[] key) {
        this.key = key;
    }

    static WantedField root() {
        return new WantedField(new byte[0]);
    }

    /** The field of that key within this one, added if it was not wanted before. */
    WantedField want(StringValue wantedKey) {
        Optional<WantedField> known = growing.stream()
                .filter(field -> Arrays.equals(field.key, wantedKey.bytes()))
                .findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        WantedField field = new WantedField(wantedKey.bytes());
        growing.add(field);
        return field;
    }

    /** Numbers this field and all within it from {@code first} on, and returns the first number left. */
    int settle(int first) {
        number = first;
        within = growing.toArray(new WantedField[0]);
        int next = first + 1;
        for (WantedField field : within) {
            next = field.settle(next);
        }
        lastWithin = next - 1;
        return next;
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
}
