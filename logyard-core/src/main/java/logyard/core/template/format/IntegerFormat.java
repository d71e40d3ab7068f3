package logyard.core.template.format;

import java.math.BigInteger;
import java.util.Locale;
import logyard.core.template.text.ByteOutput;
import logyard.core.template.text.GoQuotes;
import logyard.core.template.text.Utf8;

/** The verbs {@code %d %b %o %O %x %X %c %q %U} of integers. */
final class IntegerFormat {
    private static final BigInteger LARGEST_RUNE = BigInteger.valueOf(Character.MAX_CODE_POINT);

    private final Flags flags;
    private final Padding padding;

    IntegerFormat(Flags flags, Padding padding) {
        this.flags = flags;
        this.padding = padding;
    }

    /** Writes the integer; false if integers have no such verb. */
    boolean write(BigInteger value, int verb) {
        switch (verb) {
            case 'v', 'd' -> writeNumber(value, 10, "", "");
            case 'b' -> writeNumber(value, 2, "", "0b");
            case 'o' -> writeNumber(value, 8, "", "0");
            case 'O' -> writeNumber(value, 8, "0o", "0");
            case 'x' -> writeNumber(value, 16, "", "0x");
            case 'X' -> writeNumber(value, 16, "", "0X");
            case 'c' -> writeRune(rune(value));
            case 'q' -> writeQuoted(rune(value));
            case 'U' -> writeUnicode(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void writeNumber(BigInteger value, int base, String prefix, String sharpPrefix) {
        if (flags.precision == 0 && value.signum() == 0) {
            padding.writeAsciiWithoutZeros("");
            return;
        }
        String sign = value.signum() < 0 ? "-" : flags.plus ? "+" : flags.space ? " " : "";
        String digits = value.abs().toString(base);
        if (sharpPrefix.equals("0X")) {
            digits = digits.toUpperCase(Locale.ROOT);
        }
        StringBuilder number = new StringBuilder(digits.length() + 8);
        number.append("0".repeat(Math.max(0, leastDigits(sign) - digits.length())))
                .append(digits);
        if (flags.sharp && !(base == 8 && number.charAt(0) == '0')) {
            number.insert(0, sharpPrefix);
        }
        padding.writeAsciiWithoutZeros(sign + prefix + number);
    }

    /** Two ways to ask for leading zeros: a precision, or a width with the zero flag, in which the sign takes a place. */
    private int leastDigits(String sign) {
        if (flags.precision != Flags.ABSENT) {
            return flags.precision;
        }
        return flags.zero && flags.width != Flags.ABSENT ? flags.width - sign.length() : 0;
    }

    private void writeRune(int rune) {
        ByteOutput text = new ByteOutput(4);
        text.writeRune(rune);
        padding.write(text.array(), text.length());
    }

    private void writeQuoted(int rune) {
        ByteOutput text = new ByteOutput(12);
        GoQuotes.quoteRune(rune, flags.plus, text);
        padding.write(text.array(), text.length());
    }

    private void writeUnicode(BigInteger value) {
        ByteOutput text = new ByteOutput(16);
        BigInteger unsigned = value.signum() < 0 ? value.add(BigInteger.ONE.shiftLeft(64)) : value;
        String digits = unsigned.toString(16).toUpperCase(Locale.ROOT);
        text.write("U+");
        text.fill('0', Math.max(4, flags.precision) - digits.length());
        text.write(digits);
        int rune = rune(value);
        if (flags.sharp && BigInteger.valueOf(rune).equals(value) && Utf8.isPrintable(rune)) {
            text.write(" '");
            text.writeRune(rune);
            text.write('\'');
        }
        boolean zero = flags.zero;
        flags.zero = false;
        padding.write(text.array(), text.length());
        flags.zero = zero;
    }

    private static int rune(BigInteger value) {
        return value.signum() < 0 || value.compareTo(LARGEST_RUNE) > 0 ? Utf8.REPLACEMENT : value.intValue();
    }
}
