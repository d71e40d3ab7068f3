package logyard.core.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;

/** A disk that fails where a test says so. */
final class FaultyDisk implements Disk {
    static final long AMPLE = 1L << 40;

    /** So many bytes can still be written; a write that does not fit is done in part and the next one fails. */
    final AtomicLong roomBytes = new AtomicLong(AMPLE);

    /** What the file system says is free. */
    volatile long usableBytes = AMPLE;

    volatile boolean failForce;
    volatile boolean failFolderSync;
    volatile boolean failToMakeFiles;

    /** Which bytes of every file cannot be read. */
    volatile LongPredicate unreadable = offset -> false;

    /** Called before a segment is forced. */
    volatile Runnable beforeForce = () -> {};

    final AtomicInteger forces = new AtomicInteger();
    final AtomicInteger openFiles = new AtomicInteger();
    final AtomicInteger bytesWritten = new AtomicInteger();

    @Override
    public FileChannel open(Path file, OpenOption... options) throws IOException {
        List<OpenOption> wanted = Arrays.asList(options);
        if (failToMakeFiles && wanted.contains(StandardOpenOption.CREATE)) {
            throw new IOException("No space left on device");
        }
        FileChannel channel = LOCAL.open(file, options);
        openFiles.incrementAndGet();
        return new DiskChannel(channel) {
            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                for (long at = position; at < position + into.remaining(); at++) {
                    if (unreadable.test(at)) {
                        throw new IOException("Input/output error");
                    }
                }
                return super.read(into, position);
            }

            @Override
            public int write(ByteBuffer bytes, long position) throws IOException {
                if (roomBytes.get() <= 0) {
                    throw new IOException("No space left on device");
                }
                int limit = bytes.limit();
                bytes.limit((int) Math.min(limit, bytes.position() + roomBytes.get()));
                int written = super.write(bytes, position);
                bytes.limit(limit);
                roomBytes.addAndGet(-written);
                bytesWritten.addAndGet(written);
                return written;
            }

            @Override
            public void force(boolean metaData) throws IOException {
                beforeForce.run();
                forces.incrementAndGet();
                if (failForce) {
                    throw new IOException("Input/output error");
                }
                super.force(metaData);
            }

            @Override
            protected void implCloseChannel() throws IOException {
                openFiles.decrementAndGet();
                super.implCloseChannel();
            }
        };
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        if (failFolderSync) {
            throw new IOException("Input/output error");
        }
        LOCAL.syncFolder(folder);
    }

    @Override
    public long usableBytes(Path folder) {
        return usableBytes;
    }
}
