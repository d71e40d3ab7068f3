package logyard.core.template.format;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * The decimal digits of a float64, as 0.d₁d₂… times a power of ten.
 *
 * @param digits without zeros at either end; empty for zero
 * @param point where the decimal point is: {@code digits="15", point=1} is 1.5
 */
record Digits(String digits, int point) {
    private static final Digits ZERO = new Digits("", 0);

    /** A decimal of so few digits belongs to no float64 but one, so it is the shortest. */
    private static final int SURELY_UNIQUE = 15;

    private static final int SURELY_ENOUGH = 17;

    /** The last decimal place of the smallest float64: rounding further away changes nothing. */
    private static final int LAST_PLACE = 1100;

    /** The fewest digits from which the same float64 can be read back, and of those the nearest. */
    static Digits shortest(double positive) {
        if (positive == 0) {
            return ZERO;
        }
        // Until Java 19 this has sometimes a digit too many, but never a wrong one.
        Digits guess = of(new BigDecimal(Double.toString(positive)));
        if (guess.digits.length() <= SURELY_UNIQUE && positive >= Double.MIN_NORMAL) {
            return guess;
        }
        BigDecimal exact = new BigDecimal(positive);
        for (int count = positive < Double.MIN_NORMAL ? 1 : SURELY_UNIQUE; count < SURELY_ENOUGH; count++) {
            for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN}) {
                BigDecimal rounded = exact.round(new MathContext(count, mode));
                if (rounded.doubleValue() == positive) {
                    return of(rounded);
                }
            }
        }
        return of(exact.round(new MathContext(SURELY_ENOUGH, RoundingMode.HALF_EVEN)));
    }

    /** The exact value rounded to so many significant digits. */
    static Digits significant(double positive, int count) {
        if (positive == 0) {
            return ZERO;
        }
        return of(new BigDecimal(positive).round(new MathContext(Math.min(count, LAST_PLACE), RoundingMode.HALF_EVEN)));
    }

    /** The exact value rounded to so many decimal places. */
    static Digits places(double positive, int count) {
        return of(new BigDecimal(positive).setScale(Math.min(count, LAST_PLACE), RoundingMode.HALF_EVEN));
    }

    int count() {
        return digits.length();
    }

    /** The digit at an index, {@code 0} where there is none. */
    char digit(int index) {
        return index >= 0 && index < digits.length() ? digits.charAt(index) : '0';
    }

    private static Digits of(BigDecimal value) {
        if (value.signum() == 0) {
            return ZERO;
        }
        String unscaled = value.unscaledValue().toString();
        int end = unscaled.length();
        while (unscaled.charAt(end - 1) == '0') {
            end--;
        }
        return new Digits(unscaled.substring(0, end), unscaled.length() - value.scale());
    }
}
