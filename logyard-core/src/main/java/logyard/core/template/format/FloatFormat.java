package logyard.core.template.format;

import logyard.core.template.text.ByteOutput;

/** The verbs {@code %b %e %E %f %F %g %G %x %X} of floats, with their flags. */
final class FloatFormat {
    private static final int DEFAULT_PRECISION = 6;

    private final Flags flags;
    private final Padding padding;
    private final ByteOutput out;

    FloatFormat(Flags flags, Padding padding, ByteOutput out) {
        this.flags = flags;
        this.padding = padding;
        this.out = out;
    }

    static boolean hasVerb(int verb) {
        return verb == 'v' || (verb >= 0 && "beEfFgGxX".indexOf(verb) >= 0);
    }

    /** Writes the float with a verb it has. */
    void write(double value, int verb) {
        char form = verb == 'v' ? 'g' : verb == 'F' ? 'f' : (char) verb;
        boolean hasDefault = form == 'e' || form == 'E' || form == 'f';
        int precision =
                flags.precision != Flags.ABSENT ? flags.precision : hasDefault ? DEFAULT_PRECISION : GoFloat.SHORTEST;
        String number = GoFloat.format(value, form, precision);
        if (flags.sharp && form != 'b') {
            number = withPoint(number, form, precision);
        }
        write(number);
    }

    /** Writes a number that begins with a minus or with a digit. */
    void write(String number) {
        boolean negative = number.charAt(0) == '-';
        String digits = negative ? number.substring(1) : number;
        String sign = negative ? "-" : flags.plus ? "+" : flags.space ? " " : "";
        int missing = flags.width - digits.length() - sign.length();
        if (flags.zero && !sign.isEmpty() && missing > 0) {
            out.write(sign);
            padding.writeOnly(missing);
            out.write(digits);
        } else {
            padding.writeAscii(sign + digits);
        }
    }

    /** The sharp flag wants a decimal point always, and with {@code %g} as many digits as the precision says. */
    private static String withPoint(String number, char form, int precision) {
        boolean hex = form == 'x' || form == 'X';
        int missing = 0;
        if (hex || form == 'g' || form == 'G') {
            missing = precision == GoFloat.SHORTEST ? DEFAULT_PRECISION : precision;
        }
        int tail = number.length();
        boolean hasPoint = false;
        boolean counts = false;
        for (int i = 0; i < tail; i++) {
            char c = number.charAt(i);
            if (c == '.') {
                hasPoint = true;
            } else if (c == 'p' || c == 'P' || (!hex && (c == 'e' || c == 'E'))) {
                tail = i;
            } else {
                counts |= c != '0';
                missing -= counts ? 1 : 0;
            }
        }
        String digits = number.substring(0, tail);
        if (!hasPoint) {
            missing -= digits.endsWith("0") && !counts ? 1 : 0;
            digits += ".";
        }
        return digits + "0".repeat(Math.max(missing, 0)) + number.substring(tail);
    }
}
