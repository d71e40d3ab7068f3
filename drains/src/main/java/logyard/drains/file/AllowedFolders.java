package logyard.drains.file;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.InvalidDrainException;

/**
 * Where file drains may write on this machine: below the folders of {@code file.allowed_dirs}, regular files only, and none that
 * events are read from.
 *
 * @param sources those that events are read from
 */
record AllowedFolders(List<Path> folders, Supplier<Set<Path>> sources) {
    /** More are a ring; Linux follows as many. */
    private static final int MOST_LINKS = 40;

    AllowedFolders(DrainEnvironment environment) {
        this(environment.allowedFolders(), environment.sources());
    }

    /**
     * Looks at the path as it is written only.
     *
     * @throws InvalidDrainException if it leads elsewhere
     */
    void requireBelow(Path path) {
        if (folders.contains(path)) {
            throw new InvalidDrainException(
                    path + " is a folder; name a file in it, such as file://" + path + "/all.log");
        }
        if (folders.stream().noneMatch(path::startsWith)) {
            throw new InvalidDrainException(
                    "a file drain may write below " + folders + " only, got " + path + remedy());
        }
        for (Path source : sources.get()) {
            if (isNamedLike(source, path)) {
                throw refused(path, source);
            }
        }
    }

    /** Also what its successors and predecessors are called, which systail looks for. */
    private static boolean isNamedLike(Path source, Path path) {
        return path.equals(source) || path.toString().startsWith(source + ".");
    }

    /**
     * Looks at the file itself, whatever leads there. May wait.
     *
     * @param file in its {@linkplain #realFolder real folder}; need not be there
     * @throws InvalidDrainException if events are read from it
     */
    void requireNoSource(Path file) throws IOException {
        for (Path source : sources.get()) {
            boolean isSame = Files.exists(source) && Files.exists(file) && Files.isSameFile(file, source);
            if (isSame || names(source).stream().anyMatch(name -> isNamedLike(name, file))) {
                throw refused(file, source);
            }
        }
    }

    /** What a file is called in its real folder and, if it is a link, what that leads to, also where nothing is yet. */
    private static List<Path> names(Path file) throws IOException {
        List<Path> names = new ArrayList<>();
        Path next = file;
        while (names.size() < MOST_LINKS && Files.isDirectory(folderOf(next))) {
            Path name = folderOf(next).toRealPath().resolve(requireNonNullElse(next.getFileName(), next));
            names.add(name);
            if (!Files.isSymbolicLink(name)) {
                break;
            }
            next = name.resolveSibling(Files.readSymbolicLink(name));
        }
        return names;
    }

    private static InvalidDrainException refused(Path path, Path source) {
        return new InvalidDrainException("events are read from " + source + ": a drain that writes to " + path
                + " would feed itself, or forge them; name another file");
    }

    /**
     * The folder of a file as it is behind all symbolic links. May wait.
     *
     * @throws InvalidDrainException if that is elsewhere
     * @throws IOException if there is no such folder
     */
    Path realFolder(Path path) throws IOException {
        Path folder = folderOf(path);
        if (!Files.isDirectory(folder)) {
            throw new IOException("the folder " + folder + " does not exist; create it");
        }
        Path real = folder.toRealPath();
        for (Path allowed : folders) {
            if (Files.isDirectory(allowed) && real.startsWith(allowed.toRealPath())) {
                return real;
            }
        }
        throw new InvalidDrainException(folder + " leads to " + real + ", which is not below " + folders + remedy());
    }

    /**
     * What there is of that name, if anything. May wait.
     *
     * @throws InvalidDrainException if it is no regular file, or one that events are read from
     */
    Optional<BasicFileAttributes> existing(Path file) throws IOException {
        requireNoSource(file);
        try {
            BasicFileAttributes found =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isRegularFile()) {
                throw new InvalidDrainException(file + " is " + kind(found)
                        + ", and a file drain writes regular files only; remove it, or name another path");
            }
            return Optional.of(found);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static String kind(BasicFileAttributes found) {
        return found.isSymbolicLink()
                ? "a symbolic link"
                : found.isDirectory() ? "a folder" : "a FIFO, device or socket";
    }

    static Path folderOf(Path path) {
        Path folder = path.getParent();
        return folder == null ? path : folder;
    }

    private static String remedy() {
        return "; name a file there, or add its folder to file.allowed_dirs in logyard.properties of each node";
    }
}
