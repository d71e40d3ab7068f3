package logyard.core.template.format;

/** The binary forms of a float64: {@code 0x1.5p+05} and {@code 5910974510923776p-47}. */
final class HexFloat {
    private static final int FRACTION_BITS = 52;
    private static final long IMPLIED_ONE = 1L << FRACTION_BITS;

    /** Hexadecimal digits of the fraction; more would be zeros. */
    private static final int FRACTION_DIGITS = FRACTION_BITS / 4;

    private HexFloat() {}

    static String binary(double positive) {
        int exponent = Math.max(Math.getExponent(positive), Double.MIN_EXPONENT) - FRACTION_BITS;
        return significand(positive) + "p" + (exponent < 0 ? "" : "+") + exponent;
    }

    static String hex(double positive, int precision) {
        long significand = significand(positive);
        int exponent = positive == 0 ? 0 : Math.max(Math.getExponent(positive), Double.MIN_EXPONENT);
        while (significand != 0 && significand < IMPLIED_ONE) {
            significand <<= 1;
            exponent--;
        }
        if (precision >= 0 && precision < FRACTION_DIGITS) {
            significand = round(significand, 4 * (FRACTION_DIGITS - precision));
        }
        if (significand >= 2 * IMPLIED_ONE) {
            significand >>= 1;
            exponent++;
        }
        StringBuilder text = new StringBuilder("0x").append(significand >> FRACTION_BITS);
        appendFraction(text, significand, precision);
        text.append('p').append(exponent < 0 ? '-' : '+');
        return GoFloat.appendTwoDigits(text, Math.abs(exponent)).toString();
    }

    private static void appendFraction(StringBuilder text, long significand, int precision) {
        StringBuilder fraction = new StringBuilder();
        long rest = significand & (IMPLIED_ONE - 1);
        while (precision < 0 ? rest != 0 : fraction.length() < precision) {
            fraction.append(Character.forDigit((int) (rest >> (FRACTION_BITS - 4)), 16));
            rest = (rest << 4) & (IMPLIED_ONE - 1);
        }
        if (fraction.length() > 0) {
            text.append('.').append(fraction);
        }
    }

    private static long significand(double positive) {
        long fraction = Double.doubleToRawLongBits(positive) & (IMPLIED_ONE - 1);
        return positive < Double.MIN_NORMAL ? fraction : fraction | IMPLIED_ONE;
    }

    /** Clears the last bits, rounding half to even. */
    private static long round(long significand, int bits) {
        long kept = significand >> bits;
        long cut = significand & ((1L << bits) - 1);
        long half = 1L << (bits - 1);
        boolean up = cut > half || (cut == half && (kept & 1) == 1);
        return (up ? kept + 1 : kept) << bits;
    }
}
