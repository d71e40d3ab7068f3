package logyard.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Go's own {@code time.ParseDuration} and {@code Duration.String} answered. */
class GoDurationVectorsTest {
    static Stream<Named<JsonNode>> valid() {
        return cases(true);
    }

    static Stream<Named<JsonNode>> invalid() {
        return cases(false);
    }

    private static Stream<Named<JsonNode>> cases(boolean valid) {
        return Vectors.load("durations.json").stream()
                .filter(vector -> vector.has("error") != valid)
                .map(vector -> Named.of(vector.get("id").asText() + " " + vector.get("input"), vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("valid")
    void readsAndPrintsAsGo(JsonNode vector) {
        Duration duration = GoDuration.parse(vector.get("input").asText());

        assertThat(duration.toNanos()).isEqualTo(vector.get("ns").asLong());
        assertThat(GoDuration.format(duration)).isEqualTo(vector.get("string").asText());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("invalid")
    void refusesInTheWordsOfGo(JsonNode vector) {
        assertThatThrownBy(() -> GoDuration.parse(vector.get("input").asText()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(vector.get("error").asText());
    }
}
