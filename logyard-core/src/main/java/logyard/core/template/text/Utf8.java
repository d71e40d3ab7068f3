package logyard.core.template.text;

/** UTF-8 with Go's view of what is broken: every byte that belongs to no code point stands for itself. */
public final class Utf8 {
    /** What stands for a broken byte, and for half a surrogate pair. */
    public static final int REPLACEMENT = 0xFFFD;

    /** What {@link #decode} returns for a broken byte. */
    public static final int BROKEN = -1;

    private static final int[] SMALLEST_OF_SIZE = {0, 0, 0x80, 0x800, 0x10000};

    private Utf8() {}

    /** The code point that begins at {@code at}, or {@link #BROKEN} for a byte that begins none. */
    public static int decode(byte[] bytes, int at, int end) {
        int first = bytes[at];
        if (first >= 0) {
            return first;
        }
        int size = announcedSize(first & 0xFF);
        if (size == 0 || at + size > end) {
            return BROKEN;
        }
        int rune = first & (0x7F >> size);
        for (int i = 1; i < size; i++) {
            int next = bytes[at + i];
            if ((next & 0xC0) != 0x80) {
                return BROKEN;
            }
            rune = (rune << 6) | (next & 0x3F);
        }
        return rune >= SMALLEST_OF_SIZE[size] && isValid(rune) ? rune : BROKEN;
    }

    /** The bytes a result of {@link #decode} takes: 1 to 4, and 1 if it is {@link #BROKEN}. */
    public static int size(int rune) {
        if (rune < 0x80) {
            return 1;
        }
        if (rune < 0x800) {
            return 2;
        }
        return rune < 0x10000 ? 3 : 4;
    }

    /** The number of code points; a broken byte counts as one. */
    public static int count(byte[] bytes, int from, int to) {
        int count = 0;
        for (int i = from; i < to; i += size(decode(bytes, i, to))) {
            count++;
        }
        return count;
    }

    public static boolean isValid(int rune) {
        return rune >= 0 && rune <= Character.MAX_CODE_POINT && (rune < 0xD800 || rune > 0xDFFF);
    }

    /** Whether Go shows the code point as it is: letters, marks, numbers, punctuation, symbols and the ASCII space. */
    public static boolean isPrintable(int rune) {
        if (rune == ' ') {
            return true;
        }
        return switch (Character.getType(rune)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }

    private static int announcedSize(int first) {
        if (first < 0xC2 || first > 0xF4) {
            return 0;
        }
        if (first < 0xE0) {
            return 2;
        }
        return first < 0xF0 ? 3 : 4;
    }
}
