package logyard.core.router;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import logyard.config.DurableFile;
import logyard.config.fault.DurableStep;

/**
 * The file of {@link CursorNotes}: a header, and behind it one slot for each reader with room for two notes, of which the
 * older one is overwritten. Any thread.
 */
final class NoteFile implements Closeable {
    private static final long MAGIC = 0x4c59_4e4f_5445_5331L; // LYNOTES1

    private static final int NOTES = 2;
    private static final int SLOT_BYTES = NOTES * CursorNote.BYTES;
    private static final int HEADER_BYTES = SLOT_BYTES;

    /** Tens of thousands of readers; what is larger is not ours. */
    private static final long MAX_BYTES = 16L << 20;

    // Not a FileChannel: an interrupt would close that, and drains are stopped by interrupts.
    private final RandomAccessFile file;

    private NoteFile(RandomAccessFile file) {
        this.file = file;
    }

    /** All notes that were made in a life, in no order; none if the file is not of that life. */
    static List<CursorNote> read(Path path, Life life) throws IOException {
        byte[] content;
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new IOException("it has " + Files.size(path) + " bytes");
            }
            content = Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<CursorNote> notes = new ArrayList<>();
        if (Arrays.equals(header(life), Arrays.copyOf(content, HEADER_BYTES))) {
            for (int at = HEADER_BYTES; at < content.length; at += CursorNote.BYTES) {
                CursorNote.at(content, at).ifPresent(notes::add);
            }
        }
        return notes;
    }

    /**
     * Replaces the file by one that has these notes, in slots from 0 on. Synced, so that what was dropped never comes
     * back.
     *
     * @throws IOException if that cannot be done; there is no file then, unless not even that can be had
     */
    static NoteFile replace(Path path, Life life, List<CursorNote> notes) throws IOException {
        ByteBuffer content = ByteBuffer.allocate(HEADER_BYTES + notes.size() * SLOT_BYTES);
        content.put(header(life));
        for (int slot = 0; slot < notes.size(); slot++) {
            CursorNote note = notes.get(slot);
            content.position(HEADER_BYTES + slot * SLOT_BYTES + place(note)).put(note.toBytes());
        }
        Path next = path.resolveSibling(path.getFileName() + ".next");
        try {
            Files.deleteIfExists(next);
            write(next, content.rewind());
            Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            DurableFile.syncFolder(path);
            return new NoteFile(new RandomAccessFile(path.toFile(), "rw"));
        } catch (IOException e) {
            Files.deleteIfExists(path); // else its notes would be believed at a later start
            Files.deleteIfExists(next);
            throw e;
        }
    }

    private static void write(Path path, ByteBuffer content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            while (content.hasRemaining()) {
                channel.write(content);
            }
            channel.force(true);
        }
    }

    private static byte[] header(Life life) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .putLong(MAGIC)
                .putLong(life.boot().getMostSignificantBits())
                .putLong(life.boot().getLeastSignificantBits())
                .putLong(life.journal().getMostSignificantBits())
                .putLong(life.journal().getLeastSignificantBits())
                .array();
    }

    private static int place(CursorNote note) {
        return (int) (note.number() % NOTES) * CursorNote.BYTES;
    }

    /** Writes a note over the older one of its slot: numbers go up by one. Does not wait for the disk. */
    void write(int slot, CursorNote note) throws IOException {
        write(slot, place(note), note.toBytes());
        DurableStep.CURSOR_NOTED.done();
    }

    /** Nothing is in the slot any more. */
    void clear(int slot) throws IOException {
        write(slot, 0, new byte[SLOT_BYTES]);
    }

    private synchronized void write(int slot, int offset, byte[] bytes) throws IOException {
        file.seek(HEADER_BYTES + (long) slot * SLOT_BYTES + offset);
        file.write(bytes);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
