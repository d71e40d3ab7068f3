package logyard.core.router;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * How far one reader of the journal had got at a moment, as it is in the file of {@link CursorNotes}.
 *
 * @param reader the {@code id} of its cursor
 * @param number the later of two has the higher one
 * @param cursor what is counted by its {@code countedTo} is in the journal's file
 */
record CursorNote(UUID reader, long number, FeedCursor cursor) {
    /** What it takes in the file. */
    static final int BYTES = 256;

    private static final DropReason[] REASONS = DropReason.values();

    /** The bytes of the file, ready to be written. */
    byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putInt(0); // the checksum
        bytes.putInt(REASONS.length);
        bytes.putLong(reader.getMostSignificantBits()).putLong(reader.getLeastSignificantBits());
        bytes.putLong(number);
        bytes.putLong(cursor.position());
        bytes.putLong(cursor.account().delivered());
        bytes.putLong(cursor.unstored());
        for (DropReason reason : REASONS) {
            Drop drop = Drop.orNone(cursor.account().drops().get(reason));
            bytes.putLong(drop.events())
                    .putLong(drop.since())
                    .putLong(drop.announced())
                    .putLong(drop.openSince());
        }
        bytes.putLong(cursor.stored()).putLong(cursor.countedTo());
        return bytes.putInt(0, checksum(bytes.array(), 0)).array();
    }

    /** The note at an offset; empty if there is none, or only a part of one. */
    static Optional<CursorNote> at(byte[] file, int offset) {
        if (file.length - offset < BYTES) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(file, offset, BYTES);
        if (bytes.getInt() != checksum(file, offset) || bytes.getInt() != REASONS.length) {
            return Optional.empty();
        }
        var reader = new UUID(bytes.getLong(), bytes.getLong());
        long number = bytes.getLong();
        long position = bytes.getLong();
        long delivered = bytes.getLong();
        long unstored = bytes.getLong();
        Map<DropReason, Drop> drops = new EnumMap<>(DropReason.class);
        for (DropReason reason : REASONS) {
            var drop = new Drop(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
            if (drop.events() > 0) {
                drops.put(reason, drop);
            }
        }
        var account = new Account(delivered, drops);
        var cursor = new FeedCursor(position, account, bytes.getLong(), bytes.getLong(), unstored);
        return Optional.of(new CursorNote(reader, number, cursor));
    }

    private static int checksum(byte[] file, int offset) {
        var crc = new CRC32C();
        crc.update(file, offset + Integer.BYTES, BYTES - Integer.BYTES);
        return (int) crc.getValue();
    }

    /** Whether it goes on from where a cursor was saved; that may be further on, behind what nobody wanted. */
    boolean isAfter(FeedCursor saved) {
        boolean isThere = cursor.position() >= saved.position()
                || cursor.account().settled() == saved.account().settled();
        return isThere
                && cursor.unstored() >= saved.unstored()
                && cursor.account().includes(saved.account());
    }

    /** The cursor that would have been saved with it. */
    FeedCursor after(FeedCursor saved) {
        boolean hasCountedMore = cursor.countedTo() >= saved.countedTo();
        return new FeedCursor(
                Math.max(cursor.position(), saved.position()),
                cursor.account(),
                hasCountedMore ? cursor.stored() : saved.stored(),
                hasCountedMore ? cursor.countedTo() : saved.countedTo(),
                cursor.unstored());
    }
}
