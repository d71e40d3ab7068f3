package logyard.core.drain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import logyard.config.Vectors;
import logyard.core.event.ByteBuilder;
import logyard.core.event.Message;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the original read in drain URIs, and what we do otherwise (spec 03 §11.1, 09 F-26). */
class DrainUriParseVectorsTest {
    static Stream<Named<JsonNode>> read() {
        return cases(vector -> !isRefused(vector) && !hasABadEscape(vector) && !hasASemicolon(vector));
    }

    static Stream<Named<JsonNode>> refused() {
        return cases(vector -> isRefused(vector) || hasABadEscape(vector));
    }

    static Stream<Named<JsonNode>> withSemicolons() {
        return cases(vector -> hasASemicolon(vector) && !isRefused(vector));
    }

    /** Those whose prefixes are beginnings of keys. */
    static Stream<Named<JsonNode>> formatted() {
        return usable().filter(named -> named.getPayload().get("config").has("sample_output"));
    }

    /** Those whose format does not fit the event. */
    static Stream<Named<JsonNode>> unformattable() {
        return usable().filter(named -> named.getPayload().has("sample_output_error")
                || named.getPayload().path("config").has("sample_output_error"));
    }

    private static Stream<Named<JsonNode>> usable() {
        return read().filter(named -> filters(named.getPayload().get("config")).stream()
                .noneMatch(filter -> filter.matches("(?s).*[\\x00-\\x20\\x7f].*")));
    }

    private static Stream<Named<JsonNode>> cases(Predicate<JsonNode> wanted) {
        return Vectors.load("drain_uris.json").stream()
                .filter(vector -> vector.get("op").asText().equals("parse"))
                .filter(wanted)
                .map(vector -> Named.of(vector.get("id").asText(), vector));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("read")
    void readsWhatTheOriginalRead(JsonNode vector) {
        JsonNode expected = vector.get("config");

        DrainUri uri = DrainUri.parse(vector.get("uri").asText());

        assertThat(uri.scheme()).isEqualTo(expected.get("scheme").asText());
        assertThat(uri.host()).isEqualTo(expected.get("host").asText());
        assertThat(uri.path()).isEqualTo(path(vector));
        assertThat(uri.filters()).isEqualTo(filters(expected));
        assertThat(uri.params()).isEqualTo(params(expected));
        assertThat(kind(uri)).isEqualTo(expected.get("format").asText());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("formatted")
    void formatsAsTheOriginalDid(JsonNode vector) throws Exception {
        String expected = vector.get("config").get("sample_output").asText();

        assertThat(format(vector)).isEqualTo(withPlainIntegers(expected));
    }

    /** It ended the original's drain (09 F-16). */
    @ParameterizedTest(name = "{0}")
    @MethodSource("unformattable")
    void givesUpOneEventThatDoesNotFit(JsonNode vector) {
        assertThatThrownBy(() -> format(vector)).isInstanceOf(MessageFormat.UnformattableException.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void refusesWhatCanNeverWork(JsonNode vector) {
        assertThatThrownBy(() -> TYPES.of(spec(vector))).isInstanceOf(InvalidDrainException.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("withSemicolons")
    void takesSemicolonsAsTheyAre(JsonNode vector) {
        Stream<String> given = Stream.of(query(vector).split("&"))
                .filter(pair -> pair.contains(";"))
                .map(pair -> pair.substring(pair.indexOf('=') + 1));

        DrainUri uri = DrainUri.parse(vector.get("uri").asText());

        List<String> values = new ArrayList<>(uri.params().values());
        values.addAll(uri.filters());
        uri.format().ifPresent(values::add);
        assertThat(values).containsAll(given.toList());
    }

    private static boolean isRefused(JsonNode vector) {
        return vector.has("error");
    }

    /** The original dropped such a parameter and went on without it. We say that it is wrong. */
    private static boolean hasABadEscape(JsonNode vector) {
        return query(vector).matches("(?s).*%(?![0-9A-Fa-f]{2}).*");
    }

    /** What became of a semicolon depended on the version of the original's library. To us it is a character. */
    private static boolean hasASemicolon(JsonNode vector) {
        return query(vector).contains(";");
    }

    /** To the original all numbers were floating point (09 F-15). */
    private static String withPlainIntegers(String output) {
        return Pattern.compile("\\b\\d(?:\\.\\d+)?e\\+\\d{2}\\b")
                .matcher(output)
                .replaceAll(number -> new BigDecimal(number.group()).toPlainString());
    }

    private static String format(JsonNode vector) throws MessageFormat.UnformattableException {
        String event = vector.get("sample_key").asText() + " "
                + vector.get("sample_value").asText();
        byte[] bytes = event.getBytes(UTF_8);
        var message = new Message();
        message.pointAt(bytes, 0, bytes.length);
        var out = new ByteBuilder(bytes.length);
        spec(vector).format().append(message, 1, out);
        return new String(out.array(), 0, out.length(), UTF_8);
    }

    /**
     * The original dropped two slashes in front of a file's path if there were two, and a path of two slashes became
     * relative thereby. We make them one.
     */
    private static String path(JsonNode vector) {
        String path = vector.get("config").get("path").asText();
        boolean manySlashes = vector.get("uri").asText().startsWith("file:////");
        return manySlashes ? "/" + path.replaceFirst("^/+", "") : path;
    }

    private static String kind(DrainUri uri) {
        String format = uri.format().orElse("json");
        return Set.of("json", "raw").contains(format) ? format : "template";
    }

    private static DrainSpec spec(JsonNode vector) {
        Map<String, String> formats = params(vector, "named_formats");
        return DrainSpec.parse(vector.get("name").asText(), vector.get("uri").asText(), formats);
    }

    private static String query(JsonNode vector) {
        String uri = vector.get("uri").asText().replaceFirst("(?s)#.*", "");
        int question = uri.indexOf('?');
        return question < 0 ? "" : uri.substring(question + 1);
    }

    private static List<String> filters(JsonNode config) {
        List<String> filters = new ArrayList<>();
        config.get("filters").forEach(filter -> filters.add(filter.asText()));
        return filters;
    }

    private static Map<String, String> params(JsonNode config) {
        return params(config, "params");
    }

    private static Map<String, String> params(JsonNode of, String name) {
        Map<String, String> params = new TreeMap<>();
        of.path(name)
                .properties()
                .forEach(param -> params.put(param.getKey(), param.getValue().asText()));
        return params;
    }

    /** The schemes of the original. */
    private static final DrainTypes TYPES = new DrainTypes(List.of(new DrainType() {
        @Override
        public Set<String> schemes() {
            return Set.of("tcp", "udp", "redis", "file");
        }

        @Override
        public void check(DrainSpec spec, DrainEnvironment environment) {}

        @Override
        public CompletableFuture<Drain> open(DrainSpec spec, DrainEnvironment environment) {
            throw new AssertionError("No drain is opened here");
        }
    }));
}
