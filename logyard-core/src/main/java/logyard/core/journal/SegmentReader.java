package logyard.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * Reads the bytes of one segment, ahead through a small buffer. One thread.
 *
 * <p>Pages that the disk cannot read are zeros, which no checksum takes for records. Only if it can read nothing of the
 * file does reading fail: then the disk is gone, not the page.
 */
final class SegmentReader implements AutoCloseable {
    /** So that a thousand readers take 32 MB; a larger one is hardly faster, a smaller one slower. */
    private static final int BUFFER_BYTES = 32 << 10;

    /** The most that is read at once: for as much the JDK keeps memory outside the heap for every thread. */
    private static final int READ_BYTES = 64 << 10;

    private static final int PAGE_BYTES = 4 << 10;

    private final SegmentList.Entry entry;
    private final FileChannel channel;
    private final int edition;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;
    private long bufferPosition;

    private SegmentReader(SegmentList.Entry entry, int edition, FileChannel channel) {
        this.entry = entry;
        this.edition = edition;
        this.channel = channel;
    }

    static SegmentReader open(Disk disk, SegmentList.Entry entry) throws IOException {
        int edition = entry.edition(); // first: a file that is opened later is that one or a newer one
        return new SegmentReader(entry, edition, disk.open(entry.segment().file(), StandardOpenOption.READ));
    }

    /** Whether no other file took the place of this one; if one did, what is missing in this is no damage. */
    boolean isCurrent() {
        return edition == entry.edition();
    }

    SegmentList.Entry entry() {
        return entry;
    }

    /** The bytes that were read ahead. */
    byte[] buffer() {
        return buffer;
    }

    /**
     * Makes sure that {@code count} bytes from {@code position} on are in the buffer, and reads ahead up to {@code end}.
     *
     * @return where in the buffer they are, or -1 if the file has fewer
     */
    int load(long position, int count, long end) throws IOException {
        if (position < bufferPosition || position + count > bufferPosition + buffered) {
            buffered = 0; // should reading fail
            buffered = read(position, buffer, 0, (int) Math.min(BUFFER_BYTES, end - position));
            bufferPosition = position;
        }
        int offset = (int) (position - bufferPosition);
        return buffered - offset < count ? -1 : offset;
    }

    /** Fills {@code bytes} from {@code position} on, from the buffer as far as it goes; false if the file has fewer. */
    boolean read(long position, byte[] bytes) throws IOException {
        int copied = 0;
        if (position >= bufferPosition && position < bufferPosition + buffered) {
            int offset = (int) (position - bufferPosition);
            copied = Math.min(bytes.length, buffered - offset);
            System.arraycopy(buffer, offset, bytes, 0, copied);
        }
        int left = bytes.length - copied;
        return read(position + copied, bytes, copied, left) == left;
    }

    /** Reads up to {@code count} bytes; how many there were. */
    private int read(long position, byte[] into, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int read = readSome(position + done, into, offset + done, Math.min(READ_BYTES, count - done));
            if (read < 0) {
                return done;
            }
            done += read;
        }
        return done;
    }

    private int readSome(long position, byte[] into, int offset, int count) throws IOException {
        try {
            return channel.read(
                    ByteBuffer.wrap(into, offset, count),
                    position - entry.segment().base());
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            return readGoodPages(position, into, offset, count, e);
        }
    }

    private int readGoodPages(long position, byte[] into, int offset, int count, IOException failure)
            throws IOException {
        int done = 0;
        boolean any = false;
        while (done < count) {
            long at = position + done - entry.segment().base();
            int length = (int) Math.min(PAGE_BYTES - at % PAGE_BYTES, count - done);
            try {
                int read = channel.read(ByteBuffer.wrap(into, offset + done, length), at);
                if (read < 0) {
                    break;
                }
                any = true;
                done += read;
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                Arrays.fill(into, offset + done, offset + done + length, (byte) 0);
                done += length;
            }
        }
        if (!any && !readsElsewhere()) {
            throw new IOException("Cannot read " + entry.segment().file() + ": " + failure.getMessage(), failure);
        }
        return done;
    }

    private boolean readsElsewhere() throws IOException {
        long size = channel.size();
        for (long at : new long[] {0, size / 2, size - 1}) {
            try {
                return channel.read(ByteBuffer.allocate(1), at) > 0;
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                // Perhaps at the next place.
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
