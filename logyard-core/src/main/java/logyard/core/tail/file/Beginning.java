package logyard.core.tail.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The first bytes of a file that is being read, kept to notice when it was emptied and written anew. Immutable.
 *
 * <p>The size tells only that a file is shorter than before; one that was refilled beyond that shows by its beginning.
 */
public final class Beginning {
    private final byte[] bytes;
    private final Fingerprint fingerprint;

    private Beginning(ByteBuffer read) {
        this.bytes = new byte[read.remaining()];
        read.duplicate().get(bytes);
        this.fingerprint = Fingerprint.of(read);
    }

    /** How a file begins now. */
    public static Beginning of(OpenFile file) throws IOException {
        return new Beginning(file.read(0, Fingerprint.LONGEST));
    }

    public Fingerprint fingerprint() {
        return fingerprint;
    }

    /** Whether the file still begins so; costs one read of 1 KiB at most. */
    public boolean isStillIn(OpenFile file) throws IOException {
        return bytes.length == 0 || file.read(0, bytes.length).equals(ByteBuffer.wrap(bytes));
    }

    /** Whether another file, which may be shorter, begins so as far as it goes. */
    public boolean isSharedBy(OpenFile other) throws IOException {
        ByteBuffer read = other.read(0, bytes.length);
        return read.hasRemaining() && read.equals(ByteBuffer.wrap(bytes, 0, read.remaining()));
    }

    /** This, or more of the file if there is more of it now; this as well if the file was written anew meanwhile. */
    public Beginning grown(OpenFile file, long size) throws IOException {
        if (bytes.length == Fingerprint.LONGEST || bytes.length >= size) {
            return this;
        }
        Beginning now = of(file);
        return now.startsWith(bytes) ? now : this;
    }

    private boolean startsWith(byte[] first) {
        return first.length <= bytes.length && Arrays.equals(bytes, 0, first.length, first, 0, first.length);
    }
}
