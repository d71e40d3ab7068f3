package logyard.core.tail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import logyard.core.tail.file.Beginning;
import logyard.core.tail.file.FileIdentity;
import logyard.core.tail.file.FileStatus;
import logyard.core.tail.file.OpenFile;
import logyard.core.tail.position.SavedStream;
import logyard.core.tail.position.SavedStream.State;
import logyard.core.tail.position.StreamId;
import org.jspecify.annotations.Nullable;

/**
 * The content of one file, from where we began to read it: after a rotation or a truncation another stream goes on.
 *
 * <p>Not thread-safe; belongs to the tail thread.
 */
public final class TailedStream {
    private static final long NOT_PASSING = -1;

    private final String name;
    private final Path path;
    private final StreamId id;
    private final long start;
    private OpenFile file;
    private FileIdentity identity;
    private Beginning beginning;
    private @Nullable Object attachment;

    /** The first byte that was not handed out. */
    private long position;

    /** Bytes after it that are known: an incomplete line. */
    private int pending;

    /** Nothing from here on is read. */
    private long limit = Long.MAX_VALUE;

    /** The end of what was handed out; less than the position only where bytes were skipped. */
    private long end;

    /** Size and last change when last looked at. */
    private FileStatus seen;

    /** The snapshot of positions in which this stream first was; 0 before there is one. */
    private long recordedIn;

    private long lastData;
    private boolean retired;
    private boolean atEnd;
    private boolean complete;
    private Skip skip = Skip.NOTHING;
    private long restNanos;
    private long restUntil;

    /** While passing over: where that ends, and what was passed over so far. */
    private long passUntil = NOT_PASSING;

    private long passedLines;
    private long passedBytes;

    /** What is not handed out at the position. */
    enum Skip {
        NOTHING,
        /** The rest of a line whose beginning was skipped. */
        LINE,
        /** NULs that nobody wrote. */
        HOLE,
        /** All lines there are when a rest is over. */
        REST
    }

    TailedStream(String name, Path path, StreamId id, OpenFile file, Beginning beginning, long start) {
        this.name = name;
        this.path = path;
        this.id = id;
        this.file = file;
        this.seen = file.opened();
        this.beginning = beginning;
        this.identity = FileIdentity.of(seen, beginning.fingerprint());
        this.start = start;
        this.position = start;
        this.end = start;
    }

    /** The name the path is followed by. */
    public String name() {
        return name;
    }

    /** The followed path, whatever the file's own name is by now. */
    public Path path() {
        return path;
    }

    public StreamId id() {
        return id;
    }

    /** The offset in the file at which reading began or, after a restart, went on. */
    public long start() {
        return start;
    }

    /** Which file this is, as far as is known by now. */
    public FileIdentity identity() {
        return identity;
    }

    /** Keeps something for the handler. */
    public void attach(Object something) {
        attachment = something;
    }

    /** What the handler has attached, if anything. */
    public @Nullable Object attachment() {
        return attachment;
    }

    /**
     * Reads nothing for a while, and then passes over all lines that are complete by then, which are only {@linkplain
     * LineHandler#passedOver counted}. To be called by the handler while it is given a line, when there are too many of
     * them; no line after that one comes before the rest is over.
     */
    public void skipToEndAfter(Duration rest) {
        restNanos = rest.toNanos();
    }

    boolean isAskedToRest() {
        return restNanos > 0;
    }

    /** Begins the rest that was asked for, at the end of what has been read. */
    void rest(long now) {
        restUntil = now + restNanos;
        restNanos = 0;
        skip = Skip.REST;
    }

    boolean isResting(long now) {
        return skip == Skip.REST && now - restUntil < 0 && !isLimited();
    }

    boolean isToPassOver() {
        return skip == Skip.REST;
    }

    /** Where passing over ends: at the end of the file as it is when this is asked for the first time. */
    long passUntil() throws IOException {
        if (passUntil == NOT_PASSING) {
            passUntil = Math.max(position, Math.min(file.size(), limit));
        }
        return passUntil;
    }

    void pass(int bytes, int lines) {
        position += bytes;
        passedBytes += bytes;
        passedLines += lines;
    }

    /** Ends passing over, and tells the handler what that was. */
    void passed(LineHandler handler) {
        skip = Skip.NOTHING;
        passUntil = NOT_PASSING;
        if (passedBytes > 0) {
            long lines = passedLines;
            long bytes = passedBytes;
            passedLines = 0;
            passedBytes = 0;
            end = position;
            handler.passedOver(this, lines, bytes, position);
        }
    }

    OpenFile file() {
        return file;
    }

    long position() {
        return position;
    }

    int pending() {
        return pending;
    }

    /** The end of what has been read, be it handed out or not. */
    long known() {
        return position + pending;
    }

    /** Reads nothing from this offset on. */
    void readUpTo(long offset) {
        limit = offset;
    }

    /** Reads whatever comes. */
    void readOn() {
        limit = Long.MAX_VALUE;
        complete &= retired;
    }

    boolean isLimited() {
        return limit < Long.MAX_VALUE;
    }

    /** Bytes that may be read from the position on. */
    long allowed() {
        return Math.max(0, limit - position);
    }

    /** The end of what was handed out. */
    long end() {
        return end;
    }

    void handedOut(long endOffset) {
        end = endOffset;
    }

    void advanced(int consumed, int left, long now) {
        position += consumed;
        pending = left;
        lastData = now;
        complete = false;
    }

    /** Goes on elsewhere in the file, without handing out what is between, and perhaps some of what is there. */
    void skipTo(long offset, Skip there) {
        position = offset;
        pending = 0;
        skip = there;
    }

    Skip skip() {
        return skip;
    }

    void atEnd(boolean nothingLeft) {
        atEnd = nothingLeft;
    }

    boolean isAtEnd() {
        return atEnd;
    }

    /** The path leads elsewhere now; this file is only read to its end. */
    void retire(long now) {
        retired = true;
        lastData = now;
    }

    /** The path leads here again. */
    void reinstate() {
        retired = false;
        complete = false;
    }

    boolean isRetired() {
        return retired;
    }

    boolean isQuietFor(long nanos, long now) {
        return now - lastData >= nanos;
    }

    void complete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    void recordedIn(long snapshot) {
        if (recordedIn == 0) {
            recordedIn = snapshot;
        }
    }

    long recordedIn() {
        return recordedIn;
    }

    /** What is on disk of it is not enough to know it again. */
    void notRecorded() {
        recordedIn = 0;
    }

    /** Takes note of a look at this file: what was not recognizable at first, such as its birth, may be now. */
    void seenAs(FileStatus status) throws IOException {
        identity = identity.seenAs(status);
        seen = status;
        grown(status.size());
    }

    /** Takes note that the file has so many bytes now. */
    void grown(long size) throws IOException {
        Beginning more = beginning.grown(file, size);
        if (more != beginning) {
            began(more);
        }
    }

    /** Takes note that the file, opened some time ago, has been emptied and has so many bytes now. */
    void beganAgainWith(long size) {
        seen = seen.withSize(size);
    }

    /** Takes note that the file had so many bytes, should it be emptied before the next look. */
    void hadAtLeast(long size) {
        if (size > seen.size()) {
            seen = seen.withSize(size);
        }
    }

    /** Takes note of how the file begins. */
    void began(Beginning first) {
        beginning = first;
        identity = identity.startingWith(first.fingerprint());
    }

    /** Whether a file is a copy of this one from before it was emptied, made when it had less. */
    boolean hadShorterCopy(OpenFile copy) throws IOException {
        return beginning.isSharedBy(copy) && !copy.isCopyOfBeginningOf(file);
    }

    /** Whether nothing was ever seen in the file. */
    boolean isUntouched() {
        return beginning.fingerprint().length() == 0;
    }

    /** Whether the file was changed since the last look. */
    boolean isModified(FileStatus now) {
        return now.modified() != seen.modified();
    }

    /** Whether the file was emptied since the last look. */
    boolean isTruncated(FileStatus now) throws IOException {
        return now.size() < known() || (isModified(now) && isRewritten());
    }

    /** Whether the file does not begin as it did. */
    boolean isRewritten() throws IOException {
        return !beginning.isStillIn(file);
    }

    /** Bytes that were in the file when last looked at, were to be read, and were not handed out. */
    long unread() {
        return Math.min(allowed(), Math.max(seen.size(), known()) - position);
    }

    /** Goes on in a copy that was made before the file was emptied. */
    void continueIn(OpenFile copy) throws IOException {
        file = copy;
        seen = copy.opened();
        beginning = Beginning.of(copy);
        identity = FileIdentity.of(seen, beginning.fingerprint());
        pending = 0;
    }

    SavedStream toSaved(long acknowledged, State state) {
        return new SavedStream(id, file.path().toString(), identity, acknowledged, end, state);
    }

    @Override
    public String toString() {
        return file + " as " + name;
    }
}
