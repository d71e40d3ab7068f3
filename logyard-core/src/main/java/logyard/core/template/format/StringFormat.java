package logyard.core.template.format;

import logyard.core.template.text.ByteOutput;
import logyard.core.template.text.GoQuotes;
import logyard.core.template.text.Utf8;

/** The verbs {@code %s %v %q %x %X} of strings. */
final class StringFormat {
    private final Flags flags;
    private final Padding padding;
    private final ByteOutput out;

    StringFormat(Flags flags, Padding padding, ByteOutput out) {
        this.flags = flags;
        this.padding = padding;
        this.out = out;
    }

    /** Writes the string; false if strings have no such verb. */
    boolean write(byte[] text, int verb) {
        switch (verb) {
            case 's' -> padding.write(text, cut(text));
            case 'v' -> {
                if (flags.goSyntax) {
                    writeQuoted(text);
                } else {
                    padding.write(text, cut(text));
                }
            }
            case 'q' -> writeQuoted(text);
            case 'x' -> writeHex(text, 'x');
            case 'X' -> writeHex(text, 'X');
            default -> {
                return false;
            }
        }
        return true;
    }

    /** The precision counts characters, not bytes. */
    private int cut(byte[] text) {
        if (flags.precision == Flags.ABSENT) {
            return text.length;
        }
        int end = 0;
        for (int left = flags.precision; left > 0 && end < text.length; left--) {
            end += Utf8.size(Utf8.decode(text, end, text.length));
        }
        return end;
    }

    private void writeQuoted(byte[] text) {
        int length = cut(text);
        ByteOutput quoted = new ByteOutput(length + 16);
        if (flags.sharp && GoQuotes.canBackquote(text, length)) {
            quoted.write('`');
            quoted.write(text, 0, length);
            quoted.write('`');
        } else {
            GoQuotes.quote(text, length, flags.plus, quoted);
        }
        padding.write(quoted.array(), quoted.length());
    }

    /** Here the precision counts bytes, and the space flag sets the bytes apart. */
    private void writeHex(byte[] text, char letter) {
        int count = flags.precision == Flags.ABSENT ? text.length : Math.min(flags.precision, text.length);
        ByteOutput hex = new ByteOutput(2 * count + 2);
        for (int i = 0; i < count; i++) {
            if (flags.space && i > 0) {
                hex.write(' ');
            }
            if (flags.sharp && (flags.space || i == 0)) {
                hex.write('0');
                hex.write(letter);
            }
            hex.write(digit(text[i] >> 4, letter));
            hex.write(digit(text[i], letter));
        }
        int missing = flags.width - hex.length();
        if (!flags.minus) {
            padding.writeOnly(missing);
        }
        out.write(hex.array(), 0, hex.length());
        if (flags.minus) {
            padding.writeOnly(missing);
        }
    }

    private static char digit(int bits, char letter) {
        char digit = Character.forDigit(bits & 0xF, 16);
        return letter == 'X' ? Character.toUpperCase(digit) : digit;
    }
}
