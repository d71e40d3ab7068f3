package logyard.apptail.docker;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer to {@code /containers/<id>/logs}, from a {@link Checkpoint} on: what was read before comes again, as
 * far as it has the same time, and is left out. On the thread {@code docker}.
 */
final class ContainerLog {
    /** Between the positions of two pieces: there is room for a notice of each stream. */
    private static final int STEP = 4;

    private final ContainerOutput output;
    private final Checkpoint start;
    private final LogFrames frames;
    private final Map<Integer, StampedLines> streams = new HashMap<>();
    private Checkpoint complete;
    private long position;
    private Instant time;
    private Instant newest;
    private int lines;
    private boolean passing;
    private boolean missing;

    /**
     * Nothing is read yet.
     *
     * @param names of the streams to be read, by their numbers
     */
    ContainerLog(
            Checkpoint start, Map<Integer, String> names, boolean terminal, int maxRecordSize, ContainerOutput output) {
        this.start = start;
        this.complete = start;
        this.output = output;
        this.position = start.position();
        this.time = start.instant();
        this.newest = time;
        this.passing = !start.isSomewhere();
        this.frames = new LogFrames(terminal, new Frames());
        names.forEach((number, name) -> streams.put(number, new StampedLines(maxRecordSize, new Named(name))));
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
        streams.values().forEach(StampedLines::finish);
        complete();
    }

    /** Up to where everything was handed on. */
    Checkpoint complete() {
        if (lines > 0 && streams.values().stream().noneMatch(StampedLines::isInLine)) {
            if (position != complete.position() || lines != complete.lines()) {
                complete = new Checkpoint(start.stream(), position, time.toString(), lines);
            }
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
        public void frame(int stream) {
            StampedLines of = streams.get(stream);
            if (of != null) {
                of.frame();
            }
        }

        @Override
        public void bytes(int stream, ByteBuf part) {
            StampedLines of = streams.get(stream);
            if (of == null) {
                part.skipBytes(part.readableBytes());
            } else if (!missing) {
                of.take(part);
            } else {
                part.skipBytes(part.readableBytes());
            }
        }
    }

    /** Takes the lines of one stream. */
    private final class Named implements StampedLines.Lines {
        private final String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public boolean begins(@Nullable Instant written) {
            return isNew(written);
        }

        @Override
        public void piece(byte[] bytes, int offset, int length, int taken, boolean last) {
            position += STEP;
            output.piece(name, bytes, offset, length, taken, last, position);
        }
    }
}
