package logyard.core.template.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import logyard.core.template.text.ByteOutput;
import logyard.core.template.text.Utf8;

/** The strings of JSON: where they end, and what they say. */
public final class JsonStrings {
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

    private JsonStrings() {}

    /**
     * Finds the end of a string and checks its escapes.
     *
     * @param at the position behind the opening quote
     * @return the position behind the closing quote; negative unless the bytes between are plain ASCII
     */
    static int scan(byte[] json, int at, int end) {
        boolean plain = true;
        int next = at;
        while (true) {
            int stop = nextSpecial(json, next, end);
            if (stop >= end) {
                throw Unexpected.end();
            }
            int special = json[stop];
            if (special == '"') {
                return plain ? stop + 1 : -(stop + 1);
            }
            if (special >= 0 && special < ' ') {
                throw Unexpected.at(json, stop, end, "in string literal");
            }
            plain = false;
            next = special == '\\' ? scanEscape(json, stop + 1, end) : skipNonAscii(json, stop, end);
        }
    }

    /** Writes what the string between these positions, as {@link #scan} passed it, says. Broken bytes become U+FFFD. */
    public static void unescape(byte[] json, int from, int to, ByteOutput out) {
        int at = from;
        while (at < to) {
            int stop = nextSpecial(json, at, to);
            out.write(json, at, stop - at);
            at = stop;
            if (at < to && json[at] == '\\') {
                at = unescapeOne(json, at + 1, to, out);
            } else if (at < to) {
                int rune = Utf8.decode(json, at, to);
                out.writeRune(rune);
                at += Utf8.size(rune);
            }
        }
    }

    /** The next quote, backslash, control character or byte that is not ASCII, or {@code end}. */
    private static int nextSpecial(byte[] json, int from, int end) {
        int at = from;
        while (at + 8 <= end) {
            long eight = (long) EIGHT_BYTES.get(json, at);
            long quote = eight ^ ONES * '"';
            long backslash = eight ^ ONES * '\\';
            // A byte's high bit is set if the byte became zero or was below a space. A borrow may set it in later bytes
            // too, but only the first one counts.
            long found = (quote - ONES) | (backslash - ONES) | (eight - ONES * ' ');
            long special = ((found & ~eight) | eight) & HIGH_BITS;
            if (special != 0) {
                return at + (Long.numberOfTrailingZeros(special) >> 3);
            }
            at += 8;
        }
        while (at < end && !isSpecial(json[at])) {
            at++;
        }
        return at;
    }

    private static boolean isSpecial(byte b) {
        return b < ' ' || b == '"' || b == '\\';
    }

    private static int skipNonAscii(byte[] json, int from, int end) {
        int at = from;
        while (at < end && json[at] < 0) {
            at++;
        }
        return at;
    }

    private static int scanEscape(byte[] json, int at, int end) {
        if (at >= end) {
            throw Unexpected.end();
        }
        switch (json[at]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return at + 1;
            }
            case 'u' -> {
                for (int i = at + 1; i <= at + 4; i++) {
                    if (i >= end || hexDigit(json[i]) < 0) {
                        throw Unexpected.at(json, i, end, "in \\u hexadecimal character escape");
                    }
                }
                return at + 5;
            }
            default -> throw Unexpected.at(json, at, end, "in string escape code");
        }
    }

    private static int unescapeOne(byte[] json, int at, int to, ByteOutput out) {
        switch (json[at]) {
            case 'b' -> out.write('\b');
            case 'f' -> out.write('\f');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case 't' -> out.write('\t');
            case 'u' -> {
                return unescapeUnicode(json, at + 1, to, out);
            }
            default -> out.write(json[at]);
        }
        return at + 1;
    }

    /** Two escapes that form a surrogate pair are one character; half a pair is U+FFFD. */
    private static int unescapeUnicode(byte[] json, int at, int to, ByteOutput out) {
        char first = hex(json, at);
        int next = at + 4;
        if (Character.isHighSurrogate(first) && next + 6 <= to && json[next] == '\\' && json[next + 1] == 'u') {
            char second = hex(json, next + 2);
            if (Character.isLowSurrogate(second)) {
                out.writeRune(Character.toCodePoint(first, second));
                return next + 6;
            }
        }
        out.writeRune(first);
        return next;
    }

    private static char hex(byte[] json, int at) {
        return (char) (hexDigit(json[at]) << 12
                | hexDigit(json[at + 1]) << 8
                | hexDigit(json[at + 2]) << 4
                | hexDigit(json[at + 3]));
    }

    private static int hexDigit(byte b) {
        return b < 0 ? -1 : Character.digit(b, 16);
    }
}
