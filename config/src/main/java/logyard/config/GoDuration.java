package logyard.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.Map;

/**
 * Durations as Go writes them: {@code 25m}, {@code 1h30m}, {@code -1.5h}. The units are h, m, s, ms, us (or µs) and ns.
 *
 * <p>Reads and prints exactly as Go's {@code time.ParseDuration} and {@code Duration.String}, with their limit of 292
 * years, their rounding and their messages. An instance is one text being read.
 */
public final class GoDuration {
    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private static final Map<String, Long> UNITS = Map.of(
            "ns", 1L,
            "us", MICROSECOND,
            "\u00b5s", MICROSECOND, // with the micro sign
            "\u03bcs", MICROSECOND, // with the Greek letter
            "ms", MILLISECOND,
            "s", SECOND,
            "m", MINUTE,
            "h", HOUR);

    /** 2⁶³ as an unsigned number: one more than the longest positive duration, and the longest negative one. */
    private static final long LIMIT = Long.MIN_VALUE;

    private final String text;
    private int at;

    private GoDuration(String text) {
        this.text = text;
    }

    /** The duration written as {@code text}; throws {@link IllegalArgumentException} with Go's message if it is none. */
    public static Duration parse(String text) {
        return Duration.ofNanos(new GoDuration(text).nanos());
    }

    /** As Go prints it: {@code 25m0s}, {@code 1.5s}, {@code 20ms}, {@code 0s}. */
    public static String format(Duration duration) {
        long nanos = duration.toNanos();
        // The one number without a positive counterpart has the right bits when taken as unsigned.
        return (nanos < 0 ? "-" : "") + formatUnsigned(Math.abs(nanos));
    }

    private static String formatUnsigned(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        if (Long.compareUnsigned(nanos, MICROSECOND) < 0) {
            return nanos + "ns";
        }
        if (Long.compareUnsigned(nanos, MILLISECOND) < 0) {
            return decimal(nanos, MICROSECOND) + "\u00b5s";
        }
        if (Long.compareUnsigned(nanos, SECOND) < 0) {
            return decimal(nanos, MILLISECOND) + "ms";
        }
        long minutes = Long.divideUnsigned(nanos, MINUTE);
        String seconds = decimal(Long.remainderUnsigned(nanos, MINUTE), SECOND) + "s";
        if (minutes == 0) {
            return seconds;
        }
        return (minutes < 60 ? "" : minutes / 60 + "h") + minutes % 60 + "m" + seconds;
    }

    private static String decimal(long nanos, long unit) {
        String digits = String.valueOf(unit + nanos % unit).substring(1).replaceAll("0+$", "");
        return nanos / unit + (digits.isEmpty() ? "" : "." + digits);
    }

    private long nanos() {
        boolean negative = text.startsWith("-");
        if (negative || text.startsWith("+")) {
            at++;
        }
        if (text.substring(at).equals("0")) {
            return 0;
        }
        long total = 0;
        do {
            total += summand();
            if (Long.compareUnsigned(total, LIMIT) > 0) {
                throw invalid();
            }
        } while (at < text.length());
        if (total == LIMIT && !negative) {
            throw invalid();
        }
        return negative ? -total : total;
    }

    /** One number with its unit, such as {@code 1.5h}, in nanoseconds. */
    private long summand() {
        int start = at;
        long whole = whole();
        int digits = at - start;
        Fraction fraction = Fraction.NONE;
        if (nextIs('.')) {
            start = ++at;
            fraction = fraction();
            digits += at - start;
        }
        if (digits == 0) {
            throw invalid();
        }
        long unit = unit();
        if (Long.compareUnsigned(whole, Long.divideUnsigned(LIMIT, unit)) > 0) {
            throw invalid();
        }
        long nanos = whole * unit + fraction.of(unit);
        if (Long.compareUnsigned(nanos, LIMIT) > 0) {
            throw invalid();
        }
        return nanos;
    }

    private long whole() {
        long number = 0;
        for (; nextIsDigit(); at++) {
            if (Long.compareUnsigned(number, Long.divideUnsigned(LIMIT, 10)) > 0) {
                throw invalid();
            }
            number = number * 10 + text.charAt(at) - '0';
            if (Long.compareUnsigned(number, LIMIT) > 0) {
                throw invalid();
            }
        }
        return number;
    }

    /** The digits after the point; those beyond the range of a number do not count. */
    private Fraction fraction() {
        long number = 0;
        double scale = 1;
        boolean full = false;
        for (; nextIsDigit(); at++) {
            long longer = number * 10 + text.charAt(at) - '0';
            full |= Long.compareUnsigned(number, Long.MAX_VALUE / 10) > 0 || Long.compareUnsigned(longer, LIMIT) > 0;
            if (!full) {
                number = longer;
                scale *= 10;
            }
        }
        return new Fraction(number == LIMIT ? 0x1p63 : number, scale);
    }

    private long unit() {
        int start = at;
        while (at < text.length() && !nextIs('.') && !nextIsDigit()) {
            at++;
        }
        String name = text.substring(start, at);
        if (name.isEmpty()) {
            throw new IllegalArgumentException("time: missing unit in duration " + quote(text));
        }
        Long unit = UNITS.get(name);
        if (unit == null) {
            throw new IllegalArgumentException("time: unknown unit " + quote(name) + " in duration " + quote(text));
        }
        return unit;
    }

    private boolean nextIs(char expected) {
        return at < text.length() && text.charAt(at) == expected;
    }

    private boolean nextIsDigit() {
        return at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private IllegalArgumentException invalid() {
        return new IllegalArgumentException("time: invalid duration " + quote(text));
    }

    /** In quotes, with every byte that is no printable ASCII character as {@code \xNN}. */
    private static String quote(String text) {
        var quoted = new StringBuilder("\"");
        for (byte b : text.getBytes(UTF_8)) {
            if (b < ' ') { // control characters, and what is not ASCII: bytes are signed
                quoted.append(String.format("\\x%02x", b));
            } else {
                quoted.append(b == '"' || b == '\\' ? "\\" : "").append((char) b);
            }
        }
        return quoted.append('"').toString();
    }

    /** {@code digits / scale}, both exact. */
    private record Fraction(double digits, double scale) {
        static final Fraction NONE = new Fraction(0, 1);

        /** The share of a unit in nanoseconds, rounded as Go rounds it. */
        long of(long unit) {
            return (long) (digits * (unit / scale));
        }
    }
}
