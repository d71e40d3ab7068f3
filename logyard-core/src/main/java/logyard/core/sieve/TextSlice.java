package logyard.core.sieve;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import logyard.core.event.ByteBuilder;
import logyard.core.event.JsonText;
import logyard.core.template.json.JsonStrings;
import logyard.core.template.text.ByteOutput;

/**
 * A text within a larger array, such as a JSON string where it lies, or with its escapes resolved if it has any. One
 * thread; pointed at one text after the other.
 */
final class TextSlice {
    private final ByteOutput resolved = new ByteOutput(64);
    private byte[] bytes = {};
    private int from;
    private int to;

    /** Points at the bytes themselves. */
    void pointAt(byte[] array, int start, int end) {
        bytes = array;
        from = start;
        to = end;
    }

    /** Takes what the checked JSON string between its quotes says. */
    void unescape(byte[] json, int start, int end) {
        resolved.truncate(0);
        JsonStrings.unescape(json, start, end, resolved);
        pointAt(resolved.array(), 0, resolved.length());
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    boolean is(byte[] other) {
        return Arrays.equals(bytes, from, to, other, 0, other.length);
    }

    /** Appends it as the inside of a JSON string. */
    void appendTo(ByteBuilder out) {
        JsonText.append(bytes, from, to - from, out);
    }

    @Override
    public String toString() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
}
