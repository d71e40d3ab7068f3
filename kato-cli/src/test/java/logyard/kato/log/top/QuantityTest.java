package logyard.kato.log.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "9999, 9999",
        "10000, 10.0k",
        "999949, 999.9k",
        "999950, 1.0M",
        "1234567, 1.2M",
        "9223372036854775807, 9.2E",
    })
    void countsInFewLetters(long number, String expected) {
        assertThat(Quantity.count(number)).isEqualTo(expected).hasSizeLessThanOrEqualTo(6);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.04, 0.0", "3.46, 3.5", "9.99, 10.0", "10.4, 10", "12345.6, 12.3k"})
    void showsRatesToOneDigitWhereItMatters(double rate, String expected) {
        assertThat(Quantity.rate(OptionalDouble.of(rate))).isEqualTo(expected);
    }

    @Test
    void showsADashForWhatIsNotKnown() {
        assertThat(Quantity.rate(OptionalDouble.empty())).isEqualTo("-");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT59.9S, 59s", "PT60S, 1m", "PT1H, 1h", "PT47H59M, 47h", "P2D, 2d", "P900D, 900d"})
    void showsAgesInTheLargestUnitThatFits(Duration age, String expected) {
        assertThat(Quantity.age(age)).isEqualTo(expected);
    }
}
