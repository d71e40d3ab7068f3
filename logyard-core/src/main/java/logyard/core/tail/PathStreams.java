package logyard.core.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import logyard.core.tail.file.Beginning;
import logyard.core.tail.file.FileIdentity;
import logyard.core.tail.file.FileStatus;
import logyard.core.tail.file.OpenFile;
import logyard.core.tail.position.Positions;
import logyard.core.tail.position.SavedStream;
import logyard.core.tail.position.SavedStream.State;
import logyard.core.tail.position.StreamId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All streams of one path that are not done with: those being read, oldest first, those whose file cannot be opened at
 * present, and those that are read but not acknowledged.
 *
 * <p>Not thread-safe; belongs to the tail thread.
 */
final class PathStreams {
    private static final Logger log = LoggerFactory.getLogger(PathStreams.class);

    private final String name;
    private final Path path;
    private final Positions positions;
    private final Consumer<TailedStream> onClose;
    private final List<TailedStream> open = new ArrayList<>();
    private final List<SavedStream> unopened = new ArrayList<>();
    private final List<SavedStream> unacknowledged = new ArrayList<>();
    private long nextGeneration;
    private long lastBirth;
    private boolean changed;

    PathStreams(
            String name,
            Path path,
            long nextGeneration,
            long lastBirth,
            Positions positions,
            Consumer<TailedStream> onClose) {
        this.name = name;
        this.path = path;
        this.nextGeneration = nextGeneration;
        this.lastBirth = lastBirth;
        this.positions = positions;
        this.onClose = onClose;
    }

    /** The streams being read, oldest first; the caller may change the streams while it goes through them. */
    List<TailedStream> open() {
        return List.copyOf(open);
    }

    /** Whether everything that can be read at present was handed out and acknowledged. */
    boolean isDone() {
        return unacknowledged.isEmpty()
                && open.stream()
                        .allMatch(stream -> stream.isComplete() && positions.acknowledged(stream.id()) >= stream.end());
    }

    /** How large the newest file is, if there are older ones beside it; else without limit. */
    long sizeOfNewest() {
        try {
            return open.size() > 1 ? open.get(open.size() - 1).file().size() : Long.MAX_VALUE;
        } catch (IOException e) {
            return Long.MAX_VALUE; // reading it will tell
        }
    }

    /** Bytes of the files being read that were not handed out. */
    long unreadBytes() {
        long unread = 0;
        for (TailedStream stream : open) {
            long size = size(stream);
            stream.hadAtLeast(size); // what was told of must not be lost without a number
            unread += Math.min(Math.max(0, size - stream.position()), stream.allowed());
        }
        return unread;
    }

    boolean isNewest(TailedStream stream) {
        return stream == open.get(open.size() - 1);
    }

    long nextGeneration() {
        return nextGeneration;
    }

    /** Whether streams came or went since this was last asked: that must be on disk before their lines are handed out. */
    boolean hasChanged() {
        boolean was = changed;
        changed = false;
        return was;
    }

    Optional<TailedStream> reading(FileStatus seen) {
        return open.stream().filter(stream -> stream.identity().isFile(seen)).findFirst();
    }

    /** Whether a file is one of ours, be it open or not. */
    boolean knows(FileStatus seen) {
        return reading(seen).isPresent()
                || unopened.stream().anyMatch(stream -> stream.identity().mayBe(seen))
                || unacknowledged.stream().anyMatch(stream -> stream.identity().mayBe(seen));
    }

    /** Whether a file is one of ours that cannot be opened at present. */
    boolean waitsFor(FileStatus seen) {
        return unopened.stream().anyMatch(stream -> stream.identity().isFile(seen));
    }

    /** When the newest file that was read came to be, in nanoseconds since 1970; 0 if there was none. */
    long lastBirth() {
        return lastBirth;
    }

    /** Takes note of how a stream begins; that must be on disk before its lines are handed out. */
    void began(TailedStream stream, Beginning beginning) {
        stream.began(beginning);
        stream.notRecorded();
        changed = true;
    }

    /** Goes on with a stream in a copy of its file. */
    void continueIn(TailedStream stream, OpenFile copy) throws IOException {
        stream.continueIn(copy);
        knowsCopy(copy.opened());
    }

    /** Takes note of a copy of what was read, which must not be taken for a file that was the log. */
    void knowsCopy(FileStatus copy) {
        lastBirth = Math.max(lastBirth, copy.birth() + 1);
        changed = true;
    }

    /** Reads what is in the files now, and nothing that comes later. */
    void limitToPresent() {
        for (TailedStream stream : open) {
            if (!stream.isLimited()) {
                stream.readUpTo(size(stream));
            }
        }
    }

    /** Of a stream that began after the moment for which the others are limited, nothing is read. */
    void limitToPosition() {
        open.stream().filter(stream -> !stream.isLimited()).forEach(stream -> stream.readUpTo(stream.position()));
    }

    private static long size(TailedStream stream) {
        try {
            return stream.file().size();
        } catch (IOException e) {
            log.debug("Cannot tell the size of {}: {}", stream, e.getMessage());
            return stream.known();
        }
    }

    /** Reads also what comes later. */
    void readOn() {
        open.forEach(TailedStream::readOn);
        changed = true;
    }

    /** Takes note that a stream was read to its end. */
    void complete(TailedStream stream) {
        if (!stream.isComplete()) {
            stream.complete();
            changed = true;
        }
    }

    /** Begins a new stream from the file's beginning; while another one is current, it comes before that. */
    TailedStream begin(OpenFile file) throws IOException {
        return begin(file, Beginning.of(file), 0);
    }

    /**
     * Begins a new stream; while another one is current, it comes before that.
     *
     * @param beginning how the file began when it was last certain that none before it was missed
     */
    TailedStream begin(OpenFile file, Beginning beginning, long start) {
        StreamId id = newId(FileIdentity.of(file.opened(), beginning.fingerprint()));
        var stream = new TailedStream(name, path, id, file, beginning, start);
        positions.track(id, start);
        lastBirth = Math.max(lastBirth, file.opened().birth());
        boolean currentIsLast = !open.isEmpty() && !open.get(open.size() - 1).isRetired();
        open.add(currentIsLast ? open.size() - 1 : open.size(), stream);
        return stream;
    }

    /** Notes a new stream whose file cannot be opened at present. */
    void beginLater(Path file, FileIdentity identity, long start) {
        addUnopened(new SavedStream(newId(identity), file.toString(), identity, start, start, State.READING));
    }

    private StreamId newId(FileIdentity identity) {
        changed = true;
        return StreamId.of(name, identity, nextGeneration++);
    }

    /** Goes on with a stream where it was left. */
    TailedStream resume(OpenFile file, SavedStream saved) throws IOException {
        var stream = new TailedStream(name, path, saved.id(), file, Beginning.of(file), saved.offset());
        if (saved.state() == State.COMPLETE) {
            stream.complete();
        }
        lastBirth = Math.max(lastBirth, stream.identity().birth());
        if (!saved.identity().mayBe(file.opened())) {
            knowsCopy(file.opened());
        }
        open.add(stream);
        changed = true;
        return stream;
    }

    void addUnopened(SavedStream stream) {
        positions.track(stream.id(), stream.offset());
        unopened.add(stream);
        changed = true;
    }

    /** The streams that have no open file; the caller may change the streams while it goes through them. */
    List<SavedStream> unopened() {
        return List.copyOf(unopened);
    }

    boolean hasUnopened() {
        return !unopened.isEmpty();
    }

    void removeUnopened(SavedStream stream) {
        unopened.remove(stream);
        changed = true;
    }

    /** Stops reading a stream whose file will give no more. */
    void end(TailedStream stream, State state) {
        close(stream.file());
        endKeepingFile(stream, state);
    }

    /** As {@link #end}, but the file is read on as another stream. */
    void endKeepingFile(TailedStream stream, State state) {
        open.remove(stream);
        unacknowledged.add(stream.toSaved(positions.acknowledged(stream.id()), state));
        changed = true;
        onClose.accept(stream);
    }

    /** Gives up a stream that cannot be read to its end. */
    void forget(SavedStream stream) {
        removeUnopened(stream);
        positions.forget(stream.id());
    }

    /** Closes a file that could not be read, to open it again later. */
    void suspend(TailedStream stream) {
        close(stream.file());
        open.remove(stream);
        unopened.add(stream.toSaved(stream.position(), State.READING));
        onClose.accept(stream);
    }

    /** Drops the streams of which everything handed out has been acknowledged. */
    void dropAcknowledged() {
        unacknowledged.removeIf(stream -> {
            boolean done = positions.acknowledged(stream.id()) >= stream.end();
            if (done) {
                positions.forget(stream.id());
            }
            return done;
        });
    }

    /** Closes all files; what is not acknowledged of them need not be any more. */
    void letGo() {
        open.forEach(stream -> positions.forget(stream.id()));
        unopened().forEach(this::forget);
        close();
    }

    /** Closes all files, and leaves the rest for the next start. */
    void close() {
        open.forEach(stream -> {
            close(stream.file());
            onClose.accept(stream);
        });
        open.clear();
    }

    List<SavedStream> toSaved() {
        var all = new ArrayList<SavedStream>();
        for (SavedStream stream : unacknowledged) {
            all.add(stream.acknowledgedTo(positions.acknowledged(stream.id())));
        }
        for (SavedStream stream : unopened) {
            all.add(stream.acknowledgedTo(positions.acknowledged(stream.id())));
        }
        for (TailedStream stream : open) {
            long acknowledged = positions.acknowledged(stream.id());
            all.add(stream.toSaved(acknowledged, stream.isComplete() ? State.COMPLETE : State.READING));
        }
        return Collections.unmodifiableList(all);
    }

    void recordedIn(long snapshot) {
        open.forEach(stream -> stream.recordedIn(snapshot));
    }

    /** Closes a file of which nothing more is wanted. */
    static void close(OpenFile file) {
        try {
            file.close();
        } catch (IOException e) {
            log.debug("Cannot close {}: {}", file, e.getMessage());
        }
    }
}
