package logyard.core.template.json;

import static logyard.core.template.json.JsonKind.ARRAY;
import static logyard.core.template.json.JsonKind.FALSE;
import static logyard.core.template.json.JsonKind.NULL;
import static logyard.core.template.json.JsonKind.OBJECT;
import static logyard.core.template.json.JsonKind.PLAIN_STRING;
import static logyard.core.template.json.JsonKind.STRING;
import static logyard.core.template.json.JsonKind.TRUE;

import java.nio.charset.StandardCharsets;

/**
 * Walks over the bytes of one JSON value after the other and checks them. One scanner, one thread.
 *
 * <p>The scanner stands at a position. {@link #scanValue} passes a whole value; an object is opened instead with
 * {@code for (boolean more = firstKey(); more; more = nextKey())}, an array likewise, and in the loop's body exactly one
 * value is passed.
 */
public final class JsonScanner {
    /** Go reads 10,000 levels; a stack of 256 KiB, which has more to hold than a record, does not. */
    public static final int MAX_DEPTH = 100;

    private static final byte[] TRUE_WORD = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE_WORD = "false".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL_WORD = "null".getBytes(StandardCharsets.US_ASCII);

    private byte[] json = {};
    private int at;
    private int end;
    private int depth;
    private int keyStart;
    private int keyEnd;
    private boolean keyIsPlain;

    /** Goes to the value in these bytes, and reports what kind it seems to be. */
    public JsonKind start(byte[] bytes, int offset, int length) {
        json = bytes;
        at = offset;
        end = offset + length;
        depth = 0;
        return peekKind();
    }

    /** Checks that only white space is left. */
    public void finish() {
        skipSpace();
        if (at < end) {
            throw unexpected("after top-level value");
        }
    }

    public int position() {
        return at;
    }

    /** Where the bytes of the current key are: behind its opening quote. */
    public int keyStart() {
        return keyStart;
    }

    /** Where the bytes of the current key end: at its closing quote. */
    public int keyEnd() {
        return keyEnd;
    }

    /** Whether the bytes of the current key are its text. */
    public boolean keyIsPlain() {
        return keyIsPlain;
    }

    /** Goes to the next value and tells its kind by its first byte; that a string is plain shows only behind it. */
    public JsonKind peekKind() {
        skipSpace();
        return switch (current()) {
            case '"' -> STRING;
            case '{' -> OBJECT;
            case '[' -> ARRAY;
            case 't' -> TRUE;
            case 'f' -> FALSE;
            case 'n' -> NULL;
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> JsonKind.INTEGER;
            default -> throw unexpected("looking for beginning of value");
        };
    }

    /** Passes the value at which {@link #peekKind} has arrived. */
    public JsonKind scanValue(JsonKind peeked) {
        switch (peeked) {
            case STRING, PLAIN_STRING -> {
                return scanString() ? PLAIN_STRING : STRING;
            }
            case OBJECT -> {
                for (boolean more = firstKey(); more; more = nextKey()) {
                    scanValue(peekKind());
                }
            }
            case ARRAY -> {
                for (boolean more = firstItem(); more; more = nextItem()) {
                    scanValue(peekKind());
                }
            }
            case TRUE -> scanWord(TRUE_WORD);
            case FALSE -> scanWord(FALSE_WORD);
            case NULL -> scanWord(NULL_WORD);
            case INTEGER, FLOAT -> {
                return scanNumber();
            }
        }
        return peeked;
    }

    /** Enters an object and passes its first key, or passes an empty object and returns false. */
    public boolean firstKey() {
        enter();
        if (current() == '}') {
            return leave();
        }
        scanKey();
        return true;
    }

    /** Passes the next key, or the end of the object and returns false. */
    public boolean nextKey() {
        if (!another('}', "after object key:value pair")) {
            return false;
        }
        scanKey();
        return true;
    }

    /** Enters an array that has items, or passes an empty one and returns false. */
    public boolean firstItem() {
        enter();
        return current() != ']' || leave();
    }

    /** Whether another item follows; if not, the end of the array has been passed. */
    public boolean nextItem() {
        return another(']', "after array element");
    }

    private void enter() {
        if (++depth > MAX_DEPTH) {
            throw new JsonException("nested deeper than " + MAX_DEPTH + " levels");
        }
        at++;
        skipSpace();
    }

    private boolean leave() {
        depth--;
        at++;
        return false;
    }

    private boolean another(char close, String place) {
        skipSpace();
        int next = current();
        if (next == close) {
            return leave();
        }
        if (next != ',') {
            throw unexpected(place);
        }
        at++;
        return true;
    }

    private void scanKey() {
        skipSpace();
        if (current() != '"') {
            throw unexpected("looking for beginning of object key string");
        }
        keyStart = at + 1;
        keyIsPlain = scanString();
        keyEnd = at - 1;
        skipSpace();
        if (current() != ':') {
            throw unexpected("after object key");
        }
        at++;
    }

    private boolean scanString() {
        int scanned = JsonStrings.scan(json, at + 1, end);
        at = Math.abs(scanned);
        return scanned > 0;
    }

    private JsonKind scanNumber() {
        int start = at;
        at = JsonNumbers.scan(json, at, end);
        return JsonNumbers.kind(json, start, at);
    }

    private void scanWord(byte[] word) {
        for (int i = 1; i < word.length; i++) {
            at++;
            if (current() != word[i]) {
                throw unexpected("in literal " + new String(word, StandardCharsets.US_ASCII) + " (expecting '"
                        + (char) word[i] + "')");
            }
        }
        at++;
    }

    private void skipSpace() {
        while (at < end && isSpace(json[at])) {
            at++;
        }
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private int current() {
        if (at >= end) {
            throw Unexpected.end();
        }
        return json[at];
    }

    private JsonException unexpected(String place) {
        return Unexpected.at(json, at, end, place);
    }
}
