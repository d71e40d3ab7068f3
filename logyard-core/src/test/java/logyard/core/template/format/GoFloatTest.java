package logyard.core.template.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoFloatTest {
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "-0.0,-0",
        "1,1",
        "1.5,1.5",
        "999999,999999",
        "1000000,1e+06",
        "123456789,1.23456789e+08",
        "1e20,1e+20",
        "1e21,1e+21",
        "1e23,1e+23",
        "1.0000000000000001e23,1.0000000000000001e+23",
        "0.0001,0.0001",
        "0.00001,1e-05",
        "0.000001,1e-06",
        "0.3333333333333333,0.3333333333333333",
        "0.1,0.1",
        "2e23,2e+23",
        "2.2250738585072014e-308,2.2250738585072014e-308",
        "2.225073858507201e-308,2.225073858507201e-308",
        "5e-324,5e-324",
        "1e-323,1e-323",
        "1.7976931348623157e308,1.7976931348623157e+308",
        // 2^-44, of which Java 17 prints one digit too many
        "5.684341886080802e-14,5.684341886080802e-14",
        // a power of two whose lower neighbour is nearer than its upper one
        "9007199254740992,9.007199254740992e+15",
        "9.5367431640625e-07,9.5367431640625e-07",
    })
    void printsTheShortestDigitsThatReadBack(double value, String text) {
        assertThat(GoFloat.general(value)).isEqualTo(text);
    }

    @Test
    void neverPrintsMoreDigitsThanNeeded() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String text = GoFloat.format(value, 'e', GoFloat.SHORTEST);

                assertThat(Double.parseDouble(text)).isEqualTo(value);
                assertThat(digits(text)).isLessThanOrEqualTo(digits(Double.toString(value)));
            }
        }
    }

    @Test
    void roundsTheExactValueHalfToEven() {
        assertThat(GoFloat.format(0.125, 'f', 2)).isEqualTo("0.12");
        assertThat(GoFloat.format(0.375, 'f', 2)).isEqualTo("0.38");
        assertThat(GoFloat.format(2.675, 'f', 2)).isEqualTo("2.67");
        assertThat(GoFloat.format(0.5, 'f', 0)).isEqualTo("0");
        assertThat(GoFloat.format(999.9996, 'f', 3)).isEqualTo("1000.000");
        assertThat(GoFloat.format(9.9999, 'e', 2)).isEqualTo("1.00e+01");
    }

    @Test
    void printsAnyNumberOfPlaces() {
        assertThat(GoFloat.format(Double.MIN_VALUE, 'f', 1074))
                .isEqualTo(new BigDecimal(Double.MIN_VALUE).toPlainString());
        assertThat(GoFloat.format(1.5, 'f', 2000)).isEqualTo("1.5" + "0".repeat(1999));
        assertThat(GoFloat.format(0, 'e', 3)).isEqualTo("0.000e+00");
    }

    private static int digits(String text) {
        return new BigDecimal(text).stripTrailingZeros().precision();
    }
}
