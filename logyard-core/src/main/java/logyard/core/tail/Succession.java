package logyard.core.tail;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import logyard.core.tail.TailNotice.Kind;
import logyard.core.tail.TailedStream.Skip;
import logyard.core.tail.file.FileIdentity;
import logyard.core.tail.file.FileStatus;
import logyard.core.tail.file.Fingerprint;
import logyard.core.tail.file.OpenFile;
import logyard.core.tail.file.RotatedFiles;
import logyard.core.tail.position.SavedPath;
import logyard.core.tail.position.SavedStream;
import logyard.core.tail.position.SavedStream.State;
import org.jspecify.annotations.Nullable;

/**
 * Which file a path leads to now, and what becomes of the ones it led to before.
 *
 * <p>A file that the path leads away from is retired: read on, since its writer may not know yet. A file that was not
 * seen at the path, because it was there too short, or while we were not running, is looked for among its neighbours.
 *
 * <p>Not thread-safe; belongs to the tail thread.
 */
final class Succession {
    /** Files of one path that are kept open while nothing is read; past that the oldest is given up. */
    static final int MOST_KEPT = 1000;

    private static final long RETRY = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_DENIED = TimeUnit.SECONDS.toNanos(60);

    private final Path path;
    private final TailContext context;
    private final Notices notices;
    private final PathStreams streams;
    private FollowOptions options;
    private @Nullable TailedStream current;

    /** Nothing was at the path when last looked at: what comes is new. */
    private boolean absent;

    /** The path was looked at before, in this life or an earlier one: nothing that comes is old. */
    private boolean seenBefore;

    /** In nanoseconds since 1970. */
    private long lastSeen;

    private boolean changed;
    private long retryAt;
    private long triedAt;

    Succession(String name, Path path, FollowOptions options, TailContext context, long now) {
        this.path = path;
        this.options = options;
        this.context = context;
        this.notices = new Notices(name, path, context.handler(), context.counters());
        this.retryAt = now;
        this.triedAt = now;
        Optional<SavedPath> saved = context.positions().claim(name, path);
        // a generation that no earlier life can have used, even if its positions were lost
        long generation = saved.map(SavedPath::nextGeneration).orElseGet(System::currentTimeMillis);
        this.streams = new PathStreams(name, path, generation, context.positions(), context.handler()::closed);
        saved.ifPresent(this::takeOver);
    }

    private void takeOver(SavedPath saved) {
        seenBefore = true;
        absent = saved.absent();
        lastSeen = saved.lastSeen();
        for (SavedStream stream : saved.streams()) {
            if (stream.state() != State.TRUNCATED) {
                streams.addUnopened(stream);
            } else if (stream.pending() > 0) {
                notices.lost(Kind.TRUNCATED, stream.pending());
            }
        }
    }

    PathStreams streams() {
        return streams;
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
        retryAt = Math.min(retryAt, triedAt + RETRY);
    }

    /**
     * Looks at the path.
     *
     * @return whether it leads elsewhere than before
     * @throws IOException if that cannot be said
     */
    boolean look(long now) throws IOException {
        if (streams.hasUnopened() && now - retryAt >= 0) {
            reopenAll(now);
        }
        FileStatus seen = FileStatus.of(path);
        boolean elsewhere = seen.isRegular() ? present(seen, now) : missing(seen, now);
        lastSeen = wallClock();
        if (!streams.hasUnopened() && (seen.isRegular() || seen.isAbsent())) {
            notices.fine();
        }
        return elsewhere;
    }

    void trouble(IOException e) {
        notices.trouble(Kind.UNREADABLE, e instanceof AccessDeniedException ? "permission denied" : e.toString());
    }

    /** Closes a file that could not be read, to open it again later. */
    void suspend(TailedStream stream, long now) {
        retire(stream, now);
        streams.suspend(stream);
        retryAfter(RETRY, now);
    }

    /** The file of a stream was emptied; most who do so make a copy first. */
    void truncated(TailedStream stream, long now) throws IOException {
        context.counters().truncation();
        OpenFile emptied = stream.file();
        boolean goesOn = stream == current;
        Optional<OpenFile> copy = context.search()
                .findCopy(stream.identity(), emptied.path(), stream.position(), lastSeen, streams::knows);
        if (copy.isPresent()) {
            stream.continueIn(copy.get());
            retire(stream, now);
        } else {
            if (stream.unread() > 0) {
                notices.lost(Kind.TRUNCATED, stream.unread());
            }
            streams.endKeepingFile(stream, State.TRUNCATED);
        }
        TailedStream successor = streams.begin(emptied, 0);
        if (goesOn) {
            current = successor;
        } else {
            successor.retire(now);
        }
    }

    /** Retires whatever is at the path. */
    void retireCurrent(long now) {
        if (current != null) {
            retire(current, now);
        }
    }

    Optional<SavedPath> toSaved(String name) {
        return seenBefore
                ? Optional.of(new SavedPath(
                        name, path.toString(), absent, streams.nextGeneration(), lastSeen, streams.toSaved()))
                : Optional.empty();
    }

    private boolean present(FileStatus seen, long now) throws IOException {
        TailedStream reading = current;
        if (reading != null && reading.identity().isFile(seen)) {
            if (reading.isTruncated(seen)) {
                truncated(reading, now);
            } else {
                reading.seenAs(seen);
            }
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

    private boolean missing(FileStatus seen, long now) {
        if (!seen.isAbsent()) {
            notices.trouble(Kind.NOT_A_FILE, "not a regular file");
        }
        if (absent) {
            return false;
        }
        retireCurrent(now);
        absent = true;
        seenBefore = true;
        changed = true;
        return true;
    }

    /** Another file is at the path. */
    private boolean replaced(FileStatus seen, long now) throws IOException {
        OpenFile file;
        try {
            file = context.opener().open(path);
        } catch (NoSuchFileException e) {
            return false; // gone already: the next look will tell
        } catch (IOException e) {
            retireCurrent(now);
            streams.beginLater(FileIdentity.of(seen, Fingerprint.NONE), seenBefore ? 0 : firstStart(seen.size()));
            failed(e, now);
            cameToBe();
            return true;
        }
        if (seenBefore) {
            beginMissed(file, now);
            context.counters().rotation();
        }
        retireCurrent(now);
        begin(file);
        cameToBe();
        return true;
    }

    private void cameToBe() {
        absent = false;
        seenBefore = true;
    }

    private void begin(OpenFile file) throws IOException {
        long start = seenBefore ? 0 : firstStart(file.size());
        if (start > 0 && options.firstBytes() > 0) {
            current = streams.begin(file, start);
            current.skipTo(start - 1, Skip.LINE);
        } else {
            current = streams.begin(file, start);
        }
        giveUpOldest();
    }

    private long firstStart(long size) {
        return Math.max(0, size - options.firstBytes());
    }

    /** Files that were at the path since the last look, and are not there any more. */
    private void beginMissed(OpenFile successor, long now) {
        var missed = RotatedFiles.of(successor.path())
                .missedSince(
                        streams.newestBirth(),
                        lastSeen,
                        seen -> seen.isSameFileAs(successor.opened()) || streams.knows(seen));
        for (Path file : missed) {
            try {
                streams.begin(context.opener().open(file), 0).retire(now);
                context.counters().rotation();
            } catch (IOException e) {
                trouble(e);
            }
        }
    }

    private void giveUpOldest() {
        while (streams.open().size() > MOST_KEPT) {
            TailedStream oldest = streams.open().get(0);
            notices.lost(Kind.TOO_MANY_ROTATIONS, oldest.unread());
            streams.end(oldest, State.COMPLETE);
        }
    }

    private void reopenAll(long now) {
        triedAt = now;
        retryAt = Long.MAX_VALUE;
        for (SavedStream stream : streams.takeUnopened()) {
            try {
                reopen(stream, now);
            } catch (IOException e) {
                streams.addUnopened(stream);
                failed(e, now);
            }
        }
    }

    private void reopen(SavedStream stream, long now) throws IOException {
        Optional<OpenFile> file = context.search().find(stream, path);
        if (file.isEmpty()) {
            file = context.search()
                    .findCopy(stream.identity(), Path.of(stream.file()), stream.offset(), lastSeen, streams::knows);
        }
        if (file.isPresent()) {
            TailedStream resumed = streams.resume(file.get(), stream);
            retire(resumed, now);
            limitBacklog(resumed);
        } else {
            gone(stream);
        }
    }

    private void gone(SavedStream stream) throws IOException {
        boolean exists = stream.identity().mayBe(FileStatus.of(Path.of(stream.file())));
        Kind kind = exists ? Kind.TRUNCATED : Kind.GONE;
        if (stream.state() == State.READING) {
            notices.lost(kind, TailNotice.UNKNOWN);
        } else if (stream.pending() > 0) {
            notices.lost(kind, stream.pending());
        }
        streams.forget(stream);
    }

    private void limitBacklog(TailedStream resumed) throws IOException {
        long backlog = resumed.file().size() - resumed.position();
        if (backlog > options.mostBacklog()) {
            resumed.skipTo(resumed.file().size() - options.mostBacklog() - 1, Skip.LINE);
            notices.lost(Kind.BACKLOG_SKIPPED, backlog - options.mostBacklog());
        }
    }

    private void retire(TailedStream stream, long now) {
        stream.retire(now);
        if (stream == current) {
            current = null;
        }
    }

    private void failed(IOException e, long now) {
        trouble(e);
        retryAfter(e instanceof AccessDeniedException ? RETRY_DENIED : RETRY, now);
    }

    private void retryAfter(long pause, long now) {
        triedAt = now;
        retryAt = Math.min(retryAt, now + pause);
    }

    private static long wallClock() {
        Instant now = Clock.systemUTC().instant();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }
}
