package logyard.core.tail;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import logyard.core.tail.TailNotice.Kind;
import logyard.core.tail.TailedStream.Skip;
import logyard.core.tail.file.OpenFile;
import logyard.core.tail.file.RotationInProgressException;
import logyard.core.tail.position.SavedStream;
import logyard.core.tail.position.SavedStream.State;

/**
 * Goes on with the streams of one path that have no open file: those of an earlier life, and those whose file could not be
 * opened or read.
 *
 * <p>Not thread-safe; belongs to the tail thread.
 */
final class Resumption {
    private static final long RETRY = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_DENIED = TimeUnit.SECONDS.toNanos(60);

    private final Path path;
    private final PathStreams streams;
    private final FileSearch search;
    private final Notices notices;
    private long triedAt;
    private long retryAt;

    Resumption(Path path, PathStreams streams, FileSearch search, Notices notices, long now) {
        this.path = path;
        this.streams = streams;
        this.search = search;
        this.notices = notices;
        this.triedAt = now;
        this.retryAt = now;
    }

    /** Takes over a stream of an earlier life. */
    void takeOver(SavedStream stream) {
        if (stream.state() != State.TRUNCATED) {
            streams.addUnopened(stream);
        } else if (stream.pending() > 0) {
            notices.lost(Kind.TRUNCATED, stream.pending());
        }
    }

    /** Tries again after a while that depends on what failed. */
    void failed(IOException e, long now) {
        trouble(e);
        triedAt = now;
        retryAt = Math.min(retryAt, now + (e instanceof AccessDeniedException ? RETRY_DENIED : RETRY));
    }

    /** A change of permissions may be what a file waits for. */
    void retrySoon() {
        retryAt = Math.min(retryAt, triedAt + RETRY);
    }

    void trouble(IOException e) {
        notices.trouble(Kind.UNREADABLE, e instanceof AccessDeniedException ? "permission denied" : e.toString());
    }

    /**
     * Opens what can be opened.
     *
     * @param lastSeen when the path was last looked at, in nanoseconds since 1970
     * @throws RotationInProgressException if the rest is to be tried again in a moment
     */
    void resumeIfDue(FollowOptions options, long lastSeen, long now) throws RotationInProgressException {
        if (!streams.hasUnopened() || now - retryAt < 0) {
            return;
        }
        retryAt = Long.MAX_VALUE;
        for (SavedStream stream : streams.unopened()) {
            try {
                resume(stream, options, lastSeen, now);
                streams.removeUnopened(stream);
            } catch (RotationInProgressException e) {
                retryAt = now;
                throw e;
            } catch (IOException e) {
                failed(e, now);
            }
        }
    }

    private void resume(SavedStream stream, FollowOptions options, long lastSeen, long now) throws IOException {
        Optional<OpenFile> file = search.find(stream, path);
        if (file.isEmpty()) {
            file = search.findCopy(
                    stream.identity(),
                    Path.of(stream.file()),
                    stream.offset(),
                    copy -> copy.begins(stream.identity().start()),
                    lastSeen,
                    streams::knows);
        }
        if (file.isPresent() && file.get().size() < stream.offset()) {
            nothingMoreIn(file.get(), stream);
        } else if (file.isPresent()) {
            TailedStream resumed = streams.resume(file.get(), stream);
            resumed.retire(now); // until the path is found to lead to it
            limitBacklog(resumed, options.mostBacklog());
        } else {
            gone(stream);
        }
    }

    /** A copy was made before all was in it that was acknowledged. */
    private void nothingMoreIn(OpenFile copy, SavedStream stream) throws IOException {
        streams.knowsCopy(copy.opened());
        copy.close();
        if (stream.pending() > 0) {
            notices.lost(Kind.TRUNCATED, stream.pending());
        }
        streams.forget(stream);
    }

    private void gone(SavedStream stream) throws IOException {
        boolean exists = search.mayBeAt(Path.of(stream.file()), stream.identity());
        Kind kind = exists ? Kind.TRUNCATED : Kind.GONE;
        if (stream.state() == State.READING) {
            notices.lost(kind, TailNotice.UNKNOWN);
        } else if (stream.pending() > 0) {
            notices.lost(kind, stream.pending());
        }
        streams.forget(stream);
    }

    private void limitBacklog(TailedStream resumed, long most) throws IOException {
        long size = resumed.file().size();
        long backlog = size - resumed.position();
        if (backlog > most) {
            resumed.skipTo(size - most - 1, Skip.LINE);
            notices.lost(Kind.BACKLOG_SKIPPED, backlog - most);
        }
    }
}
