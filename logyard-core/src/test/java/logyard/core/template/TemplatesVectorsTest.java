package logyard.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import logyard.core.template.format.Formatter;
import logyard.core.template.text.ByteOutput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the original did, case by case: {@code vectors/templates.json}, or the file of that name in the folder that the
 * system property {@code logyard.vectors} names.
 *
 * <p>One difference is on purpose, because operators want to see {@code 1366305302} and not {@code 1.366305302e+09}: a
 * number that the record writes as an integer
 *
 * <ol>
 *   <li>prints as that integer where Go, which has a float64 there, prints an exponent or loses digits;
 *   <li>is taken as an integer where Go refuses the float64: an error that comes from its type, or the mark
 *       {@code %!d(float64=…)}, becomes a result.
 * </ol>
 */
class TemplatesVectorsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern STRING_OR_NUMBER = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|-?[0-9][0-9.eE+-]*");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

    record Case(
            String id,
            String template,
            String record,
            boolean isList,
            Optional<String> output,
            String errorStage,
            String error) {
        static Case of(JsonNode json) {
            return new Case(
                    json.path("id").asText(),
                    json.path("template").asText(),
                    json.path("record").asText(),
                    json.path("mode").asText().equals("list"),
                    json.has("output") ? Optional.of(json.get("output").asText()) : Optional.empty(),
                    json.path("error_stage").asText(),
                    json.path("error").asText());
        }

        @Override
        public String toString() {
            return id + " " + template;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream in = open()) {
            return StreamSupport.stream(JSON.readTree(in).spliterator(), false).map(Case::of).toList().stream();
        }
    }

    /** To Go 42 and 42.0 are the same float64; what it did with the one, the other must do here to the last byte. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void doesAsTheOriginalWithIntegersWrittenAsFloats(Case vector) throws IOException {
        if (vector.errorStage().equals("parse")) {
            assertThat(catchThrowable(() -> Template.parse("t", vector.template())))
                    .isInstanceOf(InvalidTemplateException.class);
        } else {
            assertThat(render(vector, withFloats(vector.record())))
                    .as(vector.error())
                    .isEqualTo(vector.output());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("executableCases")
    void differsFromTheOriginalInIntegersOnly(Case vector) throws IOException {
        Optional<String> rendered = render(vector, vector.record());

        if (vector.output().isPresent()) {
            assertThat(rendered).get().isIn(vector.output().get(), withIntegers(vector));
        } else if (!mayRefuseFloat(vector)) {
            assertThat(rendered).as(vector.error()).isEmpty();
        }
    }

    static Stream<Case> executableCases() throws IOException {
        return cases().filter(vector -> !vector.errorStage().equals("parse"));
    }

    private static Optional<String> render(Case vector, String recordText) throws IOException {
        Renderer renderer = Template.parse("t", vector.template()).renderer();
        ByteOutput out = new ByteOutput(16);
        byte[] record = recordText.getBytes(StandardCharsets.UTF_8);
        try {
            if (vector.isList()) {
                renderer.render(List.of(JSON.readValue(record, String[].class)), out);
            } else {
                renderer.render(record, 0, record.length, out);
            }
            return Optional.of(out.toString());
        } catch (TemplateFailure e) {
            return Optional.empty();
        }
    }

    private static String withFloats(String record) {
        return STRING_OR_NUMBER
                .matcher(record)
                .replaceAll(match -> Matcher.quoteReplacement(
                        INTEGER.matcher(match.group()).matches() ? match.group() + ".0" : match.group()));
    }

    /** The original's output with the record's integers in place of what Go makes of them. */
    private static String withIntegers(Case vector) {
        String output = vector.output().orElseThrow();
        for (JsonNode integer : integers(vector.record())) {
            String inGo = Formatter.general(integer.doubleValue());
            output = output.replaceAll("%!\\w\\(float64=" + Pattern.quote(inGo) + "\\)", integer.asText());
            output = output.replace(inGo, integer.asText());
        }
        return output;
    }

    /** Whether the error can have come from a float64 that is an integer here. */
    private static boolean mayRefuseFloat(Case vector) {
        boolean isAboutTypes =
                vector.error().contains("float64") || vector.error().contains("incompatible types for comparison");
        return isAboutTypes && !integers(vector.record()).isEmpty();
    }

    private static List<JsonNode> integers(String record) {
        List<JsonNode> found = new ArrayList<>();
        try {
            collect(JSON.readTree(record), found);
        } catch (JsonProcessingException e) {
            assertThat(found).isEmpty();
        }
        return found;
    }

    private static void collect(JsonNode node, List<JsonNode> found) {
        if (node.isIntegralNumber()) {
            found.add(node);
        }
        node.forEach(child -> collect(child, found));
    }

    private static InputStream open() throws IOException {
        String folder = System.getProperty("logyard.vectors");
        return folder == null
                ? TemplatesVectorsTest.class.getResourceAsStream("/vectors/templates.json")
                : Files.newInputStream(Path.of(folder, "templates.json"));
    }
}
