package logyard.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import logyard.config.MapDiff.Change;
import logyard.config.MapDiff.Kind;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the original answered for two maps of drains. */
class MapDiffVectorsTest {
    private static final JsonMapper JSON = new JsonMapper();

    static Stream<Named<JsonNode>> cases() {
        return Vectors.load("mapdiff.json").stream()
                .map(vector -> Named.of(vector.get("id").asText(), vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void findsTheChangesInTheOrderOfTheNames(JsonNode vector) {
        List<Change<String>> changes = MapDiff.between(map(vector.get("old")), map(vector.get("new")));

        assertThat(changes.stream().map(Expected::of)).isEqualTo(expected(vector));
    }

    private static List<Expected> expected(JsonNode vector) {
        return StreamSupport.stream(vector.get("changes").spliterator(), false)
                .map(change -> new Expected(
                        change.get("key").asText(),
                        change.get("deleted").asBoolean(),
                        change.get("old").asText(),
                        change.get("new").asText()))
                .toList();
    }

    private static Map<String, String> map(JsonNode node) {
        return node.isNull() ? Map.of() : JSON.convertValue(node, new TypeReference<>() {});
    }

    /** A change as the original tells it: it forgets the old value of what is deleted, and has no null. */
    private record Expected(String key, boolean deleted, String before, String after) {
        static Expected of(Change<String> change) {
            boolean deleted = change.kind() == Kind.REMOVED;
            return new Expected(
                    change.name(),
                    deleted,
                    deleted ? "" : Objects.requireNonNullElse(change.before(), ""),
                    Objects.requireNonNullElse(change.after(), ""));
        }
    }
}
