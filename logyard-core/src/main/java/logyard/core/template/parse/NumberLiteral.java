package logyard.core.template.parse;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import logyard.core.template.value.ComplexValue;
import logyard.core.template.value.FloatValue;
import logyard.core.template.value.IntValue;
import logyard.core.template.value.Value;

/** The numbers of Go: {@code 42 0x2a 0o52 052 0b101010 1_000 1.5 1e3 0x1p-2 1i}. */
final class NumberLiteral {
    private static final Pattern INTEGER =
            Pattern.compile("[+-]?(0[xX](_?[0-9a-fA-F])+|0[bB](_?[01])+|0[oO]?(_?[0-7])+|0|[1-9](_?[0-9])*)");
    private static final Pattern DECIMAL_FLOAT = Pattern.compile(
            "[+-]?([0-9](_?[0-9])*\\.?([0-9](_?[0-9])*)?|\\.[0-9](_?[0-9])*)([eE][+-]?[0-9](_?[0-9])*)?");
    private static final Pattern HEXADECIMAL_FLOAT = Pattern.compile(
            "[+-]?0[xX](_?[0-9a-fA-F](_?[0-9a-fA-F])*\\.?([0-9a-fA-F](_?[0-9a-fA-F])*)?|\\.[0-9a-fA-F](_?[0-9a-fA-F])*)"
                    + "[pP][+-]?[0-9](_?[0-9])*");
    private static final BigInteger LARGEST_UNSIGNED =
            BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);
    private static final BigInteger LARGEST_INT = BigInteger.valueOf(Long.MAX_VALUE);

    /** No number that a float64 can tell from another needs more; longer ones are not worth the patterns' stack. */
    private static final int MOST_CHARACTERS = 400;

    private final int offset;
    private final String literal;

    private NumberLiteral(int offset, String literal) {
        this.offset = offset;
        this.literal = literal;
        if (literal.length() > MOST_CHARACTERS) {
            throw new SyntaxException(offset, "number of more than " + MOST_CHARACTERS + " characters");
        }
    }

    /** The number's value, or nothing if only its execution fails, because it takes all 64 bits without a sign. */
    static Optional<Value> real(Token token) {
        return new NumberLiteral(token.offset(), token.text()).real();
    }

    /** The value of a number that ends in {@code i}, with or without a real part. */
    static Value complex(Token token) {
        return new NumberLiteral(token.offset(), token.text()).complex();
    }

    private Optional<Value> real() {
        if (INTEGER.matcher(literal).matches()) {
            BigInteger integer = integer();
            if (integer.bitLength() < Long.SIZE) {
                return Optional.of(new IntValue(integer.longValue()));
            } else if (integer.signum() > 0 && integer.compareTo(LARGEST_UNSIGNED) <= 0) {
                return Optional.empty();
            }
            throw new SyntaxException(offset, "integer overflow: \"" + literal + "\"; the largest is " + LARGEST_INT);
        }
        double number = floating(literal);
        if (literal.matches("[+-]?[0-9_]+")) {
            throw new SyntaxException(
                    offset, "integer overflow: \"" + literal + "\" is not octal; without the 0 it is decimal");
        }
        return Optional.of(new FloatValue(number));
    }

    private Value complex() {
        String number = literal.substring(0, literal.length() - 1);
        int split = Math.max(number.lastIndexOf('+'), number.lastIndexOf('-'));
        if (split > 0 && "eEpP".indexOf(number.charAt(split - 1)) >= 0) {
            split = Math.max(number.lastIndexOf('+', split - 1), number.lastIndexOf('-', split - 1));
        }
        double real = split > 0 ? floating(number.substring(0, split)) : 0;
        return new ComplexValue(real, floating(number.substring(Math.max(split, 0))));
    }

    private BigInteger integer() {
        String digits = literal.replace("_", "").toLowerCase(Locale.ROOT);
        boolean signed = digits.startsWith("+") || digits.startsWith("-");
        String sign = signed && digits.startsWith("-") ? "-" : "";
        String unsigned = signed ? digits.substring(1) : digits;
        if (unsigned.startsWith("0x")) {
            return new BigInteger(sign + unsigned.substring(2), 16);
        } else if (unsigned.startsWith("0b")) {
            return new BigInteger(sign + unsigned.substring(2), 2);
        } else if (unsigned.startsWith("0o")) {
            return new BigInteger(sign + unsigned.substring(2), 8);
        }
        return new BigInteger(sign + unsigned, unsigned.startsWith("0") ? 8 : 10);
    }

    private double floating(String number) {
        if (DECIMAL_FLOAT.matcher(number).matches()
                || HEXADECIMAL_FLOAT.matcher(number).matches()) {
            double value = Double.parseDouble(number.replace("_", ""));
            if (!Double.isInfinite(value)) {
                return value;
            }
        }
        throw new SyntaxException(offset, "illegal number syntax: \"" + literal + '"');
    }
}
