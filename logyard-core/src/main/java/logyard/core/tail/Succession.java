package logyard.core.tail;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import logyard.core.tail.FileSearch.Missed;
import logyard.core.tail.TailNotice.Kind;
import logyard.core.tail.TailedStream.Skip;
import logyard.core.tail.file.Beginning;
import logyard.core.tail.file.FileStatus;
import logyard.core.tail.file.OpenFile;
import logyard.core.tail.file.RotationInProgressException;
import logyard.core.tail.position.SavedPath;
import logyard.core.tail.position.SavedStream.State;
import org.jspecify.annotations.Nullable;

/**
 * Which file a path leads to now, and what becomes of the ones it led to before.
 *
 * <p>A file that the path leads away from is retired: read on, since its writer may not know yet. A file that was not
 * seen at the path, because it was there too short, or while we were not running, is looked for among its neighbours; see
 * {@link MissedFiles} for what that can find.
 *
 * <p>Not thread-safe; belongs to the tail thread.
 */
final class Succession {
    /** So long after a rotation its writer may still write to the old file. */
    private static final long LATE_WRITES_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Path path;
    private final TailContext context;
    private final Notices notices;
    private final PathStreams streams;
    private final Resumption resumption;
    private final MissedFiles missed;
    private FollowOptions options;
    private @Nullable TailedStream current;

    /** What was at the path before the first look. */
    private Optional<OpenFile> opened;

    /** Nothing was at the path when last looked at: what comes is new. */
    private boolean absent;

    /** The path was looked at before, in this life or an earlier one: nothing that comes is old. */
    private boolean seenBefore;

    /** In nanoseconds since 1970. */
    private long lastSeen;

    /** Whether what came and went before the first look of this life was searched for. */
    private boolean caughtUp;

    /** The last change of the directory in which the path is missing; when it changed again, something may have been. */
    private long directoryModified;

    /** Until the first look; what was written before it may never have been read. */
    private boolean positionLost;

    private boolean changed;

    Succession(
            String name, Path path, FollowOptions options, Optional<OpenFile> opened, TailContext context, long now) {
        this.opened = opened;
        this.path = path;
        this.options = options;
        this.context = context;
        this.notices = new Notices(name, path, options.isQuiet(), context);
        Optional<SavedPath> saved = context.positions().claim(name, path);
        // a generation that no earlier life can have used, even if its positions were lost
        long generation = saved.map(SavedPath::nextGeneration).orElseGet(System::currentTimeMillis);
        long lastBirth = saved.map(SavedPath::lastBirth).orElse(0L);
        this.streams =
                new PathStreams(name, path, generation, lastBirth, context.positions(), context.handler()::closed);
        this.resumption = new Resumption(path, streams, context.search(), notices, now);
        this.missed = new MissedFiles(path, streams, resumption, notices, context);
        this.positionLost = saved.isEmpty() && context.positions().areLost();
        saved.ifPresent(this::takeOver);
    }

    private void takeOver(SavedPath saved) {
        seenBefore = true;
        absent = saved.absent();
        lastSeen = saved.lastSeen();
        saved.streams().forEach(resumption::takeOver);
    }

    PathStreams streams() {
        return streams;
    }

    Notices notices() {
        return notices;
    }

    void options(FollowOptions newOptions) {
        options = newOptions;
    }

    /** Whether something is to be saved before more lines are handed out. */
    boolean hasChanged() {
        boolean streamsChanged = streams.hasChanged();
        boolean was = changed;
        changed = false;
        return was || streamsChanged;
    }

    /** A change of permissions may be what an unreadable file waits for. */
    void retrySoon() {
        resumption.retrySoon();
    }

    /**
     * Looks at the path.
     *
     * @return whether it leads elsewhere than before
     * @throws RotationInProgressException if that has to be tried again in a moment
     * @throws IOException if that cannot be said
     */
    boolean look(long now) throws IOException {
        resumption.resumeIfDue(options, lastSeen, now);
        long lookedAt = wallClock(); // not later: what comes while we look has not been seen
        FileStatus seen = context.files().status(path);
        boolean earlierLife = seenBefore && !caughtUp;
        if (positionLost && seen.isRegular() && seen.size() > 0) {
            notices.lost(Kind.POSITION_LOST, TailNotice.UNKNOWN);
        }
        positionLost = false;
        takeOpened(now);
        boolean elsewhere = seen.isRegular() ? present(seen, now) : missing(seen, now);
        if (earlierLife) {
            missed.begin(missed.find(seen, lastSeen), now);
        }
        caughtUp = true;
        lastSeen = lookedAt;
        if (!streams.hasUnopened() && (seen.isRegular() || seen.isAbsent())) {
            notices.fine();
        }
        return elsewhere;
    }

    /** Begins with what was at the path just now: it need not be there any more. */
    private void takeOpened(long now) throws IOException {
        if (opened.isEmpty()) {
            return;
        }
        OpenFile file = opened.get();
        opened = Optional.empty();
        if (seenBefore) {
            PathStreams.close(file);
            return;
        }
        try {
            begin(file, Beginning.of(file), now);
        } catch (IOException e) {
            PathStreams.close(file);
            throw e;
        }
        cameToBe();
    }

    /** Closes all files, and leaves the rest for the next start. */
    void close() {
        opened.ifPresent(PathStreams::close);
        opened = Optional.empty();
        streams.close();
    }

    void trouble(IOException e) {
        resumption.trouble(e);
    }

    /** Closes a file that could not be read, to open it again later. */
    void suspend(TailedStream stream, IOException e, long now) {
        retire(stream, now);
        streams.suspend(stream);
        resumption.failed(e, now);
    }

    /**
     * The file of a stream was emptied, perhaps several times; most who do so make a copy first. The stream goes on in
     * the oldest copy, and what the file held between is read from the copies made later.
     */
    void truncated(TailedStream stream, long now) throws IOException {
        OpenFile emptied = stream.file();
        Beginning beginning = Beginning.of(emptied);
        long size = emptied.size();
        boolean goesOn = stream == current;
        Optional<OpenFile> copy = context.search()
                .findCopy(
                        stream.identity(),
                        emptied.path(),
                        stream.position(),
                        stream::hadShorterCopy,
                        lastSeen,
                        streams::knows);
        Missed between = goesOn ? missed.findAfter(copy, emptied, beginning, lastSeen) : Missed.NOTHING;
        context.counters().truncation();
        if (copy.isPresent() && copy.get().size() >= stream.position()) {
            streams.continueIn(stream, copy.get());
            retire(stream, now);
        } else {
            reportLoss(stream, copy.isEmpty() && (!between.isEmpty() || between.compressed() > 1));
            streams.endKeepingFile(stream, State.TRUNCATED);
            if (copy.isPresent()) {
                streams.knowsCopy(copy.get().opened());
                copy.get().close();
            }
        }
        missed.begin(between, now);
        TailedStream successor = streams.begin(emptied, beginning, 0);
        successor.beganAgainWith(size);
        if (goesOn) {
            current = successor;
        } else {
            successor.retire(now);
        }
    }

    /**
     * Counts what was in an emptied file and is in no copy of it.
     *
     * @param severalTimes it was emptied more than once, so that it had more than we ever saw, if not in all copies
     */
    private void reportLoss(TailedStream stream, boolean severalTimes) {
        if (stream.unread() > 0) {
            notices.lost(Kind.TRUNCATED, stream.unread());
        } else if (severalTimes) {
            notices.lost(Kind.TRUNCATED, TailNotice.UNKNOWN);
        }
    }

    /**
     * Looks once more for files that were at the path before this one, now that it is about to be read for the first
     * time: until then nothing would have shown that it was emptied.
     *
     * @return whether there are such, which are to be read first
     */
    boolean hasMissedBefore(TailedStream stream, long now) throws IOException {
        if (stream != current || !stream.isUntouched() || stream.file().size() == 0) {
            return false;
        }
        int before = streams.open().size();
        touch(stream, now);
        return streams.open().size() > before;
    }

    /** Takes note of how a file begins that was empty until now, and looks for what came and went before. */
    private void touch(TailedStream stream, long now) throws IOException {
        Beginning beginning = Beginning.of(stream.file()); // first: what is copied later shows by another beginning
        missed.begin(missed.findBefore(stream.file(), beginning, lastSeen), now);
        streams.began(stream, beginning);
    }

    /** Is done with all files; those that could not be read up to now never will be. */
    void letGo() {
        streams.unopened().forEach(stream -> notices.lost(Kind.ABANDONED, TailNotice.UNKNOWN));
        streams.letGo();
    }

    /**
     * Retires whatever is at the path. If it was emptied before it went, its copy is found here, and not taken for a file
     * that was missed.
     */
    private void retireCurrent(long now) throws IOException {
        TailedStream stream = current;
        if (stream != null) {
            retire(stream, now);
            if (stream.file().size() < stream.known() || stream.isRewritten()) {
                truncated(stream, now);
            }
        }
    }

    Optional<SavedPath> toSaved(String name) {
        return seenBefore
                ? Optional.of(new SavedPath(
                        name,
                        path.toString(),
                        absent,
                        streams.nextGeneration(),
                        lastSeen,
                        streams.lastBirth(),
                        streams.toSaved()))
                : Optional.empty();
    }

    private boolean present(FileStatus seen, long now) throws IOException {
        TailedStream reading = current;
        if (reading != null && reading.identity().isFile(seen)) {
            if (reading.isTruncated(seen)) {
                truncated(reading, now);
                return false;
            }
            if (reading.isUntouched() && (reading.isModified(seen) || seen.size() > 0)) {
                touch(reading, now);
            }
            reading.seenAs(seen);
            return false;
        }
        Optional<TailedStream> ours = streams.reading(seen);
        if (ours.isPresent()) {
            retireCurrent(now);
            current = ours.get();
            current.reinstate();
            absent = false;
            return true;
        }
        return !streams.waitsFor(seen) && replaced(seen, now);
    }

    private boolean missing(FileStatus seen, long now) throws IOException {
        if (!seen.isAbsent()) {
            notices.trouble(Kind.NOT_A_FILE, "not a regular file");
        }
        retireCurrent(now);
        FileStatus directory = context.files().status(requireNonNull(path.getParent()));
        if (seenBefore && directory.modified() != directoryModified) {
            missed.begin(missed.find(seen, lastSeen), now);
        }
        directoryModified = directory.modified();
        if (absent) {
            return false;
        }
        absent = true;
        seenBefore = true;
        changed = true;
        return true;
    }

    /** Another file is at the path. */
    private boolean replaced(FileStatus seen, long now) throws IOException {
        retireCurrent(now);
        OpenFile file;
        try {
            file = context.files().open(path);
        } catch (NoSuchFileException e) {
            return false; // gone already: the next look will tell
        } catch (IOException e) {
            missed.later(path, seen, seenBefore ? 0 : firstStart(seen.size()), e, now);
            cameToBe();
            return true;
        }
        try {
            Beginning beginning = Beginning.of(file);
            if (seenBefore) {
                missed.begin(missed.findBefore(file, beginning, lastSeen), now);
                context.counters().rotation();
            }
            begin(file, beginning, now);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        cameToBe();
        return true;
    }

    private void cameToBe() {
        absent = false;
        seenBefore = true;
    }

    private void begin(OpenFile file, Beginning beginning, long now) throws IOException {
        long start = seenBefore ? 0 : firstStart(file.size());
        current = streams.begin(file, beginning, start);
        if (start > 0 && options.firstBytes() > 0) {
            current.skipTo(start - 1, Skip.LINE);
            notices.lost(Kind.BEGINNING_SKIPPED, start);
        }
        giveUpOldest(now);
    }

    private long firstStart(long size) {
        return Math.max(0, size - options.firstBytes());
    }

    private void giveUpOldest(long now) {
        while (streams.open().size() > options.mostKept()) {
            TailedStream oldest = streams.open().get(0);
            if (oldest.unread() > 0) {
                notices.lost(Kind.TOO_MANY_ROTATIONS, oldest.unread());
            } else if (!oldest.isQuietFor(LATE_WRITES_NANOS, now)) {
                notices.lost(Kind.TOO_MANY_ROTATIONS, TailNotice.UNKNOWN);
            }
            streams.end(oldest, State.COMPLETE);
        }
    }

    private void retire(TailedStream stream, long now) {
        stream.retire(now);
        if (stream == current) {
            current = null;
        }
    }

    private static long wallClock() {
        Instant now = Clock.systemUTC().instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
