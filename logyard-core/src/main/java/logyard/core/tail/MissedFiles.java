package logyard.core.tail;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import logyard.core.tail.FileSearch.Missed;
import logyard.core.tail.TailNotice.Kind;
import logyard.core.tail.file.Beginning;
import logyard.core.tail.file.FileIdentity;
import logyard.core.tail.file.FileStatus;
import logyard.core.tail.file.Fingerprint;
import logyard.core.tail.file.OpenFile;
import logyard.core.tail.file.RotatedFiles.Found;
import logyard.core.tail.file.RotationInProgressException;

/**
 * What was at a path between two looks, or while nobody ran, and is not there any more: files that were renamed, and
 * copies made before a file was emptied. Each is read once, in the order in which it came to be.
 *
 * <p>That has its bounds:
 *
 * <ul>
 *   <li>What was deleted or compressed before it was seen is lost. When a file was emptied more than once and the first
 *       copy is gone, that is announced, with the bytes that are known; of a renamed file we never saw nothing tells.
 *   <li>What is written after the copy and before the truncation is in no copy. It is read if it is seen in time, and
 *       nobody can know of it if not.
 *   <li>A copy is told from the log before by its first KiB and its last. Two logs that follow each other and are the
 *       same in these may be taken for one; so may a file that was emptied and begins as before.
 *   <li>A copy has to be a new file. The second of two copies made into the same file is not found.
 *   <li>A log that is both emptied after a copy and renamed between two looks is read in the wrong order, and what was
 *       written to it between the two, while nobody ran, is not found.
 *   <li>Two copies made within one tick of the file system's clock, 10 ms at most, may be taken for one if a look comes
 *       between, or be read in the wrong order.
 * </ul>
 *
 * <p>Not thread-safe; belongs to the tail thread.
 */
final class MissedFiles {
    private final Path path;
    private final PathStreams streams;
    private final Resumption resumption;
    private final Notices notices;
    private final TailContext context;

    MissedFiles(Path path, PathStreams streams, Resumption resumption, Notices notices, TailContext context) {
        this.path = path;
        this.streams = streams;
        this.resumption = resumption;
        this.notices = notices;
        this.context = context;
    }

    /**
     * Finds the files that were at the path since the last look.
     *
     * @param there what is at the path, and must still be there afterwards: else what was missed may have come later
     * @param lastSeen when the path was last looked at, in nanoseconds since 1970
     * @throws RotationInProgressException if it is not there any more
     */
    Missed find(FileStatus there, long lastSeen) throws IOException {
        return find(path, there, List.of(), streams.lastBirth(), lastSeen);
    }

    /**
     * Finds those that were there before {@code file}, which is there now.
     *
     * @param beginning how it begins
     * @throws RotationInProgressException if it is not there any more, or begins otherwise by now
     */
    Missed findBefore(OpenFile file, Beginning beginning, long lastSeen) throws IOException {
        return findBefore(file, beginning, streams.lastBirth(), lastSeen);
    }

    /**
     * Finds what was in a file between the time when {@code copy} was made of it and now, when it was emptied again.
     *
     * @param copy is closed if this throws
     */
    Missed findAfter(Optional<OpenFile> copy, OpenFile emptied, Beginning beginning, long lastSeen) throws IOException {
        long copied = copy.map(file -> file.opened().birth() + 1).orElse(0L);
        try {
            return findBefore(emptied, beginning, Math.max(copied, streams.lastBirth()), lastSeen);
        } catch (IOException e) {
            if (copy.isPresent()) {
                copy.get().close();
            }
            throw e;
        }
    }

    private Missed findBefore(OpenFile file, Beginning beginning, long lastBirth, long lastSeen) throws IOException {
        Missed missed = find(file.path(), file.opened(), List.of(file), lastBirth, lastSeen);
        if (!beginning.isStillIn(file)) {
            missed.close();
            throw new RotationInProgressException(path);
        }
        return missed;
    }

    private Missed find(Path where, FileStatus there, List<OpenFile> others, long lastBirth, long lastSeen)
            throws IOException {
        var known = new ArrayList<OpenFile>(others);
        streams.open().forEach(stream -> known.add(stream.file()));
        Missed missed = context.search()
                .findMissed(
                        where, there, lastBirth, lastSeen, known, file -> streams.knows(file) || isAmong(others, file));
        if (!context.files().status(path).isSameFileAs(there)) {
            missed.close();
            throw new RotationInProgressException(path);
        }
        return missed;
    }

    private static boolean isAmong(List<OpenFile> files, FileStatus seen) {
        return files.stream().anyMatch(file -> file.opened().isSameFileAs(seen));
    }

    /** Begins to read what was found. */
    void begin(Missed missed, long now) throws IOException {
        if (!missed.areAll()) {
            notices.lost(Kind.TOO_MANY_FILES, TailNotice.UNKNOWN);
        }
        for (OpenFile file : missed.files()) {
            streams.begin(file).retire(now);
            context.counters().rotation();
        }
        for (Found file : missed.unreadable()) {
            later(
                    file.path(),
                    file.status(),
                    0,
                    new AccessDeniedException(file.path().toString()),
                    now);
        }
    }

    /** Notes a file that cannot be opened now. */
    void later(Path file, FileStatus seen, long start, IOException reason, long now) {
        streams.beginLater(file, FileIdentity.of(seen, Fingerprint.NONE), start);
        resumption.failed(reason, now);
    }
}
