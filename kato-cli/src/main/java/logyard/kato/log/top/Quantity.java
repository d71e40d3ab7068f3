package logyard.kato.log.top;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers in few letters, for people. */
final class Quantity {
    private static final String[] SUFFIXES = {"", "k", "M", "G", "T", "P", "E"};

    private Quantity() {}

    /** Such as {@code 0}, {@code 3.5}, {@code 950}, {@code 12.3k}; a dash for what is not known. */
    static String rate(OptionalDouble rate) {
        if (rate.isEmpty()) {
            return "-";
        }
        double value = rate.getAsDouble();
        return value != 0 && value < 10 ? String.format(Locale.ROOT, "%.1f", value) : count(Math.round(value));
    }

    /** Whole up to 9999, then in thousands with one digit behind the point, and so on. */
    static String count(long number) {
        if (number < 10_000) {
            return String.valueOf(number);
        }
        double value = number;
        int suffix = 0;
        while (value >= 999.95) {
            value /= 1000;
            suffix++;
        }
        return String.format(Locale.ROOT, "%.1f%s", value, SUFFIXES[suffix]);
    }

    /** The largest unit that fits: {@code 0s}, {@code 45s}, {@code 12m}, {@code 5h}, {@code 3d}. */
    static String age(Duration age) {
        long seconds = age.toSeconds();
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}
