package logyard.core.tail.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import logyard.core.tail.file.FileStatus.Kind;
import org.jspecify.annotations.Nullable;

/**
 * A regular file, open for reading, under whatever name it may have by now.
 *
 * <p>Not thread-safe.
 */
public final class OpenFile implements Closeable {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int ATTEMPTS = 5;

    private final FileChannel channel;
    private final Path path;
    private final FileStatus opened;
    private @Nullable Path descriptor;

    private OpenFile(FileChannel channel, Path path, FileStatus opened) {
        this.channel = channel;
        this.path = path;
        this.opened = opened;
    }

    /**
     * A regular file that was opened elsewhere, and is closed with this.
     *
     * @param path where it was then, without symbolic links
     * @param opened what it was then
     */
    public static OpenFile of(FileChannel channel, Path path, FileStatus opened) {
        return new OpenFile(channel, path, opened);
    }

    /**
     * Opens what is at a path now, through symbolic links.
     *
     * <p>Java cannot ask an open descriptor which file it is, so the path is looked at before and after. Anything but a
     * regular file is refused before it is opened, because to open a FIFO is to wait for its writer; one put there in the
     * microseconds between look and open would still block.
     *
     * @throws IOException if nothing, or no regular file, is there, or it may not be read
     */
    public static OpenFile open(Path path) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Path real = path.toRealPath();
            FileStatus before = regular(real);
            FileChannel channel = FileChannel.open(real, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
            FileStatus after = FileStatus.of(real, LinkOption.NOFOLLOW_LINKS);
            if (after.isSameFileAs(before)) {
                return new OpenFile(channel, real, after);
            }
            channel.close();
        }
        throw new FileSystemException(path.toString(), null, "replaced again and again");
    }

    private static FileStatus regular(Path real) throws IOException {
        FileStatus status = FileStatus.of(real, LinkOption.NOFOLLOW_LINKS);
        if (status.kind() == Kind.ABSENT) {
            throw new NoSuchFileException(real.toString());
        }
        if (!status.isRegular()) {
            throw new FileSystemException(real.toString(), null, "not a regular file");
        }
        return status;
    }

    /** Where the file was when it was opened, without symbolic links. */
    public Path path() {
        return path;
    }

    /** What it was when it was opened. */
    public FileStatus opened() {
        return opened;
    }

    public long size() throws IOException {
        return channel.size();
    }

    /** Reads as much as there is and fits; at or past the end of the file that is nothing. */
    public int read(ByteBuffer target, long position) throws IOException {
        return Math.max(0, channel.read(target, position));
    }

    /** Reads {@code length} bytes, or fewer if the file ends before. */
    ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && read(bytes, position + bytes.position()) > 0) {
            // a read may give less than there is
        }
        return bytes.flip();
    }

    /** Whether the file begins as another one, or this one, did when {@code known} was taken of it. */
    public boolean begins(Fingerprint known) throws IOException {
        return Fingerprint.of(read(0, known.length())).equals(known);
    }

    /** Whether this file is not empty and has the same bytes as the other one, as far as its beginning and its end tell. */
    public boolean isCopyOfBeginningOf(OpenFile other) throws IOException {
        long size = size();
        long end = Math.max(0, size - Fingerprint.LONGEST);
        int length = (int) (size - end);
        return length > 0
                && size <= other.size()
                && read(0, length).equals(other.read(0, length))
                && read(end, length).equals(other.read(end, length));
    }

    /**
     * Whether no directory lists this file any more, so that nobody new can open it.
     *
     * <p>Only the kernel's own list of our descriptors tells; where there is none, every file counts as unlinked.
     */
    public boolean isUnlinked() {
        try {
            if (descriptor == null || !FileStatus.of(descriptor).isSameFileAs(opened)) {
                descriptor = findDescriptor();
            }
            return descriptor == null || FileStatus.of(descriptor).links() == 0;
        } catch (IOException | DirectoryIteratorException e) {
            return true;
        }
    }

    private @Nullable Path findDescriptor() throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(DESCRIPTORS)) {
            for (Path candidate : all) {
                if (isOurs(candidate)) {
                    return candidate;
                }
            }
        }
        return null;
    }

    private boolean isOurs(Path candidate) {
        try {
            return FileStatus.of(candidate).isSameFileAs(opened);
        } catch (IOException e) {
            return false; // such as the descriptor the listing itself had
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
