package logyard.core.template.value;

/**
 * An integer that the template itself made: a literal, a length, an index or a byte of a string. Those that come from a
 * record are {@link JsonInteger}s.
 */
public record IntValue(long value, String typeName) implements Value {
    /** A value of Go's type {@code int}. */
    public IntValue(long value) {
        this(value, "int");
    }

    /** What {@code index} takes out of a string. */
    public static IntValue ofByte(byte value) {
        return new IntValue(value & 0xFF, "uint8");
    }

    @Override
    public boolean isTrue() {
        return value != 0;
    }
}
