package logyard.core.template.value;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import logyard.core.template.text.ByteOutput;

/** A string as Go has it: bytes, usually UTF-8, ordered byte by byte. */
public final class StringValue implements Value, Comparable<StringValue> {
    private final byte[] bytes;

    /** A string of exactly these bytes, which must not change any more. */
    public StringValue(byte[] bytes) {
        this.bytes = bytes;
    }

    public static StringValue of(String text) {
        return new StringValue(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The bytes themselves, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Go's {@code len}: the number of bytes. */
    public int length() {
        return bytes.length;
    }

    public void writeTo(ByteOutput out) {
        out.write(bytes);
    }

    @Override
    public String typeName() {
        return "string";
    }

    @Override
    public boolean isTrue() {
        return bytes.length > 0;
    }

    @Override
    public int compareTo(StringValue other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StringValue string && Arrays.equals(bytes, string.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
