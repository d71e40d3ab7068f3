package logyard.core.tail.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import logyard.core.tail.file.FileChanges.Listener;
import logyard.core.tail.file.WatchedDirectory.Mode;
import org.jspecify.annotations.Nullable;

/**
 * The watch for one path: on its directory and, if it leads through a symbolic link, on the one the file is really in.
 *
 * <p>Not thread-safe.
 */
public final class PathWatch implements AutoCloseable {
    private static final long BUSY_PAUSE = TimeUnit.MILLISECONDS.toNanos(4);

    /** So that polling costs about the same however many files a busy directory has. */
    private static final long BUSY_PAUSE_PER_FILE = TimeUnit.MICROSECONDS.toNanos(50);

    private final FileChanges changes;
    private final FileTree files;
    private final Path file;
    private final Listener listener;
    private List<Place> places = List.of();

    private record Place(WatchedDirectory directory, String name) {}

    PathWatch(FileChanges changes, FileTree files, Path file, Listener listener) {
        this.changes = changes;
        this.files = files;
        this.file = file;
        this.listener = listener;
        renew();
    }

    /** Looks again where the path leads: call it when the file there was replaced, came or went. */
    public void renew() {
        List<Place> old = places;
        places = wanted();
        for (Place place : places) {
            place.directory().add(place.name(), listener);
        }
        leave(old);
    }

    /** Whether a directory was deleted: there may be another one now. */
    public boolean isStale() {
        return places.isEmpty()
                || places.stream().anyMatch(place -> place.directory().isGone());
    }

    /**
     * How long the file may be left alone after it was found without news, in nanoseconds.
     *
     * @param otherwise the answer where events tell of news, or where the directory cannot be watched
     */
    public long pause(long otherwise) {
        WatchedDirectory nearest = nearest();
        return nearest == null || nearest.mode() != Mode.BUSY
                ? otherwise
                : Math.max(BUSY_PAUSE, nearest.files() * BUSY_PAUSE_PER_FILE);
    }

    /** Whether events tell of new content, so that polling is a precaution only. */
    public boolean isAttentive() {
        WatchedDirectory nearest = nearest();
        return nearest != null && nearest.mode() == Mode.ATTENTIVE;
    }

    /** Says that the file had new content, which keeps a busy directory busy. */
    public void foundData(long now) {
        WatchedDirectory nearest = nearest();
        if (nearest != null) {
            nearest.foundData(now);
        }
    }

    @Override
    public void close() {
        List<Place> old = places;
        places = List.of();
        leave(old);
    }

    /** The directory that the file really is in. */
    private @Nullable WatchedDirectory nearest() {
        return places.isEmpty() ? null : places.get(places.size() - 1).directory();
    }

    private List<Place> wanted() {
        var found = new ArrayList<Place>();
        place(file).ifPresent(found::add);
        try {
            place(files.real(file)).filter(real -> !found.contains(real)).ifPresent(found::add);
        } catch (IOException e) {
            // nothing there, and so no second directory
        }
        return found;
    }

    private Optional<Place> place(Path path) {
        Path parent = path.getParent();
        Path name = path.getFileName();
        if (parent == null || name == null) {
            return Optional.empty();
        }
        try {
            FileStatus status = files.status(parent);
            return status.isAbsent()
                    ? Optional.empty()
                    : Optional.of(new Place(changes.directory(files.real(parent), status), name.toString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void leave(List<Place> old) {
        for (Place place : old) {
            place.directory().remove(place.name(), listener);
            changes.release(place.directory());
        }
    }
}
