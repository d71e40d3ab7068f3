package logyard.kato.log.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class TypedTest {
    @ParameterizedTest
    @ValueSource(strings = {"-10m", "2999-01-01T00:00:00Z"})
    void refusesATimeThatIsYetToCome(String time) {
        assertThatThrownBy(() -> new Typed.Time().convert(time))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("must be a time in the past, or how long ago, such as 10m, got \"" + time + "\"");
    }

    @Test
    void takesHowLongAgo() {
        assertThat(Duration.between(new Typed.Time().convert("10m"), Instant.now()))
                .isBetween(Duration.ofMinutes(10), Duration.ofMinutes(11));
    }
}
