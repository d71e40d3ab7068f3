package logyard.core.sieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import logyard.core.settings.CloudEventsConfig;
import logyard.core.sieve.handler.HandlerException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the original made of lines, case by case, with four sets of specs that it had. The cases are not part of this
 * repository: they are read from the folder that the system property {@code logyard.vectors} names, or from {@code
 * shared/vectors} beside the repository. Without them the test is shown as skipped.
 *
 * <p>One difference is on purpose: a number that JSON writes as an integer prints as that integer (FIDELITY 39).
 */
class SieveVectorsTest {
    private static final JsonMapper JSON = new JsonMapper();

    private static final Map<String, Sieve> SIEVES = new HashMap<>();

    record Case(String id, String specs, String process, String text, JsonNode event, String error) {
        static Case of(JsonNode json) {
            return new Case(
                    json.path("id").asText(),
                    json.path("specset").asText(),
                    json.path("process").asText(),
                    json.path("text").asText(),
                    json.path("event"),
                    json.path("error").asText());
        }

        SystailLine line() {
            return SystailLine.of(process, text, "10.0.0.5", 0);
        }

        @Override
        public String toString() {
            return id + " " + specs + " " + process + ": " + text;
        }
    }

    static Stream<Case> cases() throws IOException {
        Path folder = folder();
        JsonNode specs = JSON.readTree(folder.resolve("sieve_specs.json").toFile());
        specs.properties().forEach(set -> SIEVES.put(set.getKey(), sieve(set.getValue())));
        JsonNode cases = JSON.readTree(folder.resolve("sieve.json").toFile());
        return StreamSupport.stream(cases.spliterator(), false).map(Case::of);
    }

    private static Path folder() {
        String named = System.getProperty("logyard.vectors");
        if (named != null) {
            return Path.of(named);
        }
        for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
            Path beside = up.resolve("shared/vectors");
            if (Files.exists(beside.resolve("sieve.json"))) {
                return beside;
            }
        }
        return abort("no vectors/sieve.json: name its folder by -Dlogyard.vectors=FOLDER");
    }

    /** The group for all was called * in the specs that were compiled in. */
    private static Sieve sieve(JsonNode specs) {
        ObjectNode groups = specs.deepCopy();
        JsonNode all = groups.remove("*");
        if (all != null) {
            groups.set(Sieve.ALL, all);
        }
        Sieve sieve = Sieve.of(new CloudEventsConfig(groups));
        assertThat(sieve.problems()).isEmpty();
        return sieve;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void recognizesWhatTheOriginalDid(Case vector) throws Exception {
        Sieve sieve = SIEVES.get(vector.specs());

        if (vector.error().isEmpty()) {
            assertThat(sieve.recognize(vector.line()).map(SieveVectorsTest::withIntegersOfGo))
                    .isEqualTo(
                            vector.event().isNull()
                                    ? java.util.Optional.empty()
                                    : java.util.Optional.of(expected(vector)));
        } else {
            assertThatThrownBy(() -> sieve.recognize(vector.line()))
                    .isInstanceOf(HandlerException.class)
                    .hasMessage(vector.error());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void explainsWhatItDoes(Case vector) throws Exception {
        Explanation explanation = SIEVES.get(vector.specs()).explain(vector.line());

        boolean isEvent = !vector.event().isNull() && vector.error().isEmpty();
        assertThat(explanation.event().isPresent()).isEqualTo(isEvent);
        assertThat(explanation.failure().orElse("")).isEqualTo(vector.error());
        assertThat(explanation.trials().stream().anyMatch(trial -> trial.decides() && trial.isFound()))
                .isEqualTo(isEvent || !vector.error().isEmpty());
    }

    private record Expected(String type, String description, String severity, JsonNode info) {}

    private static Expected expected(Case vector) {
        JsonNode event = vector.event();
        assertThat(event.path("process").asText()).isEqualTo(vector.process());
        return new Expected(
                event.path("type").asText(),
                event.path("desc").asText(),
                event.path("severity").asText(),
                event.path("info"));
    }

    /** The one number of the cases that Go prints with an exponent. */
    private static Expected withIntegersOfGo(CloudEvent event) {
        return new Expected(
                event.type(),
                event.description().replace("uptime 2310000", "uptime 2.31e+06"),
                event.severity(),
                Specs.json(event.info()));
    }
}
