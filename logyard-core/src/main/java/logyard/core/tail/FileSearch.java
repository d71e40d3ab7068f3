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
import logyard.core.tail.file.FileTree;
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
    private final FileTree files;

    /** Whether an opened file is the one that was wanted. */
    @FunctionalInterface
    interface Check {
        boolean test(OpenFile file) throws IOException;
    }

    /**
     * Files that were the log without having been seen there, or copies of what it was.
     *
     * @param files oldest first
     * @param unreadable those that cannot be opened
     * @param compressed how many files beside the log were compressed meanwhile; these are not read
     */
    record Missed(List<OpenFile> files, List<Found> unreadable, int compressed, boolean areAll) {
        static final Missed NOTHING = new Missed(List.of(), List.of(), 0, true);

        boolean isEmpty() {
            return files.isEmpty() && unreadable.isEmpty();
        }

        void close() throws IOException {
            for (OpenFile file : files) {
                file.close();
            }
        }
    }

    FileSearch(FileTree files) {
        this.files = files;
    }

    /** Whether a path leads to a file that may be this one. */
    boolean mayBeAt(Path path, FileIdentity identity) throws IOException {
        return identity.mayBe(files.status(path));
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
            if (mayBeAt(path, wanted)) {
                Optional<OpenFile> file = open(path, check);
                if (file.isPresent()) {
                    return file;
                }
            }
        }
        for (Path path : List.of(last, followed)) {
            Optional<Found> found = RotatedFiles.of(path, files).find(wanted);
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
     * @param size what was read of it; a copy that has less, since it was made before, is only taken for want of another
     * @param isShorter whether a file that has less is a copy
     * @param lastSeen when the log was not empty yet, in nanoseconds since 1970
     */
    Optional<OpenFile> findCopy(
            FileIdentity emptied, Path where, long size, Check isShorter, long lastSeen, Predicate<FileStatus> isKnown)
            throws IOException {
        if (emptied.start().length() == 0) {
            return Optional.empty();
        }
        List<Found> candidates = RotatedFiles.of(where, files).copies(lastSeen, isKnown);
        Optional<OpenFile> copy = first(candidates, file -> isIntact(file, emptied, size));
        return copy.isPresent() ? copy : first(candidates, file -> file.size() < size && isShorter.test(file));
    }

    private Optional<OpenFile> first(List<Found> candidates, Check check) throws IOException {
        for (Found candidate : candidates) {
            Optional<OpenFile> file = openFound(candidate, check);
            if (file.isPresent()) {
                return file;
            }
        }
        return Optional.empty();
    }

    /**
     * Opens the files that were at a path since {@code lastSeen}, and have been rotated away or emptied.
     *
     * @param there what is at the path now
     * @param lastBirth of the newest file that is known to have been there, or to have been a copy
     * @param known the files that are being read; a mere copy of one was not at the path
     * @param isKnown files that need not be found again
     */
    Missed findMissed(
            Path where,
            FileStatus there,
            long lastBirth,
            long lastSeen,
            List<OpenFile> known,
            Predicate<FileStatus> isKnown)
            throws IOException {
        RotatedFiles rotated = RotatedFiles.of(where, files);
        var missed =
                new Missed(new ArrayList<>(), new ArrayList<>(), rotated.compressedSince(lastSeen), rotated.areAll());
        Check check = file -> !isBeginningOfCopy(file, there) && !isCopy(file, known);
        try {
            for (Found candidate : rotated.missedSince(lastBirth, lastSeen, isKnown)) {
                openMissed(candidate, check, missed);
            }
            return missed;
        } catch (RotationInProgressException e) {
            missed.close();
            throw e;
        }
    }

    private void openMissed(Found candidate, Check check, Missed missed) throws RotationInProgressException {
        try {
            openFound(candidate, check).ifPresent(missed.files()::add);
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
        OpenFile file = files.open(path);
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

    /** Whether it can only be a copy of which nothing is there yet: it is younger than the file at the path. */
    private static boolean isBeginningOfCopy(OpenFile file, FileStatus there) throws IOException {
        return there.isRegular() && file.opened().birth() > there.birth() && file.size() == 0;
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
