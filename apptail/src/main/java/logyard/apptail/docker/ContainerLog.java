package logyard.apptail.docker;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads one stream of an answer to {@code /containers/<id>/logs}, from a {@link Checkpoint} on: what was read before comes
 * again, as far as it has the same time, and is left out. On the thread {@code docker}.
 */
final class ContainerLog {
    /** Between the positions of two pieces: there is room for a notice. */
    private static final int STEP = 4;

    private final ContainerOutput output;
    private final Checkpoint start;
    private final LogFrames frames;
    private final int stream;
    private final StampedLines stamped;
    private long position;
    private Instant time;
    private Instant newest;
    private int lines;

    // Of the last line that is complete:
    private Checkpoint complete;
    private long completePosition;
    private Instant completeTime;
    private int completeLines;

    private boolean passing;
    private boolean missing;

    /**
     * Nothing is read yet.
     *
     * @param stream which one, by its number
     */
    ContainerLog(Checkpoint start, int stream, boolean terminal, int maxRecordSize, ContainerOutput output) {
        this.start = start;
        this.complete = start;
        this.output = output;
        this.position = start.position();
        this.time = start.instant();
        this.newest = time;
        this.completePosition = position;
        this.completeTime = time;
        this.completeLines = start.lines();
        this.passing = !start.isSomewhere();
        this.stream = stream;
        this.frames = new LogFrames(terminal, new Frames());
        this.stamped = new StampedLines(maxRecordSize, new Lines());
    }

    /**
     * Takes a part of the answer.
     *
     * @throws IOException if it is none
     */
    void take(ByteBuf bytes) throws IOException {
        frames.take(bytes);
    }

    /** Nothing more comes: lines without LF are lines. */
    void finish() {
        stamped.finish();
    }

    /** Behind the last line that was handed on to its end. */
    Checkpoint complete() {
        if (completePosition != complete.position()) {
            complete = new Checkpoint(start.stream(), completePosition, completeTime.toString(), completeLines);
        }
        return complete;
    }

    /** Whether the log does not go on where it was read to: it was rotated, or its times are not in order. */
    boolean isMissingSome() {
        return missing;
    }

    /** Where to go on when the answer was broken off: pieces of a line that was not complete will have other positions. */
    Checkpoint afterABreak() {
        Checkpoint last = complete();
        return new Checkpoint(last.stream(), position, last.time(), last.lines());
    }

    /** A line without a time has that of the line before it. */
    private boolean isNew(@Nullable Instant stamp) {
        Instant written = stamp == null ? newest : stamp;
        newest = written;
        if (!passing && written.isBefore(start.instant())) {
            return false;
        }
        if (!passing && written.equals(start.instant())) {
            lines++;
            passing = lines == start.lines();
            return false;
        }
        missing |= !passing && lines == 0;
        passing = true;
        lines = written.equals(time) ? lines + 1 : 1;
        time = written;
        return !missing;
    }

    /** Takes what the frames hold. */
    private final class Frames implements LogFrames.Output {
        @Override
        public void frame(int of) {
            if (of == stream) {
                stamped.frame();
            }
        }

        @Override
        public void bytes(int of, ByteBuf part) {
            if (of == stream && !missing) {
                stamped.take(part);
            } else {
                part.skipBytes(part.readableBytes());
            }
        }
    }

    /** Takes the lines. */
    private final class Lines implements StampedLines.Lines {
        @Override
        public boolean begins(@Nullable Instant written) {
            return isNew(written);
        }

        @Override
        public void piece(byte[] bytes, int offset, int length, int taken, boolean last) {
            position += STEP;
            output.piece(bytes, offset, length, taken, last, position);
            if (last) {
                completePosition = position;
                completeTime = time;
                completeLines = lines;
            }
        }
    }
}
