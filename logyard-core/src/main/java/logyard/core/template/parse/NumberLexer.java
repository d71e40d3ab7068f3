package logyard.core.template.parse;

/** Finds the end of a number. Whether it is one that can be had is the business of {@link NumberLiteral}. */
final class NumberLexer {
    private static final String DECIMAL = "0123456789_";
    private static final String HEXADECIMAL = "0123456789abcdefABCDEF_";
    private static final String OCTAL = "01234567_";
    private static final String BINARY = "01_";

    private NumberLexer() {}

    /** Passes a number; false if something stands behind it that cannot. */
    static boolean pass(Cursor cursor) {
        cursor.accept("+-");
        String digits = cursor.accept("0") ? digitsBehindZero(cursor) : DECIMAL;
        cursor.acceptAll(digits);
        if (cursor.accept(".")) {
            cursor.acceptAll(digits);
        }
        if (cursor.accept(exponentLetters(digits))) {
            cursor.accept("+-");
            cursor.acceptAll(DECIMAL);
        }
        cursor.accept("i");
        if (ActionLexer.isAlphanumeric(cursor.peek())) {
            cursor.next();
            return false;
        }
        return true;
    }

    private static String exponentLetters(String digits) {
        return digits.equals(DECIMAL) ? "eE" : digits.equals(HEXADECIMAL) ? "pP" : "";
    }

    private static String digitsBehindZero(Cursor cursor) {
        if (cursor.accept("xX")) {
            return HEXADECIMAL;
        } else if (cursor.accept("oO")) {
            return OCTAL;
        }
        return cursor.accept("bB") ? BINARY : DECIMAL;
    }
}
