package logyard.core.tail;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import logyard.core.tail.file.FileTree;
import logyard.core.tail.file.OpenFile;
import logyard.core.tail.position.SavedPath;

/**
 * The tailer's work, one round at a time: look where it is due, save what has to be on disk first, read a chunk from each
 * file that may have news.
 *
 * <p>Not thread-safe: one instance, one thread.
 */
final class Rounds implements AutoCloseable {
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long LONGEST_POLL = TimeUnit.SECONDS.toNanos(2);

    /** So that looking costs about the same however many files there are. */
    private static final long POLL_PER_FILE = TimeUnit.MICROSECONDS.toNanos(250);

    /** The same where events tell of what happens, and a look is a precaution: 400 idle files cost 1 % of a processor then. */
    private static final long WATCHED_POLL_PER_FILE = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long SAVE = TimeUnit.SECONDS.toNanos(1);

    /** How often a handler without room is asked again, should nobody wake us. */
    private static final long ROOM = TimeUnit.MILLISECONDS.toNanos(50);

    private final TailContext context;
    private final LongSupplier nanoClock;
    private final List<FollowedPath> paths = new ArrayList<>();
    private boolean urgent;
    private boolean unsaved;
    private long savedAt;
    private long saveInterval = SAVE;

    /** Whose turn it is: after a round that ended for lack of room the next one goes on there. */
    private int turn;

    Rounds(TailContext context, LongSupplier nanoClock) {
        this.context = context;
        this.nanoClock = nanoClock;
        this.savedAt = nanoClock.getAsLong() - SAVE;
    }

    /** Saves progress so often, in nanoseconds; where reading begins is saved at once. */
    void saveInterval(long nanos) {
        saveInterval = nanos;
    }

    /** As the other one, for a path in the tree of the context. */
    void follow(String name, Path path, FollowOptions options) {
        follow(name, path, options, context.files(), Optional.empty());
    }

    /**
     * Follows a path; if it is followed already, with these options from now on. A name has one path.
     *
     * @param opened what was there just now
     */
    void follow(String name, Path path, FollowOptions options, FileTree files, Optional<OpenFile> opened) {
        Path absolute = path.toAbsolutePath();
        paths.stream().filter(followed -> followed.name().equals(name)).forEach(followed -> {
            if (!followed.path().equals(absolute)) {
                leave(followed);
            }
        });
        Optional<FollowedPath> known = find(name, absolute);
        if (known.isPresent()) {
            known.get().follow(options);
            opened.ifPresent(PathStreams::close);
        } else {
            paths.add(new FollowedPath(name, absolute, options, opened, context.within(files), nanoClock.getAsLong()));
        }
        count();
    }

    /** Follows it no more: what is written up to now is still handed out. */
    void unfollow(String name) {
        paths.stream().filter(followed -> followed.name().equals(name)).forEach(this::leave);
        count();
    }

    private Optional<FollowedPath> find(String name, Path path) {
        return paths.stream()
                .filter(followed ->
                        followed.name().equals(name) && followed.path().equals(path))
                .findFirst();
    }

    private void leave(FollowedPath followed) {
        if (!followed.isLeaving()) {
            followed.leave();
        }
    }

    private void count() {
        context.counters().files((int)
                paths.stream().filter(followed -> !followed.isLeaving()).count());
    }

    /** How it stands with each path, those being left not included. */
    List<FileFigures> figures() {
        return paths.stream()
                .filter(followed -> !followed.isLeaving())
                .map(FollowedPath::figures)
                .toList();
    }

    /** Does what is due, and returns how long nothing will be, in nanoseconds. */
    long round() {
        long now = nanoClock.getAsLong();
        long interval = interval(POLL_PER_FILE);
        long watchedInterval = interval(WATCHED_POLL_PER_FILE);
        for (FollowedPath path : paths) {
            if (path.isLookDue(now)) {
                path.look(now, path.isWatched() ? watchedInterval : interval);
                urgent |= path.hasChanged();
            }
        }
        saveIfDue(now);
        boolean room = read(now, interval);
        dropLeft();
        return room ? pause() : ROOM;
    }

    private long interval(long perFile) {
        return Math.min(LONGEST_POLL, Math.max(POLL, paths.size() * perFile));
    }

    /** Whether everything followed so far has been looked at, and where it starts is on disk. */
    boolean isAllRecorded() {
        return paths.stream().allMatch(FollowedPath::isRecorded);
    }

    /** Saves, and closes all files; incomplete lines stay unread, for the next start. */
    @Override
    public void close() {
        save(nanoClock.getAsLong());
        paths.forEach(FollowedPath::close);
        paths.clear();
    }

    /** Whether there was room to the end. */
    private boolean read(long now, long interval) {
        int count = paths.size();
        for (int i = 0; i < count; i++) {
            int next = (turn + i) % count;
            FollowedPath path = paths.get(next);
            if (path.isReadDue(now)) {
                if (!context.handler().hasRoom()) {
                    turn = next;
                    return false;
                }
                path.read(now, interval);
                urgent |= path.hasChanged();
            }
        }
        return true;
    }

    private void saveIfDue(long now) {
        unsaved |= context.positions().hasProgressed();
        if (urgent || (unsaved && now - savedAt >= saveInterval)) {
            save(now);
        }
    }

    private void save(long now) {
        var all = new ArrayList<SavedPath>();
        paths.forEach(path -> path.toSaved().ifPresent(all::add));
        long snapshot = context.positions().save(all);
        paths.forEach(path -> path.recordedIn(snapshot));
        urgent = false;
        unsaved = false;
        savedAt = now;
    }

    private void dropLeft() {
        if (paths.removeIf(path -> {
            if (path.isLeft()) {
                path.letGo();
                context.handler().left(path.name());
                return true;
            }
            return false;
        })) {
            unsaved = true;
            turn = 0;
        }
    }

    private long pause() {
        long now = nanoClock.getAsLong();
        long earliest = unsaved ? savedAt + saveInterval - now : SAVE;
        for (FollowedPath path : paths) {
            earliest = Math.min(earliest, path.dueAt(now) - now);
        }
        return Math.max(0, urgent ? 0 : earliest);
    }
}
