package logyard.core.tail.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where paths are looked up: in the whole file system, or in a part of it whose content somebody else controls and that
 * must not lead out of itself.
 *
 * <p>Used by the tail thread, which waits for every answer: none may depend on what another process does.
 */
public interface FileTree {
    /** The file system as this process sees it; links are followed wherever they lead. */
    FileTree WHOLE = new WholeFileSystem();

    /** Looks at no more of a huge directory than this. */
    int MOST_ENTRIES = 10_000;

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
     * The regular files that a directory lists, at most {@link #MOST_ENTRIES}.
     *
     * @param directory without links
     * @throws IOException if it cannot be listed
     */
    Map<Path, FileStatus> regularFiles(Path directory) throws IOException;
}
