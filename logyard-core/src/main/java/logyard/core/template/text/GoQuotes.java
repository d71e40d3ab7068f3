package logyard.core.template.text;

/** Text between quotes as Go writes it, with everything escaped that cannot be seen. */
public final class GoQuotes {
    private static final String LETTERS = "abfnrtv\\";
    private static final String LETTERS_MEAN = "\u0007\b\f\n\r\t\u000B\\";

    private GoQuotes() {}

    /** Writes {@code "h\u00e9llo"} or, if not {@code asciiOnly}, {@code "héllo"}. */
    public static void quote(byte[] text, int length, boolean asciiOnly, ByteOutput out) {
        out.write('"');
        for (int i = 0; i < length; ) {
            int rune = Utf8.decode(text, i, length);
            if (rune == Utf8.BROKEN) {
                writeHex('x', text[i] & 0xFF, 2, out);
            } else {
                writeQuoted(rune, '"', asciiOnly, out);
            }
            i += Utf8.size(rune);
        }
        out.write('"');
    }

    /** Writes {@code 'x'}; what is no code point becomes U+FFFD. */
    public static void quoteRune(int rune, boolean asciiOnly, ByteOutput out) {
        out.write('\'');
        writeQuoted(Utf8.isValid(rune) ? rune : Utf8.REPLACEMENT, '\'', asciiOnly, out);
        out.write('\'');
    }

    /** Whether the text can stand between back quotes unchanged. */
    public static boolean canBackquote(byte[] text, int length) {
        for (int i = 0; i < length; ) {
            int rune = Utf8.decode(text, i, length);
            if (rune == Utf8.BROKEN || rune == 0xFEFF || (rune < ' ' && rune != '\t') || rune == '`' || rune == 0x7F) {
                return false;
            }
            i += Utf8.size(rune);
        }
        return true;
    }

    /** The character an escape such as {@code n} in {@code \n} means, or -1. */
    static int meaningOfLetter(int letter) {
        int index = LETTERS.indexOf(letter);
        return index < 0 ? -1 : LETTERS_MEAN.charAt(index);
    }

    private static void writeQuoted(int rune, char quote, boolean asciiOnly, ByteOutput out) {
        if (rune == quote || rune == '\\') {
            out.write('\\');
            out.write(rune);
        } else if (Utf8.isPrintable(rune) && (rune < 0x80 || !asciiOnly)) {
            out.writeRune(rune);
        } else if (LETTERS_MEAN.indexOf(rune) >= 0) {
            out.write('\\');
            out.write(LETTERS.charAt(LETTERS_MEAN.indexOf(rune)));
        } else if (rune < ' ' || rune == 0x7F) {
            writeHex('x', rune, 2, out);
        } else if (rune < 0x10000) {
            writeHex('u', rune, 4, out);
        } else {
            writeHex('U', rune, 8, out);
        }
    }

    private static void writeHex(char letter, int value, int digits, ByteOutput out) {
        out.write('\\');
        out.write(letter);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.write(Character.forDigit(value >> shift & 0xF, 16));
        }
    }
}
