package logyard.core.template.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing buffer of bytes that can be cut back to an earlier length. One output, one thread.
 *
 * <p>A drain reuses one for all its batches: {@link #truncate truncate(0)} keeps the memory.
 */
public final class ByteOutput {
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    private byte[] bytes;
    private int length;

    /** Where the next check must happen: the end of the array or of what is allowed, whichever comes first. */
    private int end;

    private int limit = LARGEST_ARRAY;
    private int allowedBytes = LARGEST_ARRAY;

    public ByteOutput(int capacity) {
        bytes = new byte[capacity];
        end = capacity;
    }

    /** What is written so far: the first {@link #length} bytes. Valid until the next write. */
    public byte[] array() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** A copy of what is written so far. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    /** Forgets all that was written after {@code newLength}, which an earlier {@link #length} returned. */
    public void truncate(int newLength) {
        if (newLength < 0 || newLength > length) {
            throw new IllegalArgumentException("length must be in 0.." + length + ", got " + newLength);
        }
        length = newLength;
    }

    /** From now on at most {@code more} bytes are taken; a write past that throws {@link OutputLimitException}. */
    public void allowMore(int more) {
        allowedBytes = more;
        limit = more > LARGEST_ARRAY - length ? LARGEST_ARRAY : length + more;
        end = Math.min(bytes.length, limit);
    }

    /** Lifts the limit set by {@link #allowMore}. */
    public void allowAny() {
        allowMore(LARGEST_ARRAY);
    }

    /** Writes the low eight bits. */
    public void write(int oneByte) {
        makeRoom(1);
        bytes[length++] = (byte) oneByte;
    }

    public void write(byte[] source) {
        write(source, 0, source.length);
    }

    public void write(byte[] source, int from, int count) {
        makeRoom(count);
        System.arraycopy(source, from, bytes, length, count);
        length += count;
    }

    /** Writes the same byte {@code count} times; nothing if that is negative. */
    public void fill(int oneByte, int count) {
        if (count > 0) {
            makeRoom(count);
            Arrays.fill(bytes, length, length + count, (byte) oneByte);
            length += count;
        }
    }

    /** Writes a text as UTF-8. */
    public void write(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a code point as UTF-8; one that is none, such as half a surrogate pair, as U+FFFD. */
    public void writeRune(int rune) {
        int valid = Utf8.isValid(rune) ? rune : Utf8.REPLACEMENT;
        if (valid < 0x80) {
            write(valid);
        } else if (valid < 0x800) {
            write(0xC0 | valid >> 6);
            write(continuation(valid));
        } else if (valid < 0x10000) {
            write(0xE0 | valid >> 12);
            write(continuation(valid >> 6));
            write(continuation(valid));
        } else {
            write(0xF0 | valid >> 18);
            write(continuation(valid >> 12));
            write(continuation(valid >> 6));
            write(continuation(valid));
        }
    }

    /** Turns every CR and LF written at or after {@code from} into a space. */
    public void blankLineBreaks(int from) {
        for (int i = from; i < length; i++) {
            if (bytes[i] == '\n' || bytes[i] == '\r') {
                bytes[i] = ' ';
            }
        }
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private static int continuation(int bits) {
        return 0x80 | (bits & 0x3F);
    }

    private void makeRoom(int more) {
        if (more > end - length) {
            grow(more);
        }
    }

    private void grow(int more) {
        if (more > limit - length) {
            throw new OutputLimitException(allowedBytes);
        }
        int needed = length + more;
        int doubled = bytes.length > LARGEST_ARRAY / 2 ? LARGEST_ARRAY : bytes.length * 2;
        bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
        end = Math.min(bytes.length, limit);
    }
}
