package logyard.core.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import logyard.core.tail.StreamReader.Outcome;
import logyard.core.tail.file.FileChanges;
import logyard.core.tail.file.OpenFile;
import logyard.core.tail.file.PathWatch;
import logyard.core.tail.file.RotationInProgressException;
import logyard.core.tail.position.SavedPath;
import logyard.core.tail.position.SavedStream.State;

/**
 * One followed path: when to look at it, when to read, and when a file that was rotated away is done with.
 *
 * <p>Not thread-safe; belongs to the tail thread.
 */
final class FollowedPath implements FileChanges.Listener {
    /** How long a file that was rotated away must be quiet before its end is taken for the end. */
    static final long GRACE = TimeUnit.SECONDS.toNanos(5);

    /** A file that had news after a silence is read again so soon. */
    private static final long SHORTEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    /**
     * A file that goes on having news is read so often, and all such files at the same moments: lines come in batches
     * then, and a wake-up of every thread on their way serves many. With 1 ms instead, CPU per line at 10,000 lines/s is
     * twice as much.
     */
    private static final long BUSY_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);

    private static final long RENEW = TimeUnit.SECONDS.toNanos(1);

    /** In which a rotation that goes on may be over. */
    private static final long ROTATION = TimeUnit.MILLISECONDS.toNanos(5);

    private final String name;
    private final Path path;
    private final TailContext context;
    private final Succession succession;
    private final PathStreams streams;
    private final PathWatch watch;
    private LineSplitter splitter;

    private long records;
    private boolean looked;
    private boolean leaving;

    /** What was at the path at the moment of leaving has been found. */
    private boolean lookedLast;

    private boolean lookNow = true;
    private long lookAt;
    private long renewedAt;

    private boolean readNow;

    /** Also files that were rotated away and have been read to their end. */
    private boolean readAll;

    private long readAt;
    private long pause = SHORTEST_PAUSE;
    private boolean waitsForSave;
    private long snapshot;

    FollowedPath(
            String name, Path path, FollowOptions options, Optional<OpenFile> opened, TailContext context, long now) {
        this.name = name;
        this.path = path;
        this.context = context;
        this.splitter = new LineSplitter(options.maxRecordSize());
        this.succession = new Succession(name, path, options, opened, context, now);
        this.streams = succession.streams();
        this.lookAt = now;
        this.renewedAt = now;
        this.watch = context.changes().watch(path, context.files(), this);
    }

    String name() {
        return name;
    }

    Path path() {
        return path;
    }

    /** Follows on, with other options; if it was being left, then as if it had not been. */
    void follow(FollowOptions options) {
        succession.options(options);
        splitter = new LineSplitter(options.maxRecordSize());
        if (leaving) {
            leaving = false;
            looked = false;
            streams.readOn();
        }
        lookNow = true;
    }

    /** Looks once more, and reads what is there now; what is written later is not read any more. */
    void leave() {
        leaving = true;
        lookedLast = false;
        lookNow = true;
        streams.limitToPresent();
    }

    boolean isLeaving() {
        return leaving;
    }

    /** Whether nothing is left to read or to be acknowledged of a path that is not followed any more. */
    boolean isLeft() {
        return leaving && lookedLast && streams.isDone();
    }

    /** Is done with it for good: when it is followed again, that is the first time. */
    void letGo() {
        succession.letGo();
        close();
    }

    @Override
    public void contentChanged() {
        readNow = true;
        readAll = true;
        succession.retrySoon();
    }

    @Override
    public void nameChanged() {
        lookNow = true;
    }

    /** Whether events tell of what happens there. */
    boolean isWatched() {
        return watch.isAttentive();
    }

    boolean isLookDue(long now) {
        return lookNow || now - lookAt >= 0;
    }

    /**
     * Looks which file the path leads to, and how large that is.
     *
     * @param interval until the next look
     */
    void look(long now, long interval) {
        lookNow = false;
        lookAt = now + interval - Math.floorMod(now, interval / 4); // at the same moments as others, to wake up seldom
        streams.dropAcknowledged();
        if (!leaving || !lookedLast) {
            renewIfStale(now);
            lookedLast = leaving;
            look(now);
        }
        readNow = true;
        readAll = true;
    }

    private void look(long now) {
        try {
            if (succession.look(now)) {
                renew(now);
            }
            looked = true;
        } catch (RotationInProgressException e) {
            lookAt = now + ROTATION;
            lookedLast = false;
        } catch (IOException e) {
            succession.trouble(e);
        }
        if (leaving) {
            streams.limitToPresent();
        }
    }

    /** A directory that is not there may come, and a link may be turned, without an event. */
    private void renewIfStale(long now) {
        if (watch.isStale() && now - renewedAt >= RENEW) {
            renew(now);
        }
    }

    private void renew(long now) {
        watch.renew();
        renewedAt = now;
    }

    boolean isReadDue(long now) {
        return waitsForSave
                ? context.positions().isSaved(snapshot)
                : readNow || (!watch.isAttentive() && now - readAt >= 0);
    }

    /** When this path has to be seen to next; an event may come earlier. */
    long dueAt(long now) {
        if (lookNow || (readNow && !waitsForSave)) {
            return now;
        }
        return waitsForSave || watch.isAttentive() ? lookAt : Math.min(lookAt, readAt);
    }

    /** Reads a chunk: of the current file, or first of those that were at the path before, and so are older. */
    void read(long now, long longestPause) {
        readNow = false;
        waitsForSave = false;
        boolean news = false;
        long before = context.counters().records();
        try {
            news = readOpen(now);
            if (readAll && !readNow && !waitsForSave) {
                readAll = false;
                completeQuiet(now);
            }
        } catch (RotationInProgressException e) {
            lookAt = now + ROTATION;
        }
        records += context.counters().records() - before;
        schedule(news, now, longestPause);
    }

    private boolean readOpen(long now) throws RotationInProgressException {
        boolean news = false;
        // A writer that goes over to the newest file does so after its last line in the older one. So what is in the
        // newest
        // now comes behind all that is in the older ones when those are read.
        long sizeOfNewest = streams.sizeOfNewest();
        for (TailedStream stream : streams.open()) {
            if (stream.recordedIn() == 0 || !context.positions().isSaved(stream.recordedIn())) {
                waitsForSave = true;
                break;
            }
            if (readAll || !stream.isComplete()) {
                Outcome outcome = readOne(stream, streams.isNewest(stream) ? sizeOfNewest : Long.MAX_VALUE, now);
                news |= outcome == Outcome.SOME || outcome == Outcome.MORE;
                readNow |= outcome == Outcome.MORE;
                if (outcome == Outcome.MORE) {
                    break;
                }
            }
        }
        return news;
    }

    private void schedule(boolean news, long now, long longestPause) {
        if (news) {
            pause = pause > BUSY_PAUSE ? SHORTEST_PAUSE : Math.min(2 * pause, BUSY_PAUSE);
            watch.foundData(now);
        } else {
            pause = Math.min(2 * pause, watch.pause(longestPause));
        }
        readAt = pause == BUSY_PAUSE ? now + pause - Math.floorMod(now, pause) : now + pause;
    }

    private Outcome readOne(TailedStream stream, long end, long now) throws RotationInProgressException {
        try {
            if (!leaving && succession.hasMissedBefore(stream, now)) {
                return Outcome.MORE;
            }
            if (stream.recordedIn() == 0) {
                waitsForSave = true;
                return Outcome.NOTHING;
            }
            Outcome outcome = context.reader().read(stream, splitter, end, now);
            if (outcome == Outcome.TRUNCATED) {
                succession.truncated(stream, now);
                if (leaving) {
                    streams.limitToPosition();
                }
                readNow = true;
            }
            return outcome;
        } catch (RotationInProgressException e) {
            throw e;
        } catch (IOException e) {
            succession.suspend(stream, e, now);
            return Outcome.NOTHING;
        }
    }

    /** Sees to the files that have been read to their end and get no more: they were rotated away, or the path is left. */
    private void completeQuiet(long now) {
        TailedStream youngest = null;
        for (TailedStream stream : streams.open()) {
            youngest = stream.isRetired() ? stream : youngest;
        }
        for (TailedStream stream : streams.open()) {
            boolean quiet = stream.isRetired() && stream.isAtEnd() && stream.isQuietFor(GRACE, now);
            if (leaving || quiet) {
                complete(stream, stream != youngest, now);
            }
        }
    }

    /**
     * The youngest of them stays open while it has a name: a writer that nobody told may still be at it. If the path is
     * left, all do until they are acknowledged: it may be followed again.
     */
    private void complete(TailedStream stream, boolean close, long now) {
        if (stream.pending() > 0) {
            try {
                context.reader().finish(stream, splitter, now);
            } catch (IOException e) {
                succession.trouble(e);
            }
        }
        streams.complete(stream);
        if (!leaving && (close || stream.file().isUnlinked())) {
            streams.end(stream, State.COMPLETE);
        }
    }

    /** Whether something is to be saved before more lines are handed out. */
    boolean hasChanged() {
        return succession.hasChanged();
    }

    /** Whether where reading begins is known, and on disk. */
    boolean isRecorded() {
        return leaving || (looked && snapshot > 0 && context.positions().isSaved(snapshot));
    }

    void recordedIn(long number) {
        if (snapshot == 0 || streams.open().stream().anyMatch(stream -> stream.recordedIn() == 0)) {
            snapshot = number;
        }
        streams.recordedIn(number);
    }

    FileFigures figures() {
        Notices notices = succession.notices();
        return new FileFigures(name, streams.unreadBytes(), records, notices.losses(), notices.lostBytes());
    }

    Optional<SavedPath> toSaved() {
        return succession.toSaved(name);
    }

    void close() {
        watch.close();
        succession.close();
    }

    @Override
    public String toString() {
        return name + "=" + path;
    }
}
