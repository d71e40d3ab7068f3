package logyard.core.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import logyard.config.Vectors;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The URIs that the original's commands put together, and what we do otherwise (09 F-25). */
class DrainUriConstructVectorsTest {
    static Stream<Named<JsonNode>> accepted() {
        return cases().filter(named -> named.getPayload().has("result"));
    }

    static Stream<Named<JsonNode>> refused() {
        return cases().filter(named -> named.getPayload().has("error"));
    }

    private static Stream<Named<JsonNode>> cases() {
        return Vectors.load("drain_uris.json").stream()
                .filter(vector -> vector.get("op").asText().equals("construct"))
                .map(vector -> Named.of(vector.get("id").asText(), vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("accepted")
    void buildsTheUriOfTheOriginalButForOurRules(JsonNode vector) {
        String base = vector.get("uri").asText();
        String query = vector.get("result").asText().substring(base.length() + "?".length());

        String built = DrainUriBuilder.build(base, filters(vector), params(vector));

        assertThat(built).isEqualTo(joined(base, query));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesInTheWordsOfTheOriginal(JsonNode vector) {
        assertThatThrownBy(() -> DrainUriBuilder.build(vector.get("uri").asText(), filters(vector), params(vector)))
                .isInstanceOf(InvalidDrainException.class)
                .hasMessageStartingWith(vector.get("error").asText());
    }

    /**
     * The original put {@code ?} between the two, whatever they were. We leave it away where no parameter follows, add to
     * the query that a URI already has, and leave a fragment away, behind which parameters would mean nothing.
     */
    private static String joined(String base, String query) {
        String uri = base.replaceFirst("(?s)#.*", "");
        if (query.isEmpty()) {
            return uri;
        }
        if (!uri.contains("?")) {
            return uri + "?" + query;
        }
        return uri + (uri.endsWith("?") || uri.endsWith("&") ? "" : "&") + query;
    }

    private static List<String> filters(JsonNode vector) {
        List<String> filters = new ArrayList<>();
        vector.path("filters").forEach(filter -> filters.add(filter.asText()));
        return filters;
    }

    private static Map<String, String> params(JsonNode vector) {
        Map<String, String> params = new TreeMap<>();
        vector.path("params")
                .properties()
                .forEach(param -> params.put(param.getKey(), param.getValue().asText()));
        return params;
    }
}
