package logyard.core.tail;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Cuts bytes into lines, and lines that are too long into pieces, without copying or allocating.
 *
 * <p>LF ends a line; one CR before it goes too. A longer line is cut at the last character boundary that keeps the piece
 * within the limit, as soon as it is certain that more of the line follows, so that what has to be kept never exceeds
 * the limit by more than two bytes. An empty line is a piece of no bytes. Bytes that are not UTF-8 are left as they are.
 */
public final class LineSplitter {
    /** What a maximum of 0, "no limit", means: memory must stay bounded. */
    static final int LARGEST_RECORD = 1 << 20;

    /** More bytes than this without a boundary cannot be one character. */
    private static final int LONGEST_CHARACTER = 4;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long LFS = 0x0A0A0A0A0A0A0A0AL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private final int limit;

    /**
     * One splitter for one limit; it keeps nothing between calls.
     *
     * @param maxRecordSize longest piece in bytes; 0 or more than {@link #LARGEST_RECORD} means that
     */
    public LineSplitter(int maxRecordSize) {
        if (maxRecordSize < 0) {
            throw new IllegalArgumentException("maxRecordSize must not be negative, got " + maxRecordSize);
        }
        this.limit = maxRecordSize == 0 ? LARGEST_RECORD : Math.min(maxRecordSize, LARGEST_RECORD);
    }

    /** Takes the pieces, in order. */
    public interface Pieces {
        /**
         * One line, or one piece of a long one.
         *
         * @param end index in {@code buffer} after everything this piece stands for; for the last one of a line: after
         *     its LF
         */
        void piece(byte[] buffer, int offset, int length, int end);
    }

    /** The longest piece, in bytes. */
    public int limit() {
        return limit;
    }

    /**
     * Hands out every piece that is complete in {@code buffer} from {@code from} to {@code to}.
     *
     * @param searched where to begin to look for an LF; there is none between {@code from} and here
     * @return index of the first byte not handed out: the beginning of an incomplete line, or {@code to}
     */
    public int split(byte[] buffer, int from, int searched, int to, Pieces pieces) {
        int start = from;
        int lf = indexOfLf(buffer, searched, to);
        while (lf >= 0) {
            finish(buffer, start, lf, lf + 1, pieces);
            start = lf + 1;
            lf = indexOfLf(buffer, start, to);
        }
        return cut(buffer, start, withoutCr(buffer, start, to), pieces);
    }

    /** Hands out a line that will never get its LF. */
    public void finish(byte[] buffer, int from, int to, Pieces pieces) {
        finish(buffer, from, to, to, pieces);
    }

    private void finish(byte[] buffer, int from, int to, int end, Pieces pieces) {
        int contentEnd = withoutCr(buffer, from, to);
        int start = cut(buffer, from, contentEnd, pieces);
        pieces.piece(buffer, start, contentEnd - start, end);
    }

    /** Hands out pieces until what is left of the line, at least one byte, is within the limit. */
    private int cut(byte[] buffer, int from, int contentEnd, Pieces pieces) {
        int start = from;
        while (contentEnd - start > limit) {
            int end = boundary(buffer, start, start + limit);
            pieces.piece(buffer, start, end - start, end);
            start = end;
        }
        return start;
    }

    /** The last index up to {@code at} where no character is cut; {@code at} itself if the bytes there are not UTF-8. */
    private static int boundary(byte[] buffer, int start, int at) {
        int lead = at;
        while (isContinuation(buffer[lead]) && lead > start && at - lead < LONGEST_CHARACTER - 1) {
            lead--;
        }
        return lead > start && lead + characterLength(buffer[lead]) > at ? lead : at;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    /** The length that the first byte of a character announces. */
    private static int characterLength(byte lead) {
        int ones = Integer.numberOfLeadingZeros(~lead << 24);
        return ones < 2 || ones > LONGEST_CHARACTER ? 1 : ones;
    }

    private static int withoutCr(byte[] buffer, int from, int to) {
        return to > from && buffer[to - 1] == '\r' ? to - 1 : to;
    }

    /** Eight bytes at a time: a byte that was LF is the lowest one with its high bit set. */
    static int indexOfLf(byte[] buffer, int from, int to) {
        int i = from;
        for (; i <= to - Long.BYTES; i += Long.BYTES) {
            long zeroIfLf = (long) LONGS.get(buffer, i) ^ LFS;
            long found = (zeroIfLf - ONES) & ~zeroIfLf & HIGH_BITS;
            if (found != 0) {
                return i + (Long.numberOfTrailingZeros(found) >>> 3);
            }
        }
        for (; i < to; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }
}
