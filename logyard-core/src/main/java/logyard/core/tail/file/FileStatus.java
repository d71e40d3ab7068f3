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
 * @param birth nanoseconds since 1970, or {@link #UNKNOWN_BIRTH}
 * @param modified nanoseconds since 1970
 * @param size bytes
 * @param links names the file has; 0 once it is deleted but still open
 */
public record FileStatus(Kind kind, long device, long inode, long birth, long modified, long size, int links) {
    /**
     * The file system does not tell, or Java does not ask: both then show the time of the last change, so that a birth
     * equal to it proves nothing. (JDK 17 asks since 17.0.11.)
     */
    public static final long UNKNOWN_BIRTH = 0;

    public static final FileStatus ABSENT = new FileStatus(Kind.ABSENT, 0, 0, UNKNOWN_BIRTH, 0, 0, 0);

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
        long birth = nanos(attributes, "creationTime");
        long modified = nanos(attributes, "lastModifiedTime");
        return new FileStatus(
                (number(attributes, "mode") & TYPE_MASK) == REGULAR_TYPE ? Kind.REGULAR : Kind.OTHER,
                number(attributes, "dev"),
                number(attributes, "ino"),
                birth <= 0 || birth == modified ? UNKNOWN_BIRTH : birth,
                modified,
                number(attributes, "size"),
                (int) number(attributes, "nlink"));
    }

    private static long number(Map<String, Object> attributes, String name) {
        return ((Number) requireNonNull(attributes.get(name))).longValue();
    }

    private static long nanos(Map<String, Object> attributes, String name) {
        return ((FileTime) requireNonNull(attributes.get(name))).to(TimeUnit.NANOSECONDS);
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

    /** The birth, or the next best: the last change. */
    long bornAbout() {
        return birth == UNKNOWN_BIRTH ? modified : birth;
    }
}
