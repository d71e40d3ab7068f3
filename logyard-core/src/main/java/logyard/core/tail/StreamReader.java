package logyard.core.tail;

import java.io.IOException;
import java.nio.ByteBuffer;
import logyard.core.tail.TailedStream.Skip;

/**
 * Reads streams chunk by chunk and hands out their lines. One reader, with one buffer, serves all files.
 *
 * <p>No incomplete line is kept in memory: it is read again from the file together with what completes it.
 */
final class StreamReader {
    /** So much of one file is read before it is the next one's turn. */
    static final int CHUNK = 256 * 1024;

    /** A file that begins with so many NULs has a hole, left by a writer that went on where it was before a truncation. */
    private static final int HOLE = 4096;

    private final LineHandler handler;
    private final Counters counters;
    private byte[] buffer = new byte[CHUNK];

    /** What a read found. */
    enum Outcome {
        NOTHING,
        SOME,
        /** As much as one turn allows, and probably more is waiting. */
        MORE,
        /** The file is shorter than what was read of it before. */
        TRUNCATED
    }

    StreamReader(LineHandler handler, Counters counters) {
        this.handler = handler;
        this.counters = counters;
    }

    /**
     * Reads a chunk from the stream's position on, but nothing behind {@code end}, and hands out all lines and pieces that
     * are complete in it.
     */
    Outcome read(TailedStream stream, LineSplitter splitter, long end, long now) throws IOException {
        if (stream.isResting(now)) {
            return Outcome.NOTHING;
        }
        if (stream.isToPassOver()) {
            return passOver(stream, splitter);
        }
        int length = fill(stream, splitter, end);
        int before = stream.pending();
        boolean news = length > before;
        stream.atEnd(!news);
        if (!news) {
            return stream.file().size() < stream.known() ? Outcome.TRUNCATED : Outcome.NOTHING;
        }
        if (stream.isRewritten()) {
            return Outcome.TRUNCATED;
        }
        if (skip(stream, length)) {
            return Outcome.MORE;
        }
        counters.bytes(length - before);
        handOut(stream, splitter, length, now);
        stream.grown(stream.known());
        return length == buffer.length ? Outcome.MORE : Outcome.SOME;
    }

    private void handOut(TailedStream stream, LineSplitter splitter, int length, long now) {
        var turn = new Turn(stream);
        int consumed = splitter.split(buffer, 0, stream.pending(), length, turn);
        if (stream.isAskedToRest()) {
            stream.advanced(turn.consumed(), 0, now);
            stream.rest(now);
        } else {
            stream.advanced(consumed, length - consumed, now);
        }
        turn.end();
    }

    /**
     * Counts a chunk without handing it out. At the end an incomplete line is left, unless it is longer than the chunk:
     * then what comes of it later is handed out as if it were a line.
     */
    private Outcome passOver(TailedStream stream, LineSplitter splitter) throws IOException {
        long until = stream.passUntil();
        int length = fill(stream, splitter, until);
        boolean last = length == 0 || stream.position() + length >= until;
        int passed = last ? endOfLastLine(length) : length;
        counters.bytes(passed);
        stream.pass(passed, lfs(passed));
        if (last) {
            stream.passed(handler);
            handler.flush(stream);
        }
        return Outcome.MORE;
    }

    /** The index after the last LF; {@code length} if there is none. */
    private int endOfLastLine(int length) {
        int end = length;
        while (end > 0 && buffer[end - 1] != '\n') {
            end--;
        }
        return end == 0 ? length : end;
    }

    private int lfs(int length) {
        int count = 0;
        for (int lf = LineSplitter.indexOfLf(buffer, 0, length);
                lf >= 0;
                lf = LineSplitter.indexOfLf(buffer, lf + 1, length)) {
            count++;
        }
        return count;
    }

    /** Hands out the incomplete line at the end of a file in which nobody is expected to complete it. */
    void finish(TailedStream stream, LineSplitter splitter, long now) throws IOException {
        int length = fill(stream, splitter, Long.MAX_VALUE);
        if (length > 0 && stream.skip() == Skip.NOTHING) {
            var turn = new Turn(stream);
            splitter.finish(buffer, 0, length, turn);
            stream.advanced(length, 0, now);
            turn.end();
        }
    }

    private int fill(TailedStream stream, LineSplitter splitter, long end) throws IOException {
        if (buffer.length < splitter.limit() + CHUNK / 2) {
            buffer = new byte[splitter.limit() + CHUNK];
        }
        int most = (int) Math.min(buffer.length, Math.max(0, Math.min(stream.allowed(), end - stream.position())));
        return stream.file().read(ByteBuffer.wrap(buffer, 0, most), stream.position());
    }

    /** Whether the chunk begins with something not to be handed out; the position is after it then. */
    private boolean skip(TailedStream stream, int length) throws IOException {
        if (stream.skip() == Skip.LINE) {
            int lf = LineSplitter.indexOfLf(buffer, 0, length);
            stream.skipTo(stream.position() + (lf < 0 ? length : lf + 1), lf < 0 ? Skip.LINE : Skip.NOTHING);
            return true;
        }
        if (stream.position() == 0 || stream.skip() == Skip.HOLE) {
            int nuls = leadingNuls(length);
            boolean hole = nuls >= HOLE || stream.skip() == Skip.HOLE;
            if (hole) {
                stream.skipTo(stream.position() + nuls, nuls == length ? Skip.HOLE : Skip.NOTHING);
            }
            return hole;
        }
        return false;
    }

    private int leadingNuls(int length) {
        int i = 0;
        while (i < length && buffer[i] == 0) {
            i++;
        }
        return i;
    }

    /** One stream's turn: hands out what the splitter finds in the buffer, which begins at the stream's position. */
    private final class Turn implements LineSplitter.Pieces {
        private final TailedStream stream;
        private final long base;
        private long end;
        private int records;

        Turn(TailedStream stream) {
            this.stream = stream;
            this.base = stream.position();
            this.end = base;
        }

        @Override
        public void piece(byte[] bytes, int offset, int length, int endIndex) {
            if (stream.isAskedToRest()) {
                return;
            }
            end = base + endIndex;
            records++;
            handler.line(stream, bytes, offset, length, end);
        }

        /** How far in the buffer was handed out. */
        int consumed() {
            return (int) (end - base);
        }

        void end() {
            if (records > 0) {
                stream.handedOut(end);
                counters.records(records);
                handler.flush(stream);
            }
        }
    }
}
