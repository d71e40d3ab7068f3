package logyard.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import logyard.config.GoDuration;
import logyard.config.Vectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The retry schedule of the original, call by call.
 *
 * <p>On purpose ours differs in one thing only: an unusable limit is reported once, by what is wrong with it first, where
 * the original reported it twice (09 F-13).
 */
class RetryVectorsTest {
    private static final Instant START = Instant.parse("2013-04-18T10:15:02Z");

    static Stream<JsonNode> simulations() {
        return ofKind("simulate");
    }

    static Stream<JsonNode> limits() {
        return ofKind("limit_for_name");
    }

    private static Stream<JsonNode> ofKind(String kind) {
        return Vectors.load("retry.json").stream()
                .filter(vector -> vector.path("op").asText().equals(kind));
    }

    @ParameterizedTest
    @MethodSource("simulations")
    void waitsAndSpeaksAsTheOriginal(JsonNode vector) {
        Duration limit = GoDuration.parse(vector.path("retry_limit").asText());
        if (vector.has("constructor_fatal")) {
            assertThatThrownBy(() -> new ProgressiveRetry(limit)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        var retry = new ProgressiveRetry(limit);
        Instant now = START;
        Iterator<JsonNode> uptimes = vector.path("uptime_ms_before_call").iterator();

        for (JsonNode call : vector.path("calls")) {
            now = now.plusMillis(uptimes.next().asLong());
            assertThat(Duration.between(START, now).toMillis())
                    .isEqualTo(call.path("t_call_ms").asLong());

            Optional<Duration> pause = retry.failedAt(now);

            assertThat(pause.isPresent()).isEqualTo(call.path("retry").asBoolean());
            assertThat(pause.orElse(Duration.ZERO).toMillis())
                    .isEqualTo(call.path("delay_ms").asLong());
            RetryMessage message = RetryMessage.of("msg", pause, limit);
            assertThat(message.text()).isEqualTo(call.path("log").asText());
            assertThat(message.level()).hasToString(call.path("level").asText());
            now = now.plus(pause.orElse(Duration.ZERO));
        }
    }

    @ParameterizedTest
    @MethodSource("limits")
    void choosesTheLimitAsTheOriginal(JsonNode vector) {
        Map<String, String> configured = new TreeMap<>();
        vector.path("retrylimits")
                .properties()
                .forEach(
                        limit -> configured.put(limit.getKey(), limit.getValue().asText()));

        RetryLimits.Choice choice =
                new RetryLimits(configured).choose(vector.path("name").asText());

        assertThat(choice.limit())
                .isEqualTo(GoDuration.parse(vector.path("limit").asText()));
        assertThat(choice.limit().isZero()).isEqualTo(vector.path("infinite").asBoolean());
        JsonNode problems = vector.path("problems");
        if (problems.isEmpty()) {
            assertThat(choice.problem()).isEmpty();
        } else {
            assertThat(choice.problem().orElseThrow())
                    .startsWith(problems.get(0).asText());
        }
    }
}
