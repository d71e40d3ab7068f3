package logyard.apptail.root;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import logyard.apptail.root.Descriptor.NotDirectory;
import logyard.core.tail.file.FileStatus;
import logyard.core.tail.file.FileTree;
import logyard.core.tail.file.ListingBudget;
import logyard.core.tail.file.OpenFile;

/**
 * The files of one application instance as it sees them itself: paths are looked up in its root directory, links
 * included, and whatever leads out of it is refused. Paths given and returned are those of the host, below the root.
 *
 * <p>Nothing here waits for anybody, whatever is put at a path and whenever, and nothing but a regular file is ever
 * opened. Safe for use by several threads: it keeps nothing open.
 */
public final class InstanceRoot implements FileTree {
    /** What is looked at of one directory; its owner can make more, and we would spend our time on it. */
    private static final int MOST_ENTRIES_OF_TENANT = 1000;

    /** What is read of its names: some 10 ms. */
    private static final int MOST_NAMES_OF_TENANT = 20_000;

    private final Path allowed;
    private final Path root;

    private InstanceRoot(Path allowed, Path root) {
        this.allowed = allowed;
        this.root = root;
    }

    /**
     * A root below one of the directories in which instances may be; empty if it is below none. It need not be there.
     *
     * @param allowed directories that this node's operator names; the way to them may have links
     * @param root absolute; no component below the allowed directory may be a link
     */
    public static Optional<InstanceRoot> below(List<Path> allowed, Path root) {
        if (!root.isAbsolute() || !root.equals(root.normalize()) || !isPrintable(root.toString())) {
            return Optional.empty();
        }
        return allowed.stream()
                .filter(directory -> root.startsWith(directory) && !root.equals(directory))
                .findFirst()
                .map(directory -> new InstanceRoot(directory, root));
    }

    /**
     * The directory of a log, for instances that tell the paths of their logs but not where they live, as those of 2013:
     * links are followed inside that directory only.
     */
    public static Optional<InstanceRoot> aroundLog(List<Path> allowed, Path log) {
        Path directory = log.getParent();
        return directory == null || !isPrintable(log.toString()) ? Optional.empty() : below(allowed, directory);
    }

    /** Whether a path is fit to be shown in a log: it has no control characters, and is not endless. */
    public static boolean isPrintable(String path) {
        return path.length() <= 1024
                && path.chars()
                        .noneMatch(c -> Character.isISOControl(c)
                                || Character.getType(c) == Character.FORMAT
                                || c == '\u2028'
                                || c == '\u2029'
                                || c == '\uFFFD');
    }

    /**
     * Tries what this needs of the platform.
     *
     * @throws IOException if it is not there, with the remedy
     */
    public static void checkPlatform() throws IOException {
        try (Descriptor top = Descriptor.trusted(Path.of("/"))) {
            if (!top.status().isSameFileAs(FileStatus.of(Path.of("/")))) {
                throw new IOException("/proc/self/fd does not show what is open: apptail needs /proc to be mounted");
            }
        } catch (LinkageError | UnsupportedOperationException e) {
            throw new IOException("apptail cannot load its part in C: " + e.getMessage()
                    + "; it needs Linux on x86-64 or arm64, and a folder for it that is not mounted noexec:"
                    + " LOGYARD_JAVA_OPTS=-Djna.tmpdir=FOLDER");
        }
    }

    /** Where the root is. */
    public Path path() {
        return root;
    }

    /** Whether the root itself is there. */
    public boolean exists() throws IOException {
        try (Descriptor top = Descriptor.trusted(allowed)) {
            Optional<Descriptor> straight = top.straight(allowed.relativize(root) + "/.");
            try (Descriptor there = straight.isPresent() ? straight.get() : open()) {
                return there.status().links() > 0;
            }
        } catch (NoSuchFileException | NotDirectory e) {
            return false;
        }
    }

    @Override
    public FileStatus status(Path path) throws IOException {
        try (Walk walk = walk(path)) {
            return walk.end().status();
        } catch (NoSuchFileException | NotDirectory e) {
            return FileStatus.ABSENT;
        }
    }

    @Override
    public Path real(Path path) throws IOException {
        try (Walk walk = walk(path)) {
            return walk.real();
        }
    }

    @Override
    public OpenFile open(Path path) throws IOException {
        try (Walk walk = walk(path)) {
            return open(walk, path);
        } catch (NotDirectory e) {
            throw new NoSuchFileException(path.toString());
        }
    }

    private static OpenFile open(Walk walk, Path path) throws IOException {
        FileStatus status = walk.end().status();
        if (!status.isRegular()) {
            throw new FileSystemException(path.toString(), null, "not a regular file");
        }
        FileChannel channel;
        try {
            channel = walk.end().read();
        } catch (AccessDeniedException e) {
            throw new AccessDeniedException(path.toString());
        }
        return OpenFile.of(channel, walk.real(), status);
    }

    /**
     * The first bytes of a file.
     *
     * @throws IOException as {@link #open} does
     */
    public byte[] beginning(Path path, int most) throws IOException {
        try (OpenFile file = open(path)) {
            ByteBuffer bytes = ByteBuffer.allocate(most);
            while (bytes.hasRemaining() && file.read(bytes, bytes.position()) > 0) {
                // a read may give less than there is
            }
            byte[] read = new byte[bytes.flip().remaining()];
            bytes.get(read);
            return read;
        }
    }

    @Override
    public Listing regularFiles(Path directory, Predicate<Path> matters) throws IOException {
        try (Walk walk = walk(directory);
                Descriptor listed = walk.end().directory(".");
                DirectoryStream<Path> all = Files.newDirectoryStream(listed.self())) {
            var found = new TreeMap<Path, FileStatus>();
            var budget = new ListingBudget(MOST_ENTRIES_OF_TENANT, MOST_NAMES_OF_TENANT);
            for (Path path : all) {
                if (!budget.hasNames()) {
                    break;
                }
                String name = path.getFileName().toString();
                if (isPrintable(name) && budget.allows(matters.test(path))) {
                    put(walk.real().resolve(name), listed, name, found);
                }
            }
            return new Listing(found, budget.isWhole());
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void put(Path path, Descriptor directory, String name, Map<Path, FileStatus> found)
            throws IOException {
        try (Descriptor entry = directory.entry(name)) {
            FileStatus status = entry.status();
            if (status.isRegular()) {
                found.put(path, status);
            }
        } catch (NoSuchFileException e) {
            // gone meanwhile
        }
    }

    private Walk walk(Path path) throws IOException {
        if (!path.startsWith(root)) {
            throw new FileSystemException(path.toString(), null, "not below " + root);
        }
        Path below = below(path);
        try (Descriptor top = Descriptor.trusted(allowed)) {
            Optional<Walk> straight = Walk.straightTo(top, allowed.relativize(root), root, below);
            return straight.isPresent() ? straight.get() : Walk.to(root, open(), below);
        }
    }

    /** The part behind the root, with all its dots: to {@code relativize} would be to think them away. */
    private Path below(Path path) {
        int first = root.getNameCount();
        return path.getNameCount() == first ? Path.of("") : path.subpath(first, path.getNameCount());
    }

    /** The root: what is between it and the allowed directory is ours, and has no links. */
    private Descriptor open() throws IOException {
        Descriptor here = Descriptor.trusted(allowed);
        for (Path name : allowed.relativize(root)) {
            try (Descriptor above = here) {
                here = above.directory(name.toString());
            }
        }
        return here;
    }

    @Override
    public String toString() {
        return root.toString();
    }
}
