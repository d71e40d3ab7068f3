package logyard.core.drain.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import logyard.core.event.Message;
import logyard.core.template.json.JsonException;
import logyard.core.template.json.JsonKind;
import logyard.core.template.json.JsonScanner;
import logyard.core.template.json.JsonStrings;
import logyard.core.template.text.ByteOutput;

/**
 * What syslog asks of an event, found in one pass over its JSON and without an object for any of it. One thread, and one
 * event after the other.
 */
final class SyslogRecord {
    /** A field of a record that counts, whatever its stream. */
    static final class Field {
        static final Field TEXT = new Field(0, "text");
        static final Field NODE = new Field(1, "node_id");
        static final Field NAME = new Field(2, "name");
        static final Field APP_NAME = new Field(3, "app_name");
        static final Field PROCESS = new Field(4, "process");
        static final Field SOURCE = new Field(5, "source");
        static final Field INSTANCE = new Field(6, "instance_index");
        static final Field SEVERITY = new Field(7, "severity");
        static final Field HUMAN_TIME = new Field(8, "human_time");
        static final Field UNIX_TIME = new Field(9, "unix_time");
        static final Field SYSLOG = new Field(10, "syslog");
        // Within syslog:
        static final Field PRIORITY = new Field(11, "priority");
        static final Field TIME = new Field(12, "time");

        private final int number;
        private final byte[] key;

        private Field(int number, String key) {
            this.number = number;
            this.key = key.getBytes(US_ASCII);
        }
    }

    private static final Field[] FIELDS = {
        Field.TEXT,
        Field.NODE,
        Field.NAME,
        Field.APP_NAME,
        Field.PROCESS,
        Field.SOURCE,
        Field.INSTANCE,
        Field.SEVERITY,
        Field.HUMAN_TIME,
        Field.UNIX_TIME,
        Field.SYSLOG,
        Field.PRIORITY,
        Field.TIME
    };
    private static final int FIRST_WITHIN_SYSLOG = Field.PRIORITY.number;
    private static final int ABSENT = -1;

    private final JsonScanner scanner = new JsonScanner();
    private final ByteOutput decoded = new ByteOutput(512);
    private final int[] starts = new int[FIELDS.length];
    private final int[] ends = new int[FIELDS.length];
    private final JsonKind[] kinds = new JsonKind[FIELDS.length];
    private byte[] json = {};

    /** Goes to an event. One that is no JSON object has none of the fields. */
    void read(Message message) {
        json = message.bytes();
        forget();
        try {
            if (scanner.start(json, message.valueStart(), message.valueLength()) == JsonKind.OBJECT) {
                scanObject(0, FIRST_WITHIN_SYSLOG);
                scanner.finish();
            }
        } catch (JsonException e) {
            forget();
        }
    }

    private void forget() {
        Arrays.fill(starts, ABSENT);
    }

    private void scanObject(int from, int to) {
        for (boolean more = scanner.firstKey(); more; more = scanner.nextKey()) {
            int field = indexOfKey(from, to);
            JsonKind kind = scanner.peekKind();
            if (field == Field.SYSLOG.number && kind == JsonKind.OBJECT) {
                scanObject(FIRST_WITHIN_SYSLOG, FIELDS.length);
            } else if (field >= 0) {
                starts[field] = scanner.position();
                kinds[field] = scanner.scanValue(kind);
                ends[field] = scanner.position();
            } else {
                scanner.scanValue(kind);
            }
        }
    }

    private int indexOfKey(int from, int to) {
        int start = scanner.keyStart();
        int end = scanner.keyEnd();
        for (int i = from; i < to; i++) {
            byte[] key = FIELDS[i].key;
            if (key.length == end - start && Arrays.equals(key, 0, key.length, json, start, end)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether a field is there and says something: it is a text or a number. */
    boolean has(Field field) {
        return starts[field.number] != ABSENT
                && switch (kinds[field.number]) {
                    case PLAIN_STRING, STRING, INTEGER, FLOAT -> true;
                    case TRUE, FALSE, NULL, OBJECT, ARRAY -> false;
                };
    }

    /**
     * Says what a field says: a text as UTF-8, a number in its digits, and nothing for all else.
     *
     * @return what it says, until the next call
     */
    ByteOutput text(Field field) {
        decoded.truncate(0);
        int i = field.number;
        if (starts[i] != ABSENT) {
            switch (kinds[i]) {
                case PLAIN_STRING -> decoded.write(json, starts[i] + 1, ends[i] - starts[i] - 2);
                case STRING -> JsonStrings.unescape(json, starts[i] + 1, ends[i] - 1, decoded);
                case INTEGER, FLOAT -> decoded.write(json, starts[i], ends[i] - starts[i]);
                case TRUE, FALSE, NULL, OBJECT, ARRAY -> {}
            }
        }
        return decoded;
    }

    /** The whole number that a field says, or {@code absent}. */
    long number(Field field, long absent) {
        ByteOutput text = text(field);
        boolean negative = text.length() > 0 && text.array()[0] == '-';
        long number = 0;
        int digits = 0;
        for (int i = negative ? 1 : 0; i < text.length(); i++) {
            int digit = text.array()[i] - '0';
            if (digit < 0 || digit > 9 || ++digits > 18) {
                return absent;
            }
            number = number * 10 + digit;
        }
        return digits == 0 ? absent : negative ? -number : number;
    }
}
