package logyard.apptail.docker;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import logyard.core.tail.LineSplitter;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what a container writes to one stream into lines, each with the time that the daemon puts before it, {@code
 * 2013-04-18T10:15:02.000000000Z text}. A line that the daemon got in parts has a time before each, where the daemon says
 * where a part begins. Keeps one piece of a line at most. One thread.
 */
final class StampedLines {
    private static final int LONGEST_STAMP = 40;
    private static final int CHUNK = 32 << 10;

    /** Takes the lines. */
    interface Lines {
        /**
         * A line begins.
         *
         * @param time when it was written; null if that is not said
         * @return whether to hand it out
         */
        boolean begins(@Nullable Instant time);

        /**
         * A line, or a piece of a long one.
         *
         * @param taken how many bytes it stands for
         * @param last whether the line ends with it
         */
        void piece(byte[] bytes, int offset, int length, int taken, boolean last);
    }

    private enum At {
        STAMP,
        STAMP_OF_PART,
        TEXT
    }

    private final Lines lines;
    private final LineSplitter splitter;
    private final byte[] buffer;
    private int length;
    private final byte[] stamp = new byte[LONGEST_STAMP];
    private int stampLength;
    private At at = At.STAMP;
    private boolean wanted;

    StampedLines(int maxRecordSize, Lines lines) {
        this.lines = lines;
        this.splitter = new LineSplitter(maxRecordSize);
        this.buffer = new byte[splitter.limit() + CHUNK];
    }

    /** The daemon begins a message: a part of a line begins here, if no line does. */
    void frame() {
        if (at == At.TEXT) {
            at = At.STAMP_OF_PART;
        }
    }

    /** Takes what was written; reads {@code part} to its end. */
    void take(ByteBuf part) {
        while (part.isReadable()) {
            if (at == At.TEXT) {
                text(part);
            } else {
                stamp(part.readByte());
            }
        }
    }

    private void stamp(byte b) {
        if (b == ' ') {
            Instant time = time();
            boolean keep = time == null;
            endStamp(time, keep);
            if (keep) {
                append(b);
            }
        } else {
            stamp[stampLength++] = b;
            if (b == '\n' || stampLength == LONGEST_STAMP) {
                endStamp(null, true);
                if (b == '\n') {
                    endLine();
                }
            }
        }
    }

    private @Nullable Instant time() {
        try {
            return DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(
                    new String(stamp, 0, stampLength, StandardCharsets.US_ASCII), Instant::from);
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** What is no time is text. */
    private void endStamp(@Nullable Instant time, boolean isText) {
        if (at == At.STAMP) {
            wanted = lines.begins(time);
        }
        at = At.TEXT;
        int collected = stampLength;
        stampLength = 0;
        if (isText) {
            for (int i = 0; i < collected; i++) {
                append(stamp[i]);
            }
            if (buffer[length - 1] != '\n') {
                handOutPieces();
            }
        }
    }

    private void append(byte b) {
        buffer[length++] = b;
    }

    private void text(ByteBuf part) {
        int lf = part.indexOf(part.readerIndex(), part.writerIndex(), (byte) '\n');
        int count = lf < 0 ? part.readableBytes() : lf + 1 - part.readerIndex();
        count = Math.min(count, buffer.length - length - LONGEST_STAMP - 1); // what looks like a time may be text
        part.readBytes(buffer, length, count);
        length += count;
        if (buffer[length - 1] == '\n') {
            endLine();
        } else {
            handOutPieces();
        }
    }

    /** Those that are complete of a line that is not. */
    private void handOutPieces() {
        int left = splitter.split(buffer, 0, length, length, new Pieces(false));
        System.arraycopy(buffer, left, buffer, 0, length - left);
        length -= left;
    }

    private void endLine() {
        splitter.split(buffer, 0, length - 1, length, new Pieces(true));
        length = 0;
        at = At.STAMP;
    }

    /** Nobody completes the line that has begun. */
    void finish() {
        if (stampLength > 0) {
            endStamp(null, true);
        }
        if (length > 0) {
            splitter.finish(buffer, 0, length, new Pieces(true));
        }
        reset();
    }

    /** Forgets the line that has begun. */
    void reset() {
        length = 0;
        stampLength = 0;
        at = At.STAMP;
    }

    /** Hands on what the splitter finds in the buffer. */
    private final class Pieces implements LineSplitter.Pieces {
        private final boolean toTheEnd;
        private int taken;

        Pieces(boolean toTheEnd) {
            this.toTheEnd = toTheEnd;
        }

        @Override
        public void piece(byte[] bytes, int offset, int pieceLength, int end) {
            if (wanted) {
                lines.piece(bytes, offset, pieceLength, end - taken, toTheEnd && end == length);
            }
            taken = end;
        }
    }
}
