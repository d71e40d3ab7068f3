package logyard.core.event;

/**
 * Writes bytes that should be UTF-8 as the inside of a JSON string.
 *
 * <p>Every byte that is not part of valid UTF-8 becomes U+FFFD by itself, as Go's decoder does it: {@code 62 E2 82 63}
 * becomes {@code b}, U+FFFD, U+FFFD, {@code c}. Control characters, {@code "} and {@code \} are escaped; all else stays.
 */
public final class JsonText {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};
    private static final byte PLAIN = 0;
    private static final byte ESCAPED = 1;
    private static final byte MULTIBYTE = 2;
    private static final byte[] CLASS = new byte[256];

    static {
        for (int b = 0; b < 256; b++) {
            CLASS[b] = b >= 0x80 ? MULTIBYTE : b < 0x20 || b == '"' || b == '\\' ? ESCAPED : PLAIN;
        }
    }

    private JsonText() {}

    /** Appends {@code text[offset..offset+length)}, escaped and repaired, without the quotes around it. */
    public static void append(byte[] text, int offset, int length, ByteBuilder out) {
        int end = offset + length;
        int start = offset;
        int i = offset;
        while (i < end) {
            byte type = CLASS[text[i] & 0xff];
            int valid = type == PLAIN ? 1 : type == MULTIBYTE ? validSequence(text, i, end) : 0;
            if (valid > 0) {
                i += valid;
            } else {
                out.append(text, start, i - start);
                escape(text[i], out);
                start = ++i;
            }
        }
        out.append(text, start, end - start);
    }

    private static void escape(byte b, ByteBuilder out) {
        switch (b) {
            case '"' -> out.append('\\').append('"');
            case '\\' -> out.append('\\').append('\\');
            case '\n' -> out.append('\\').append('n');
            case '\r' -> out.append('\\').append('r');
            case '\t' -> out.append('\\').append('t');
            default -> {
                if (b < 0) {
                    out.appendByte(0xEF).appendByte(0xBF).appendByte(0xBD);
                } else {
                    out.append("\\u00").appendByte(HEX[b >> 4]).appendByte(HEX[b & 0xf]);
                }
            }
        }
    }

    /** The length of the valid multi-byte character that begins at {@code i}, or 0 (Unicode 15, table 3-7). */
    private static int validSequence(byte[] text, int i, int end) {
        int lead = text[i] & 0xff;
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        int length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (end - i < length) {
            return 0;
        }
        int second = text[i + 1] & 0xff;
        int low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < low || second > high) {
            return 0;
        }
        for (int j = 2; j < length; j++) {
            if ((text[i + j] & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
