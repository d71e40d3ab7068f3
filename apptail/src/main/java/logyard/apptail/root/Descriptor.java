package logyard.apptail.root;

import com.sun.jna.LastErrorException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import logyard.core.tail.file.FileStatus;

/**
 * A name for one file or directory that stays with it whatever becomes of its path, as the kernel's {@code O_PATH} gives
 * it. What {@link #self} names is that file and no other, so that everything else can be done by Java.
 *
 * <p>Not thread-safe.
 */
final class Descriptor implements Closeable {
    private static final int LONGEST_LINK = 4096;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final int NAME_ONLY = SystemCalls.O_PATH | SystemCalls.O_CLOEXEC;

    /** The {@code struct open_how} of {@link #straight}. */
    private static final byte[] STRAIGHT = ByteBuffer.allocate(3 * Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN) // as both architectures are
            .putLong(NAME_ONLY)
            .putLong(0)
            .putLong(SystemCalls.RESOLVE_NO_SYMLINKS | SystemCalls.RESOLVE_BENEATH)
            .array();

    /**
     * From {@code linux/magic.h}: proc, sysfs, cgroup and cgroup2, debugfs, tracefs, securityfs, bpf and pstore. Their files are
     * the kernel's: some tell of the process that reads them, and some let it wait for ever.
     */
    private static final Set<Long> OF_THE_KERNEL = Set.of(
            0x9fa0L,
            0x62656572L,
            0x27e0ebL,
            0x63677270L,
            0x64626720L,
            0x74726163L,
            0x73636673L,
            0xcafe4a11L,
            0x6165676cL);

    /** More than any {@code struct statfs} has. */
    private static final int STATFS_BYTES = 512;

    private int number;

    private Descriptor(int number) {
        this.number = number;
    }

    /** The directory at an absolute path, through links. */
    static Descriptor trusted(Path directory) throws IOException {
        return open(SystemCalls.AT_FDCWD, directory.toString(), NAME_ONLY | SystemCalls.O_DIRECTORY);
    }

    /** A directory in this one; a link, or anything else, is refused with {@link NotDirectory}. */
    Descriptor directory(String name) throws IOException {
        return open(number, name, NAME_ONLY | SystemCalls.O_NOFOLLOW | SystemCalls.O_DIRECTORY);
    }

    /** Whatever has that name in this directory, be it a link. Does not open it. */
    Descriptor entry(String name) throws IOException {
        return open(number, name, NAME_ONLY | SystemCalls.O_NOFOLLOW);
    }

    /**
     * What is at a path below this directory, in one step; empty if that cannot be said so: there is a link on the way or at
     * its end, the path leads out, or the kernel does not know the call, as Linux before 5.6, or is told not to.
     *
     * @param path relative, without {@code .} and {@code ..}
     */
    Optional<Descriptor> straight(String path) throws IOException {
        try {
            long opened = SystemCalls.syscall(SystemCalls.OPENAT2, number, bytes(path), STRAIGHT, STRAIGHT.length);
            return Optional.of(new Descriptor((int) opened));
        } catch (LastErrorException e) {
            return switch (e.getErrorCode()) {
                case SystemCalls.ENOENT, SystemCalls.ENOTDIR -> throw failure(e.getErrorCode(), path);
                default -> Optional.empty();
            };
        }
    }

    /** What the link of that name says; empty if it is none. */
    Optional<String> link(String name) throws IOException {
        byte[] target = new byte[LONGEST_LINK];
        try {
            int length = (int) SystemCalls.readlinkat(number, bytes(name), target, target.length);
            return Optional.of(new String(target, 0, length, StandardCharsets.UTF_8));
        } catch (LastErrorException e) {
            if (e.getErrorCode() == SystemCalls.EINVAL) {
                return Optional.empty();
            }
            throw failure(e.getErrorCode(), name);
        }
    }

    /** A path that leads to this file for as long as this is open. */
    Path self() {
        return DESCRIPTORS.resolve(Integer.toString(number));
    }

    FileStatus status() throws IOException {
        return FileStatus.of(self());
    }

    /**
     * Opens this file, which must be a regular one and none of the kernel's, for reading. Does not wait for the holder of a lease: who has one
     * could make us wait for 45 s.
     */
    FileChannel read() throws IOException {
        requireStored();
        int flags = SystemCalls.O_RDONLY | SystemCalls.O_NONBLOCK | SystemCalls.O_CLOEXEC;
        try (Descriptor open = open(SystemCalls.AT_FDCWD, self().toString(), flags)) {
            // A file that is open for reading gets no lease that would hold up a reader.
            return FileChannel.open(open.self(), StandardOpenOption.READ);
        }
    }

    private void requireStored() throws IOException {
        byte[] status = new byte[STATFS_BYTES];
        try {
            int unused = SystemCalls.fstatfs(number, status);
        } catch (LastErrorException e) {
            throw failure(e.getErrorCode(), self().toString());
        }
        if (OF_THE_KERNEL.contains(
                ByteBuffer.wrap(status).order(ByteOrder.nativeOrder()).getLong())) {
            throw new NoSuchFileException(self().toString(), null, "it is the kernel's, and no log");
        }
    }

    private static Descriptor open(int directory, String path, int flags) throws IOException {
        try {
            return new Descriptor(SystemCalls.openat(directory, bytes(path), flags));
        } catch (LastErrorException e) {
            throw failure(e.getErrorCode(), path);
        }
    }

    private static byte[] bytes(String path) throws IOException {
        if (path.indexOf('\0') >= 0) {
            throw new FileSystemException("a path with NUL");
        }
        byte[] utf8 = path.getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(utf8, utf8.length + 1);
    }

    private static IOException failure(int error, String path) {
        return switch (error) {
            case SystemCalls.ENOENT -> new NoSuchFileException(path);
            case SystemCalls.ENOTDIR, SystemCalls.ELOOP -> new NotDirectory(path);
            case SystemCalls.EACCES -> new AccessDeniedException(path);
            default -> new FileSystemException(path, null, "error " + error);
        };
    }

    /** What should have been a directory is something else. */
    static final class NotDirectory extends FileSystemException {
        NotDirectory(String path) {
            super(path, null, "not a directory");
        }
    }

    @Override
    public void close() {
        if (number >= 0) {
            SystemCalls.close(number);
            number = -1;
        }
    }
}
