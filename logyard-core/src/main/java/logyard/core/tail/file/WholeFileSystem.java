package logyard.core.tail.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The file system as this process sees it. Safe for use by several threads. */
final class WholeFileSystem implements FileTree {
    @Override
    public FileStatus status(Path path) throws IOException {
        return FileStatus.of(path);
    }

    @Override
    public Path real(Path path) throws IOException {
        return path.toRealPath();
    }

    @Override
    public OpenFile open(Path path) throws IOException {
        return OpenFile.open(path);
    }

    @Override
    public Listing regularFiles(Path directory, Predicate<Path> matters) throws IOException {
        var budget = new ListingBudget(MOST_ENTRIES, Integer.MAX_VALUE);
        var found = new TreeMap<Path, FileStatus>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            for (Path path : all) {
                if (budget.allows(matters.test(path))) {
                    FileStatus status = FileStatus.of(path, LinkOption.NOFOLLOW_LINKS);
                    if (status.isRegular()) {
                        found.put(path, status);
                    }
                }
            }
            return new Listing(found, budget.isWhole());
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
