package logyard.core.tail.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Where paths are looked up: in the whole file system, or in a part of it whose content somebody else controls and that
 * must not lead out of itself.
 *
 * <p>Used by the tail thread, which waits for every answer: none may depend on what another process does.
 */
public interface FileTree {
    /** The file system as this process sees it; links are followed wherever they lead. */
    FileTree WHOLE = new WholeFileSystem();

    /** Looks at no more of a huge directory than this, of files that matter and of others. */
    int MOST_ENTRIES = 10_000;

    /**
     * What a directory lists.
     *
     * @param isWhole whether no file that matters can be missing
     */
    record Listing(Map<Path, FileStatus> files, boolean isWhole) {
        static final Listing EMPTY = new Listing(Map.of(), true);
    }

    /**
     * Looks at a path, through links.
     *
     * @throws IOException if that cannot be said, such as for lack of permission; absence is no error
     */
    FileStatus status(Path path) throws IOException;

    /**
     * Where a path leads, without links.
     *
     * @throws IOException if there is nothing
     */
    Path real(Path path) throws IOException;

    /**
     * Opens what is at a path now, through links.
     *
     * @throws IOException if nothing, or no regular file, is there, or it may not be read
     */
    OpenFile open(Path path) throws IOException;

    /**
     * The regular files that a directory lists, of a huge one a part.
     *
     * @param directory without links
     * @param matters by its name; those are looked at first of all
     * @throws IOException if it cannot be listed
     */
    Listing regularFiles(Path directory, Predicate<Path> matters) throws IOException;
}
