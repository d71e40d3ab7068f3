package logyard.core.journal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What stands before the payload of each record: {@code length u32 · payload crc32c u32 · time u64 · kind u8 · check
 * u32}. Made and read without an object for each. One thread.
 *
 * <p>The check is the CRC32C of what is before it, combined with the position of the record. So a header is known for one
 * without its payload, however long that claims to be, and a copy of a record within the payload of another is none.
 *
 * <p>A header of the kind <i>evicted</i> stands where records were whose room was needed; its payload is a hole.
 */
final class RecordHeader {
    static final int BYTES = 21;

    /** The largest frame; what claims to be longer is damaged. */
    static final int MAX_PAYLOAD_BYTES = 2 << 20;

    private static final byte BATCH = 1;
    private static final byte EVENT = 2;
    private static final byte EVICTED = 3;

    private static final int PAYLOAD_CRC = 4;
    private static final int TIME = 8;
    private static final int KIND = 16;
    private static final int CHECK = 17;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] made = new byte[BYTES];
    private final CRC32C crc = new CRC32C();

    private int length;
    private int payloadCrc;
    private long timeNanos;
    private boolean evicted;

    /** The header of a record; the array is reused. */
    byte[] of(long position, long timeNanos, boolean batch, byte[] payload) {
        return of(position, timeNanos, batch ? BATCH : EVENT, payload.length, crc(payload, 0, payload.length));
    }

    /** The header of a hole of so many bytes; the array is reused. */
    byte[] ofEvicted(long position, int bytes) {
        return of(position, 0, EVICTED, bytes, 0);
    }

    private byte[] of(long position, long timeNanos, byte kind, int length, int payloadCrc) {
        INT.set(made, 0, length);
        INT.set(made, PAYLOAD_CRC, payloadCrc);
        LONG.set(made, TIME, timeNanos);
        made[KIND] = kind;
        INT.set(made, CHECK, check(made, 0, position));
        return made;
    }

    /** Reads the header at {@code offset} of an array; false if there is none of a record at {@code position}. */
    boolean read(byte[] bytes, int offset, long position) {
        length = (int) INT.get(bytes, offset);
        if (length <= 0 || length > MAX_PAYLOAD_BYTES) {
            return false;
        }
        byte kind = bytes[offset + KIND];
        if ((kind != BATCH && kind != EVENT && kind != EVICTED)
                || check(bytes, offset, position) != (int) INT.get(bytes, offset + CHECK)) {
            return false;
        }
        payloadCrc = (int) INT.get(bytes, offset + PAYLOAD_CRC);
        timeNanos = (long) LONG.get(bytes, offset + TIME);
        evicted = kind == EVICTED;
        return true;
    }

    /** Whether there is no record any more, and its payload a hole. */
    boolean isEvicted() {
        return evicted;
    }

    /** How long the payload is. */
    int length() {
        return length;
    }

    long timeNanos() {
        return timeNanos;
    }

    /** Whether these bytes are the payload that was written behind the header. */
    boolean describes(byte[] payload) {
        return crc(payload, 0, payload.length) == payloadCrc;
    }

    private int check(byte[] bytes, int offset, long position) {
        return crc(bytes, offset, CHECK) ^ Long.hashCode(position);
    }

    private int crc(byte[] bytes, int offset, int count) {
        crc.reset();
        crc.update(bytes, offset, count);
        return (int) crc.getValue();
    }
}
