package logyard.core.tail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/**
 * The rules for cutting lines, written as plainly as can be: on all bytes at once, byte by byte. The three rules in
 * which we differ from the original of 2018 can be switched off.
 *
 * @param stripCr one CR before the LF is part of the line end, since Windows programs write CR LF
 * @param keepCharacters a long line is not cut within a character, since both halves would be broken
 * @param piecesAtOnce a piece of a long line does not wait for the line's end, since that would have to be kept in memory
 */
record LineRules(boolean stripCr, boolean keepCharacters, boolean piecesAtOnce) {
    static final LineRules CLONE = new LineRules(true, true, true);
    static final LineRules ORIGINAL_OF_2018 = new LineRules(false, false, false);

    /** The pieces, one char per byte. */
    List<String> split(byte[] bytes, int maxRecordSize) {
        int limit = maxRecordSize == 0 ? LineSplitter.LARGEST_RECORD : maxRecordSize;
        var pieces = new ArrayList<String>();
        int start = 0;
        int complete = 0; // pieces of complete lines, and of what is certain of the last one
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                int end = stripCr && i > start && bytes[i - 1] == '\r' ? i - 1 : i;
                pieces(bytes, start, end, limit, pieces);
                start = i + 1;
                complete = pieces.size();
            }
        }
        int certain =
                stripCr && bytes.length > start && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        if (piecesAtOnce && certain - start > limit) {
            pieces(bytes, start, certain, limit, pieces);
            complete = pieces.size() - 1;
        }
        return pieces.subList(0, complete);
    }

    private void pieces(byte[] bytes, int from, int to, int limit, List<String> into) {
        int start = from;
        while (to - start > limit) {
            int end = start + limit;
            while (keepCharacters && end > start && isWithinCharacter(bytes, end)) {
                end--;
            }
            end = end == start ? start + limit : end;
            into.add(new String(bytes, start, end - start, ISO_8859_1));
            start = end;
        }
        into.add(new String(bytes, start, to - start, ISO_8859_1));
    }

    /** Whether a character begins before {@code at} and goes on there, by what its first byte announces. */
    private static boolean isWithinCharacter(byte[] bytes, int at) {
        for (int back = 1; back <= 3 && at - back >= 0; back++) {
            int lead = bytes[at - back] & 0xFF;
            int length = lead >= 0xF0 && lead < 0xF8 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
            if (lead >= 0xF8) {
                return false;
            }
            if (lead < 0x80 || lead >= 0xC0) {
                return length > back && allContinue(bytes, at - back + 1, at);
            }
        }
        return false;
    }

    private static boolean allContinue(byte[] bytes, int from, int to) {
        for (int i = from; i <= to; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }
}
