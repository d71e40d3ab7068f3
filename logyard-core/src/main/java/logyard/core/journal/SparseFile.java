package logyard.core.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Writes a file in which pages of zeros take no room on the disk: they are left out. Copies parts of another into it. One
 * thread.
 */
final class SparseFile {
    /** What file systems give room by, nearly all of them. */
    private static final int PAGE_BYTES = 4 << 10;

    private static final int COPY_BYTES = 64 * PAGE_BYTES;
    private static final byte[] ZEROS = new byte[PAGE_BYTES];

    private final FileChannel channel;
    private final byte[] copied = new byte[COPY_BYTES];

    /** @param channel of an empty file */
    SparseFile(FileChannel channel) {
        this.channel = channel;
    }

    /** How many bytes of the room between two offsets are free if nothing is written there. */
    static long holeBytes(long from, long to) {
        long first = (from + PAGE_BYTES - 1) / PAGE_BYTES;
        return Math.max(0, to / PAGE_BYTES - first) * PAGE_BYTES;
    }

    /** Writes bytes to an offset. */
    void write(byte[] bytes, long offset) throws IOException {
        write(bytes, 0, bytes.length, offset);
    }

    private void write(byte[] bytes, int start, int end, long offset) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, start, end - start);
        while (buffer.hasRemaining()) {
            channel.write(buffer, offset + buffer.position() - start);
        }
    }

    /**
     * Copies the bytes of another file between two offsets to an offset of this one.
     *
     * @param name of the other one, for errors
     */
    void copy(FileChannel source, Path name, long from, long to, long offset) throws IOException {
        long at = from;
        while (at < to) {
            int aligned = COPY_BYTES - (int) ((offset + at - from) % PAGE_BYTES);
            int count = (int) Math.min(aligned, to - at);
            ByteBuffer buffer = ByteBuffer.wrap(copied, 0, count);
            while (buffer.hasRemaining()) {
                if (source.read(buffer, at + buffer.position()) < 0) {
                    throw new EOFException(name + " ends at " + (at + buffer.position()) + ", before " + to);
                }
            }
            writeWithoutZeros(count, offset + at - from);
            at += count;
        }
    }

    /** Writes what was copied, page by page of this file, but no page of zeros. */
    private void writeWithoutZeros(int count, long offset) throws IOException {
        int from = 0;
        for (int at = 0; at < count; ) {
            int end = (int) Math.min(count, at + PAGE_BYTES - (offset + at) % PAGE_BYTES);
            if (Arrays.equals(copied, at, end, ZEROS, 0, end - at)) {
                write(copied, from, at, offset + from);
                from = end;
            }
            at = end;
        }
        write(copied, from, count, offset + from);
    }

    /** Makes the file at least so long. */
    void extendTo(long bytes) throws IOException {
        if (channel.size() < bytes) {
            write(ZEROS, 0, 1, bytes - 1);
        }
    }
}
