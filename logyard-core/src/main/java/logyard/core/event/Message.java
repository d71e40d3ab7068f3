package logyard.core.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A view on one event as it travels, {@code <key> SP <json>}, inside a larger array. One thread; it is pointed at one
 * event after the other, so keep none of what it returns but copies.
 */
public final class Message {
    private byte[] bytes = {};
    private int start;
    private int keyEnd;
    private int end;

    /**
     * Points this view at the event in {@code bytes[start..end)}.
     *
     * @return false if that is no event: no space, an empty or overlong key, or a control character in it; the view is
     *     then unusable
     */
    public boolean pointAt(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        int limit = Math.min(end, start + Keys.MAX_BYTES + 1);
        for (int i = start; i < limit; i++) {
            byte b = bytes[i];
            if (b == ' ') {
                keyEnd = i;
                return i > start;
            }
            if ((b >= 0 && b < ' ') || b == 0x7f) {
                return false;
            }
        }
        return false;
    }

    /** Points this view at an event that was checked before, whose key is {@code keyLength} bytes long. */
    public void pointAt(byte[] bytes, int start, int keyLength, int end) {
        this.bytes = bytes;
        this.start = start;
        this.keyEnd = start + keyLength;
        this.end = end;
    }

    public byte[] bytes() {
        return bytes;
    }

    /** Where the event, and its key, begin in {@link #bytes}. */
    public int start() {
        return start;
    }

    public int keyLength() {
        return keyEnd - start;
    }

    /** Where the JSON begins. */
    public int valueStart() {
        return keyEnd + 1;
    }

    public int valueLength() {
        return end - keyEnd - 1;
    }

    /** Where the event ends. */
    public int end() {
        return end;
    }

    public String key() {
        return new String(bytes, start, keyLength(), StandardCharsets.UTF_8);
    }

    public String value() {
        return new String(bytes, valueStart(), valueLength(), StandardCharsets.UTF_8);
    }

    /** Whether the key, with the blank behind it, begins with {@code prefix}. */
    public boolean keyStartsWith(byte[] prefix) {
        return start + prefix.length <= Math.min(keyEnd + 1, end)
                && Arrays.equals(bytes, start, start + prefix.length, prefix, 0, prefix.length);
    }

    /** Whether the key is that in {@code other[otherStart..otherEnd)}. */
    public boolean keyEquals(byte[] other, int otherStart, int otherEnd) {
        return Arrays.equals(bytes, start, keyEnd, other, otherStart, otherEnd);
    }
}
