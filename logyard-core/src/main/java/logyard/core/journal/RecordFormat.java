package logyard.core.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * How a record looks: {@code length u32 · crc32c u32 · time u64 · kind u8 · payload}. The length counts what follows the
 * checksum, and the checksum covers it.
 */
final class RecordFormat {
    /** A batch frame as it was received. */
    static final byte BATCH = 1;

    /** A single event. */
    static final byte EVENT = 2;

    /** What comes before the payload. */
    static final int HEADER_BYTES = 17;

    /** What of it precedes the checksummed part. */
    static final int PREFIX_BYTES = 8;

    private static final int MIN_LENGTH = HEADER_BYTES - PREFIX_BYTES + 1;

    /** No frame the core takes is larger; a length beyond it is damage. */
    static final int MAX_LENGTH = 4 << 20;

    private RecordFormat() {}

    /** Puts the header of a record into {@code into}; its payload is to follow. */
    static void putHeader(ByteBuffer into, long timeNanos, byte kind, byte[] payload) {
        int start = into.position();
        into.position(start + PREFIX_BYTES);
        into.putLong(timeNanos).put(kind);
        var crc = new CRC32C();
        crc.update(into.duplicate().flip().position(start + PREFIX_BYTES));
        crc.update(payload);
        into.putInt(start, HEADER_BYTES - PREFIX_BYTES + payload.length)
                .putInt(start + Integer.BYTES, (int) crc.getValue());
    }

    /** Whether a record can have the length that stands at {@code offset}. */
    static boolean isPlausible(ByteBuffer buffer, int offset) {
        int length = buffer.getInt(offset);
        return length >= MIN_LENGTH && length <= MAX_LENGTH;
    }

    /** How many bytes the record at {@code offset} takes, its header included. */
    static int size(ByteBuffer buffer, int offset) {
        return PREFIX_BYTES + buffer.getInt(offset);
    }

    /** Whether the record at {@code offset}, all of which is in the buffer, is undamaged and of a known kind. */
    static boolean isIntact(ByteBuffer buffer, int offset) {
        byte kind = buffer.get(offset + HEADER_BYTES - 1);
        if (kind != BATCH && kind != EVENT) {
            return false;
        }
        var crc = new CRC32C();
        crc.update(buffer.duplicate().limit(offset + size(buffer, offset)).position(offset + PREFIX_BYTES));
        return (int) crc.getValue() == buffer.getInt(offset + Integer.BYTES);
    }

    static long timeNanos(ByteBuffer buffer, int offset) {
        return buffer.getLong(offset + PREFIX_BYTES);
    }

    static byte[] payload(ByteBuffer buffer, int offset) {
        byte[] payload = new byte[size(buffer, offset) - HEADER_BYTES];
        buffer.get(offset + HEADER_BYTES, payload);
        return payload;
    }
}
