package logyard.core.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import logyard.core.tail.file.FileIdentity;
import logyard.core.tail.file.FileStatus;
import logyard.core.tail.file.OpenFile;
import logyard.core.tail.file.RotatedFiles;
import logyard.core.tail.position.SavedStream;

/** Finds the content of a stream again: in its file, wherever that was moved, or in a copy made of it. */
final class FileSearch {
    private final Opener opener;

    /** Opens a file for reading; throws as {@link OpenFile#open} does. */
    @FunctionalInterface
    interface Opener {
        OpenFile open(Path path) throws IOException;
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
        for (Path candidate : candidates(stream, followed)) {
            if (stream.identity().mayBe(FileStatus.of(candidate))) {
                OpenFile file = opener.open(candidate);
                if (stream.identity().mayBe(file.opened()) && isIntact(file, stream.identity(), stream.offset())) {
                    return Optional.of(file);
                }
                file.close();
            }
        }
        return Optional.empty();
    }

    /** Opens the copy that was made of a log before it was emptied. */
    Optional<OpenFile> findCopy(
            FileIdentity emptied, Path where, long size, long lastSeen, Predicate<FileStatus> isKnown)
            throws IOException {
        if (emptied.start().length() == 0) {
            return Optional.empty();
        }
        for (Path candidate : RotatedFiles.of(where).copies(size, lastSeen, isKnown)) {
            OpenFile file = opener.open(candidate);
            if (isIntact(file, emptied, size)) {
                return Optional.of(file);
            }
            file.close();
        }
        return Optional.empty();
    }

    /**
     * Opens the files that were at a path after {@code lastSeen}, and have been rotated away, oldest first. A mere copy of
     * one that is being read is none of them.
     */
    List<OpenFile> findMissed(Path where, PathStreams streams, long lastSeen, Predicate<FileStatus> isKnown)
            throws IOException {
        var missed = new ArrayList<OpenFile>();
        for (Path candidate : RotatedFiles.of(where).missedSince(streams.lastBirth(), lastSeen, isKnown)) {
            OpenFile file = opener.open(candidate);
            if (isCopy(file, streams)) {
                file.close();
            } else {
                missed.add(file);
            }
        }
        return missed;
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
