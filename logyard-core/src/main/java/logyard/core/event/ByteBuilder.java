package logyard.core.event;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing array of bytes, for writing many small pieces without an object for each. One thread at a time.
 *
 * <p>Integers are big-endian, as everywhere in Logyard's formats.
 */
public final class ByteBuilder {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private byte[] bytes;
    private int length;

    /** An empty builder with room for {@code capacity} bytes before it grows. */
    public ByteBuilder(int capacity) {
        bytes = new byte[capacity];
    }

    /** The array in use; its first {@link #length} bytes count. Another one after each growth. */
    public byte[] array() {
        return bytes;
    }

    public int length() {
        return length;
    }

    /** Cuts the content to its first {@code newLength} bytes. */
    public void truncate(int newLength) {
        if (newLength > length) {
            throw new IllegalArgumentException("Cannot cut " + length + " bytes to " + newLength);
        }
        length = newLength;
    }

    /** A copy of the content. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, length);
    }

    public ByteBuilder append(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
        return this;
    }

    public ByteBuilder append(byte[] from) {
        return append(from, 0, from.length);
    }

    /** Appends the text in UTF-8. */
    public ByteBuilder append(String text) {
        return append(text.getBytes(StandardCharsets.UTF_8));
    }

    public ByteBuilder append(char ascii) {
        return appendByte(ascii);
    }

    public ByteBuilder appendByte(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
        return this;
    }

    public ByteBuilder appendInt(int value) {
        reserve(Integer.BYTES);
        INT.set(bytes, length, value);
        length += Integer.BYTES;
        return this;
    }

    public ByteBuilder appendLong(long value) {
        reserve(Long.BYTES);
        LONG.set(bytes, length, value);
        length += Long.BYTES;
        return this;
    }

    /** Overwrites four bytes written before. */
    public void setInt(int offset, int value) {
        INT.set(bytes, offset, value);
    }

    /** The four bytes at {@code offset} of {@code from} as an integer. */
    static int intAt(byte[] from, int offset) {
        return (int) INT.get(from, offset);
    }

    /** The eight bytes at {@code offset} of {@code from} as an integer. */
    static long longAt(byte[] from, int offset) {
        return (long) LONG.get(from, offset);
    }

    static void setLong(byte[] into, int offset, long value) {
        LONG.set(into, offset, value);
    }

    /** Makes room for {@code count} more bytes, so that {@link #array} can be written to directly up to there. */
    public byte[] reserve(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(length, count), bytes.length * 2));
        }
        return bytes;
    }

    /** Counts {@code count} bytes, written to the array after {@link #reserve}, as content. */
    public void advance(int count) {
        length += count;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
