package logyard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {
    @ParameterizedTest
    @CsvSource({
        "-9223372036854775808ns, -9223372036854775808, -2562047h47m16.854775808s",
        "1\u03bcs, 1000, 1\u00b5s",
        "1ms, 1000000, 1ms",
        "1.5us, 1500, 1.5\u00b5s",
        "59m59.999999999s, 3599999999999, 59m59.999999999s",
        "1h, 3600000000000, 1h0m0s",
        "60s, 60000000000, 1m0s",
        "-1h0.5s, -3600500000000, -1h0m0.5s",
        "0.9223372036854775808s, 922337203, 922.337203ms",
        "0.92233720368547758079s, 922337203, 922.337203ms",
        "-0, 0, 0s",
    })
    void coversTheEdgesTheVectorsLeaveOut(String text, long nanos, String printed) {
        assertThat(GoDuration.parse(text).toNanos()).isEqualTo(nanos);
        assertThat(GoDuration.format(Duration.ofNanos(nanos))).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-9223372036854775809ns", "9223372036854775807.5ns9ns", "92233720368547758080ns", "-.", "+."})
    void refusesWhatGoRefuses(String text) {
        assertThatThrownBy(() -> GoDuration.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("time: invalid duration \"" + text + "\"");
    }

    @Test
    void quotesWhatItRefuses() {
        assertThatThrownBy(() -> GoDuration.parse("1\"\\\u007f"))
                .hasMessage("time: unknown unit \"\\\"\\\\\u007f\" in duration \"1\\\"\\\\\u007f\"");
    }
}
