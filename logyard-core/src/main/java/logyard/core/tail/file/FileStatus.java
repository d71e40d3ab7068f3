package logyard.core.tail.file;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What one look at a path showed.
 *
 * @param birth nanoseconds since 1970; only {@linkplain #isBirthCertain sometimes} to be relied upon
 * @param modified nanoseconds since 1970
 * @param size bytes
 * @param links names the file has; 0 once it is deleted but still open
 */
public record FileStatus(Kind kind, long device, long inode, long birth, long modified, long size, int links) {
    public static final FileStatus ABSENT = new FileStatus(Kind.ABSENT, 0, 0, 0, 0, 0, 0);

    private static final String ATTRIBUTES = "unix:mode,dev,ino,nlink,size,lastModifiedTime,creationTime";
    private static final int TYPE_MASK = 0170000;
    private static final int REGULAR_TYPE = 0100000;

    /** What is at a path. */
    public enum Kind {
        REGULAR,
        ABSENT,
        /** A directory, FIFO, device or socket. */
        OTHER
    }

    /**
     * Looks at a path, through symbolic links unless told otherwise.
     *
     * @throws IOException if that cannot be said, such as for lack of permission; absence is no error
     */
    public static FileStatus of(Path path, LinkOption... options) throws IOException {
        try {
            return from(Files.readAttributes(path, ATTRIBUTES, options));
        } catch (NoSuchFileException e) {
            return ABSENT;
        } catch (FileSystemException e) {
            Path parent = path.getParent();
            if (parent != null && Files.exists(parent) && !Files.isDirectory(parent)) {
                return ABSENT;
            }
            throw e;
        }
    }

    private static FileStatus from(Map<String, Object> attributes) {
        return new FileStatus(
                (number(attributes, "mode") & TYPE_MASK) == REGULAR_TYPE ? Kind.REGULAR : Kind.OTHER,
                number(attributes, "dev"),
                number(attributes, "ino"),
                nanos(attributes, "creationTime"),
                nanos(attributes, "lastModifiedTime"),
                number(attributes, "size"),
                (int) number(attributes, "nlink"));
    }

    private static long number(Map<String, Object> attributes, String name) {
        return ((Number) requireNonNull(attributes.get(name))).longValue();
    }

    private static long nanos(Map<String, Object> attributes, String name) {
        return ((FileTime) requireNonNull(attributes.get(name))).to(TimeUnit.NANOSECONDS);
    }

    public FileStatus withSize(long newSize) {
        return new FileStatus(kind, device, inode, birth, modified, newSize, links);
    }

    public boolean isRegular() {
        return kind == Kind.REGULAR;
    }

    public boolean isAbsent() {
        return kind == Kind.ABSENT;
    }

    public boolean isSameFileAs(FileStatus other) {
        return inode == other.inode && device == other.device;
    }

    /**
     * Whether the birth is one. Where the file system does not tell, or Java does not ask (JDK 17 asks since 17.0.11), it
     * is the time of the last change; so a file that never changed after its first moment leaves the question open.
     */
    public boolean isBirthCertain() {
        return birth > 0 && birth != modified;
    }
}
