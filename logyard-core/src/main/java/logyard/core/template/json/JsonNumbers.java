package logyard.core.template.json;

import java.nio.charset.StandardCharsets;

/** The grammar of JSON's numbers. */
public final class JsonNumbers {
    /** A number of fewer characters and without an exponent cannot leave the range of a float64. */
    private static final int SURELY_IN_RANGE = 300;

    private JsonNumbers() {}

    /** The float64 nearest to the number in these bytes. */
    public static double toDouble(byte[] json, int from, int to) {
        return Double.parseDouble(new String(json, from, to - from, StandardCharsets.US_ASCII));
    }

    /** The position behind the number that begins at {@code at}. */
    static int scan(byte[] json, int at, int end) {
        int next = json[at] == '-' ? at + 1 : at;
        if (next < end && json[next] == '0') {
            next++;
        } else {
            next = digits(json, next, end, "in numeric literal");
        }
        if (next < end && json[next] == '.') {
            next = digits(json, next + 1, end, "after decimal point in numeric literal");
        }
        if (next < end && (json[next] | 0x20) == 'e') {
            next++;
            if (next < end && (json[next] == '+' || json[next] == '-')) {
                next++;
            }
            next = digits(json, next, end, "in exponent of numeric literal");
        }
        return next;
    }

    /** How the number that has just been scanned is written; like Go, refuses one that no float64 can hold. */
    static JsonKind kind(byte[] json, int from, int to) {
        JsonKind kind = JsonKind.INTEGER;
        boolean mayOverflow = to - from > SURELY_IN_RANGE;
        for (int i = from; i < to; i++) {
            if (json[i] == '.') {
                kind = JsonKind.FLOAT;
            } else if ((json[i] | 0x20) == 'e') {
                kind = JsonKind.FLOAT;
                mayOverflow = true;
            }
        }
        if (mayOverflow && Double.isInfinite(toDouble(json, from, to))) {
            throw Unexpected.outOfRange(json, from, to);
        }
        return kind;
    }

    private static int digits(byte[] json, int at, int end, String place) {
        int next = at;
        while (next < end && json[next] >= '0' && json[next] <= '9') {
            next++;
        }
        if (next == at) {
            throw Unexpected.at(json, at, end, place);
        }
        return next;
    }
}
