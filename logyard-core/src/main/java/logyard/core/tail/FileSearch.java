package logyard.core.tail;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import logyard.core.tail.file.FileIdentity;
import logyard.core.tail.file.FileStatus;
import logyard.core.tail.file.OpenFile;
import logyard.core.tail.file.RotatedFiles;
import logyard.core.tail.file.RotatedFiles.Found;
import logyard.core.tail.file.RotationInProgressException;
import logyard.core.tail.position.SavedStream;

/**
 * Finds the content of a log where rotation has put it: in its file, wherever that was moved, or in a copy made of it.
 *
 * <p>Every method throws {@link RotationInProgressException} if it has to be tried again in a moment.
 */
final class FileSearch {
    private final Opener opener;

    /** Opens a file for reading; throws as {@link OpenFile#open} does. */
    @FunctionalInterface
    interface Opener {
        OpenFile open(Path path) throws IOException;
    }

    /** Whether an opened file is the one that was wanted. */
    @FunctionalInterface
    private interface Check {
        boolean test(OpenFile file) throws IOException;
    }

    /** Files that were the log without having been seen there, oldest first, and those among them that cannot be opened. */
    record Missed(List<OpenFile> files, List<Found> unreadable) {
        void close() throws IOException {
            for (OpenFile file : files) {
                file.close();
            }
        }
    }

    FileSearch(Opener opener) {
        this.opener = opener;
    }

    /**
     * Opens the file of a stream that was left some time ago: where it was, where its path leads, or beside these.
     *
     * @return nothing if there is no such file any more, or it was emptied
     * @throws IOException if there is, and it cannot be opened now
     */
    Optional<OpenFile> find(SavedStream stream, Path followed) throws IOException {
        FileIdentity wanted = stream.identity();
        Check check = file -> wanted.mayBe(file.opened()) && isIntact(file, wanted, stream.offset());
        Path last = Path.of(stream.file());
        for (Path path : List.of(last, followed)) {
            if (wanted.mayBe(FileStatus.of(path))) {
                Optional<OpenFile> file = open(path, check);
                if (file.isPresent()) {
                    return file;
                }
            }
        }
        for (Path path : List.of(last, followed)) {
            Optional<Found> found = RotatedFiles.of(path).find(wanted);
            if (found.isPresent()) {
                return openFound(found.get(), check);
            }
        }
        return Optional.empty();
    }

    /**
     * Opens the copy that was made of a log before it was emptied.
     *
     * @param where the log is, without symbolic links
     * @param size bytes of it that the copy must have at least
     * @param lastSeen when it was not empty yet, in nanoseconds since 1970
     */
    Optional<OpenFile> findCopy(
            FileIdentity emptied, Path where, long size, long lastSeen, Predicate<FileStatus> isKnown)
            throws IOException {
        if (emptied.start().length() > 0) {
            for (Found candidate : RotatedFiles.of(where).copies(size, lastSeen, isKnown)) {
                Optional<OpenFile> copy = openFound(candidate, file -> isIntact(file, emptied, size));
                if (copy.isPresent()) {
                    return copy;
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Opens the files that were at a path since {@code lastSeen}, and have been rotated away.
     *
     * @param lastBirth of the newest file that is known to have been there
     * @param known the files that are being read; a mere copy of one was not at the path
     * @param isKnown files that need not be found again
     */
    Missed findMissed(Path where, long lastBirth, long lastSeen, List<OpenFile> known, Predicate<FileStatus> isKnown)
            throws IOException {
        var missed = new Missed(new ArrayList<>(), new ArrayList<>());
        try {
            for (Found candidate : RotatedFiles.of(where).missedSince(lastBirth, lastSeen, isKnown)) {
                openMissed(candidate, known, missed);
            }
            return missed;
        } catch (RotationInProgressException e) {
            missed.close();
            throw e;
        }
    }

    private void openMissed(Found candidate, List<OpenFile> known, Missed missed) throws RotationInProgressException {
        try {
            openFound(candidate, file -> !isCopy(file, known)).ifPresent(missed.files()::add);
        } catch (RotationInProgressException e) {
            throw e;
        } catch (IOException e) {
            missed.unreadable().add(candidate);
        }
    }

    private Optional<OpenFile> openFound(Found found, Check check) throws IOException {
        try {
            return open(found.path(), file -> {
                if (!file.opened().isSameFileAs(found.status())) {
                    throw new RotationInProgressException(found.path());
                }
                return check.test(file);
            });
        } catch (NoSuchFileException e) {
            throw new RotationInProgressException(found.path());
        }
    }

    private Optional<OpenFile> open(Path path, Check check) throws IOException {
        OpenFile file = opener.open(path);
        boolean wanted = false;
        try {
            wanted = check.test(file);
            return wanted ? Optional.of(file) : Optional.empty();
        } finally {
            if (!wanted) {
                file.close();
            }
        }
    }

    private static boolean isCopy(OpenFile file, List<OpenFile> originals) throws IOException {
        for (OpenFile original : originals) {
            if (file.isCopyOfBeginningOf(original)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIntact(OpenFile file, FileIdentity identity, long size) throws IOException {
        return file.size() >= size && file.begins(identity.start());
    }
}
