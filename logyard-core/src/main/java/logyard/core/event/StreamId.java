package logyard.core.event;

import java.util.HexFormat;

/**
 * Which stream a batch belongs to: one generation of one file, or whatever else a publisher numbers. 16 bytes that the
 * publisher chooses; the same after its restart.
 */
public record StreamId(long high, long low) {
    public static final int BYTES = 16;

    /** The id in the first 16 bytes at {@code offset}. */
    public static StreamId read(byte[] bytes, int offset) {
        return new StreamId(ByteBuilder.longAt(bytes, offset), ByteBuilder.longAt(bytes, offset + Long.BYTES));
    }

    /** The id written as 32 hexadecimal digits. */
    public static StreamId parse(String hex) {
        if (hex.length() != 2 * BYTES) {
            throw new IllegalArgumentException("Not a stream id of 32 hexadecimal digits: " + hex);
        }
        return new StreamId(HexFormat.fromHexDigitsToLong(hex, 0, 16), HexFormat.fromHexDigitsToLong(hex, 16, 32));
    }

    void write(ByteBuilder out) {
        out.appendLong(high).appendLong(low);
    }

    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(high) + hex.toHexDigits(low);
    }
}
