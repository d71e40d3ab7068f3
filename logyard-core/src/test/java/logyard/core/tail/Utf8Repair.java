package logyard.core.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Every byte that is not part of valid UTF-8 becomes U+FFFD, one for one, as the original's JSON encoder does it. */
final class Utf8Repair {
    static String repair(byte[] bytes) {
        var text = new StringBuilder();
        int i = 0;
        while (i < bytes.length) {
            int length = validLength(bytes, i);
            text.append(length == 0 ? "\uFFFD" : new String(bytes, i, length, UTF_8));
            i += Math.max(1, length);
        }
        return text.toString();
    }

    /** The length of the valid character at {@code at}, or 0. */
    private static int validLength(byte[] bytes, int at) {
        int length = announcedLength(bytes[at] & 0xFF);
        if (length == 0 || at + length > bytes.length) {
            return 0;
        }
        int point = length == 1 ? bytes[at] : bytes[at] & (0x7F >> length);
        for (int i = at + 1; i < at + length; i++) {
            if ((bytes[i] & 0xC0) != 0x80) {
                return 0;
            }
            point = (point << 6) | (bytes[i] & 0x3F);
        }
        return Character.isValidCodePoint(point) && !isSurrogate(point) && !isOverlong(point, length) ? length : 0;
    }

    private static int announcedLength(int lead) {
        if (lead < 0x80) {
            return 1;
        }
        if (lead < 0xC0 || lead >= 0xF8) {
            return 0;
        }
        return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    }

    private static boolean isSurrogate(int point) {
        return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    }

    private static boolean isOverlong(int point, int length) {
        int[] least = {0, 0, 0x80, 0x800, 0x10000};
        return point < least[length];
    }

    private Utf8Repair() {}
}
