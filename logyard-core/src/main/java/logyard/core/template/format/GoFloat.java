package logyard.core.template.format;

/** A float64 as Go's strconv writes it, sign first if it is negative. */
final class GoFloat {
    /** As many digits as needed to read the same number back. */
    static final int SHORTEST = -1;

    /** From this exponent on the shortest form of {@code %g} is written with one. */
    private static final int SHORTEST_WITHOUT_EXPONENT = 6;

    private GoFloat() {}

    /** What {@code %v} prints, such as {@code 1.5}, {@code 999999} or {@code 1e+06}. */
    static String general(double value) {
        return format(value, 'g', SHORTEST);
    }

    /** One of the verbs {@code b e E f g G x X}. */
    static String format(double value, char verb, int precision) {
        String sign = Double.doubleToRawLongBits(value) < 0 ? "-" : "";
        double positive = Math.abs(value);
        return sign
                + switch (verb) {
                    case 'b' -> HexFloat.binary(positive);
                    case 'x' -> HexFloat.hex(positive, precision);
                    case 'X' -> HexFloat.hex(positive, precision).toUpperCase(java.util.Locale.ROOT);
                    case 'f' -> plain(positive, precision);
                    case 'e', 'E' -> scientific(positive, verb, precision);
                    default -> general(positive, verb, precision);
                };
    }

    private static String plain(double positive, int precision) {
        if (precision == SHORTEST) {
            Digits digits = Digits.shortest(positive);
            return plain(digits, Math.max(digits.count() - digits.point(), 0));
        }
        return plain(Digits.places(positive, precision), precision);
    }

    private static String scientific(double positive, char letter, int precision) {
        if (precision == SHORTEST) {
            Digits digits = Digits.shortest(positive);
            return scientific(digits, letter, Math.max(digits.count() - 1, 0));
        }
        return scientific(Digits.significant(positive, precision + 1), letter, precision);
    }

    private static String general(double positive, char verb, int precision) {
        Digits digits;
        int threshold;
        if (precision == SHORTEST) {
            digits = Digits.shortest(positive);
            threshold = SHORTEST_WITHOUT_EXPONENT;
        } else {
            int significant = Math.max(precision, 1);
            digits = Digits.significant(positive, significant);
            boolean fits = significant > digits.count() && digits.count() >= digits.point();
            threshold = fits ? digits.count() : significant;
        }
        int exponent = digits.point() - 1;
        if (exponent < -4 || exponent >= threshold) {
            return scientific(digits, verb == 'g' ? 'e' : 'E', Math.max(digits.count() - 1, 0));
        }
        return plain(digits, Math.max(digits.count() - digits.point(), 0));
    }

    private static String plain(Digits digits, int places) {
        StringBuilder text = new StringBuilder(places + 24);
        for (int i = Math.min(digits.point() - 1, 0); i < digits.point(); i++) {
            text.append(digits.digit(i));
        }
        if (places > 0) {
            text.append('.');
            for (int i = 0; i < places; i++) {
                text.append(digits.digit(digits.point() + i));
            }
        }
        return text.toString();
    }

    private static String scientific(Digits digits, char letter, int places) {
        StringBuilder text = new StringBuilder(places + 8).append(digits.digit(0));
        if (places > 0) {
            text.append('.');
            for (int i = 1; i <= places; i++) {
                text.append(digits.digit(i));
            }
        }
        int exponent = digits.count() == 0 ? 0 : digits.point() - 1;
        text.append(letter).append(exponent < 0 ? '-' : '+');
        return appendTwoDigits(text, Math.abs(exponent)).toString();
    }

    static StringBuilder appendTwoDigits(StringBuilder text, int exponent) {
        return (exponent < 10 ? text.append('0') : text).append(exponent);
    }
}
