package logyard.core.tail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Feeds a {@link LineSplitter} as a growing file does: what it leaves over comes again, with more behind it. */
final class AppendingSplitter {
    private final LineSplitter splitter;
    private final List<String> pieces = new ArrayList<>();
    private byte[] left = {};

    AppendingSplitter(int maxRecordSize) {
        this.splitter = new LineSplitter(maxRecordSize);
    }

    void append(byte[] more) {
        byte[] all = Arrays.copyOf(left, left.length + more.length);
        System.arraycopy(more, 0, all, left.length, more.length);
        int rest = splitter.split(
                all,
                0,
                left.length,
                all.length,
                (buffer, offset, length, end) -> pieces.add(new String(buffer, offset, length, ISO_8859_1)));
        left = Arrays.copyOfRange(all, rest, all.length);
        if (left.length > splitter.limit() + 2) {
            throw new AssertionError("kept " + left.length + " bytes of a limit of " + splitter.limit());
        }
    }

    /** The pieces so far, one char per byte. */
    List<String> pieces() {
        return pieces;
    }
}
