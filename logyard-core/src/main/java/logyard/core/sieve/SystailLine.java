package logyard.core.sieve;

import java.nio.charset.StandardCharsets;
import logyard.core.template.json.JsonException;
import logyard.core.template.json.JsonKind;
import logyard.core.template.json.JsonScanner;

/**
 * A view on a line of the stream {@code systail}: of its JSON, what cloud events are made of (spec 02 §2.2). One thread;
 * it is pointed at one line after the other, without an object for each.
 */
public final class SystailLine {
    /** The last second of the year 9999, which has the form of the others. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private static final int MAX_DIGITS = 12;

    private static final byte[] NAME = "name".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TEXT = "text".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NODE = "node_id".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TIME = "unix_time".getBytes(StandardCharsets.US_ASCII);

    private final JsonScanner scanner = new JsonScanner();
    private final TextSlice key = new TextSlice();
    private final TextSlice name = new TextSlice();
    private final TextSlice text = new TextSlice();
    private final TextSlice node = new TextSlice();
    private int found;
    private long unixTime;

    /** A line that nothing has been read into yet. */
    public SystailLine() {}

    /** A line that somebody made up. */
    public static SystailLine of(String name, String text, String node, long unixTime) {
        var line = new SystailLine();
        point(line.name, name);
        point(line.text, text);
        point(line.node, node);
        line.unixTime = unixTime;
        return line;
    }

    private static void point(TextSlice slice, String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        slice.pointAt(utf8, 0, utf8.length);
    }

    /**
     * Points this view at a line; all of its JSON is checked.
     *
     * @throws MalformedLineException if it is none; the view is then unusable
     */
    public void read(byte[] json, int offset, int length) throws MalformedLineException {
        found = 0;
        try {
            if (scanner.start(json, offset, length) != JsonKind.OBJECT) {
                throw new MalformedLineException("the line is no JSON object");
            }
            for (boolean more = scanner.firstKey(); more; more = scanner.nextKey()) {
                readField(json);
            }
            scanner.finish();
        } catch (JsonException e) {
            throw new MalformedLineException("the line is not JSON: " + e.getMessage());
        }
        if (found != 0b1111) {
            throw new MalformedLineException("the line has not all of name, text, node_id and unix_time");
        }
    }

    private void readField(byte[] json) throws MalformedLineException {
        if (scanner.keyIsPlain()) {
            key.pointAt(json, scanner.keyStart(), scanner.keyEnd());
        } else {
            key.unescape(json, scanner.keyStart(), scanner.keyEnd());
        }
        int field = field();
        JsonKind peeked = scanner.peekKind();
        int start = scanner.position();
        JsonKind kind = scanner.scanValue(peeked);
        switch (field) {
            case 1 -> take(name, json, start, kind);
            case 2 -> take(text, json, start, kind);
            case 4 -> take(node, json, start, kind);
            case 8 -> takeTime(json, start, kind);
            default -> {
                return;
            }
        }
        found |= field;
    }

    private int field() {
        return switch (key.to() - key.from()) {
            case 4 -> key.is(NAME) ? 1 : key.is(TEXT) ? 2 : 0;
            case 7 -> key.is(NODE) ? 4 : 0;
            case 9 -> key.is(TIME) ? 8 : 0;
            default -> 0;
        };
    }

    private void take(TextSlice slice, byte[] json, int start, JsonKind kind) throws MalformedLineException {
        int end = scanner.position() - 1;
        switch (kind) {
            case PLAIN_STRING -> slice.pointAt(json, start + 1, end);
            case STRING -> slice.unescape(json, start + 1, end);
            default -> throw new MalformedLineException(key + " must be a string");
        }
    }

    private void takeTime(byte[] json, int start, JsonKind kind) throws MalformedLineException {
        int digits = scanner.position() - start;
        if (kind == JsonKind.INTEGER && digits <= MAX_DIGITS && json[start] != '-') {
            unixTime = Long.parseLong(new String(json, start, digits, StandardCharsets.US_ASCII));
            if (unixTime <= LAST_SECOND) {
                return;
            }
        }
        throw new MalformedLineException("unix_time must be whole seconds since 1970, up to the year 9999");
    }

    /** The name of its log. */
    TextSlice name() {
        return name;
    }

    TextSlice text() {
        return text;
    }

    TextSlice node() {
        return node;
    }

    long unixTime() {
        return unixTime;
    }

    /** The name of its log, as text. */
    public String process() {
        return name.toString();
    }
}
