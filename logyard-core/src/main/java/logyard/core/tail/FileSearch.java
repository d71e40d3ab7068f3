package logyard.core.tail;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import logyard.core.tail.file.FileIdentity;
import logyard.core.tail.file.FileStatus;
import logyard.core.tail.file.OpenFile;
import logyard.core.tail.file.RotatedFiles;
import logyard.core.tail.file.RotatedFiles.Found;
import logyard.core.tail.position.SavedStream;

/** Finds the content of a log where rotation has put it: in its file, wherever that was moved, or in a copy made of it. */
final class FileSearch {
    /** While we look, a rotation may go on that gives every file another name; it is over by the next attempt or two. */
    private static final int ATTEMPTS = 10;

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
    record Missed(List<OpenFile> files, List<Found> unreadable) {}

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
        for (Path candidate : candidates(stream, followed)) {
            if (wanted.mayBe(FileStatus.of(candidate))) {
                Optional<OpenFile> found =
                        open(candidate, file -> wanted.mayBe(file.opened()) && isIntact(file, wanted, stream.offset()));
                if (found.isPresent()) {
                    return found;
                }
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
        if (emptied.start().length() == 0) {
            return Optional.empty();
        }
        for (Path candidate : RotatedFiles.of(where).copies(size, lastSeen, isKnown)) {
            Optional<OpenFile> copy = open(candidate, file -> isIntact(file, emptied, size));
            if (copy.isPresent()) {
                return copy;
            }
        }
        return Optional.empty();
    }

    /**
     * Opens the files that were at a path after {@code lastSeen}, and have been rotated away. A mere copy of one that is
     * being read is none of them.
     *
     * @param isKnown files that need not be found again
     */
    Missed findMissed(Path where, PathStreams streams, long lastSeen, Predicate<FileStatus> isKnown)
            throws IOException {
        List<Found> found = RotatedFiles.of(where).missedSince(streams.lastBirth(), lastSeen, isKnown);
        for (int i = 0; ; i++) {
            Missed missed = open(found, streams);
            List<Found> now = RotatedFiles.of(where).missedSince(streams.lastBirth(), lastSeen, isKnown);
            if (i == ATTEMPTS || places(found).equals(places(now))) {
                return missed;
            }
            for (OpenFile file : missed.files()) {
                file.close();
            }
            found = now;
        }
    }

    private Missed open(List<Found> found, PathStreams streams) throws IOException {
        var missed = new Missed(new ArrayList<>(), new ArrayList<>());
        for (Found candidate : found) {
            try {
                open(candidate.path(), file -> file.opened().isSameFileAs(candidate.status()) && !isCopy(file, streams))
                        .ifPresent(missed.files()::add);
            } catch (NoSuchFileException e) {
                // it has another name by now
            } catch (IOException e) {
                missed.unreadable().add(candidate);
            }
        }
        return missed;
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

    /** Which file has which name. */
    private static Map<Path, Long> places(List<Found> found) {
        return found.stream().collect(toMap(Found::path, file -> file.status().inode()));
    }

    private static boolean isCopy(OpenFile file, PathStreams streams) throws IOException {
        for (TailedStream stream : streams.open()) {
            if (file.isCopyOfBeginningOf(stream.file())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIntact(OpenFile file, FileIdentity identity, long size) throws IOException {
        return file.size() >= size && file.begins(identity.start());
    }

    private static Set<Path> candidates(SavedStream stream, Path followed) {
        Path last = Path.of(stream.file());
        var all = new LinkedHashSet<Path>();
        all.add(last);
        all.add(followed);
        RotatedFiles.of(last).find(stream.identity()).ifPresent(all::add);
        RotatedFiles.of(followed).find(stream.identity()).ifPresent(all::add);
        return all;
    }
}
