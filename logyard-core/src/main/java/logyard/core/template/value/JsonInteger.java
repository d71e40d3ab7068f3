package logyard.core.template.value;

import java.math.BigInteger;

/**
 * A number that the record writes as an integer, of any size.
 *
 * <p>In Go it is a float64, prints as {@code 1.366305302e+09}, and is refused where an integer is asked for. Here it
 * prints as it is written and is taken as an integer wherever a float64 is refused. In all else it is the float64 that
 * formats written for the original expect, down to the name of its type.
 *
 * @param digits as written: no leading zeros, perhaps a minus
 */
public record JsonInteger(String digits) implements Value {
    public BigInteger integer() {
        return new BigInteger(digits);
    }

    /** The nearest float64, which is what Go has instead. */
    public double toDouble() {
        return Double.parseDouble(digits);
    }

    @Override
    public String typeName() {
        return "float64";
    }

    @Override
    public boolean isTrue() {
        return !digits.equals("0") && !digits.equals("-0");
    }
}
