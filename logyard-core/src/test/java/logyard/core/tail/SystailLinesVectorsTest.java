package logyard.core.tail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The lines that the original's last follower made of given bytes.
 *
 * <p>We differ in three rules of {@link LineRules}. So it is shown that the plain rules without these give exactly what
 * the original gave, and that the splitter gives exactly what the plain rules with them give.
 */
class SystailLinesVectorsTest {
    private static final String CR = "the CR before a LF is part of the line end";
    private static final String CHARACTERS = "no character is cut in two";
    private static final String AT_ONCE = "pieces of a long line do not wait for its end";

    @JsonIgnoreProperties(ignoreUnknown = true)
    record Vector(
            String id,
            String desc,
            @JsonProperty("max_record_size") int maxRecordSize,
            @JsonProperty("chunks_base64") List<String> chunks,
            @JsonProperty("texts_tail2018") @Nullable List<String> texts2018) {
        List<byte[]> decodedChunks() {
            return chunks.stream().map(Base64.getDecoder()::decode).toList();
        }

        byte[] bytes() {
            var all = new ByteArrayOutputStream();
            decodedChunks().forEach(all::writeBytes);
            return all.toByteArray();
        }

        @Override
        public String toString() {
            return id + " " + desc;
        }
    }

    static Stream<Arguments> vectors() throws IOException {
        String folder = System.getProperty("logyard.vectors");
        List<Vector> vectors =
                read(folder == null ? ownVectors() : Files.newInputStream(Path.of(folder, "systail_lines.json")));
        return vectors.stream().map(vector -> arguments(vector));
    }

    private static InputStream ownVectors() {
        return requireNonNull(SystailLinesVectorsTest.class.getResourceAsStream("/vectors/systail_lines.json"));
    }

    private static List<Vector> read(InputStream json) throws IOException {
        try (json) {
            return List.of(new ObjectMapper().readValue(json, Vector[].class));
        }
    }

    /** All but the few for which no answer of that version is known. */
    static Stream<Arguments> vectorsOf2018() throws IOException {
        return vectors().filter(vector -> ((Vector) vector.get()[0]).texts2018() != null);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectorsOf2018")
    void theRulesWithoutOurDifferencesGiveTheTextsOf2018(Vector vector) {
        List<String> pieces = LineRules.ORIGINAL_OF_2018.split(vector.bytes(), vector.maxRecordSize());

        assertThat(repaired(pieces)).isEqualTo(vector.texts2018());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void theSplitterFollowsTheRules(Vector vector) {
        var splitter = new AppendingSplitter(vector.maxRecordSize());
        vector.decodedChunks().forEach(splitter::append);

        List<String> expected = LineRules.CLONE.split(vector.bytes(), vector.maxRecordSize());

        assertThat(repaired(splitter.pieces())).isEqualTo(repaired(expected));
    }

    /** Of the project's own cases; a folder that is named from outside may hold more. */
    @Test
    void theseCasesDifferFromTheOriginalOf2018() throws IOException {
        Map<String, String> differing = new TreeMap<>();
        for (Vector vector : read(ownVectors())) {
            if (vector.texts2018() != null && !textsBy(LineRules.CLONE, vector).equals(vector.texts2018())) {
                differing.put(vector.id(), reason(vector));
            }
        }

        assertThat(differing)
                .isEqualTo(Map.of(
                        "systail_lines-003", CR,
                        "systail_lines-005", CR,
                        "systail_lines-042", CHARACTERS,
                        "systail_lines-043", CHARACTERS,
                        "systail_lines-044", CHARACTERS,
                        "systail_lines-049", CHARACTERS,
                        "systail_lines-052", AT_ONCE));
    }

    /** The rules without which the texts would be others. */
    private static String reason(Vector vector) {
        List<String> ours = textsBy(LineRules.CLONE, vector);
        var rules = new ArrayList<String>();
        if (!textsBy(new LineRules(false, true, true), vector).equals(ours)) {
            rules.add(CR);
        }
        if (!textsBy(new LineRules(true, false, true), vector).equals(ours)) {
            rules.add(CHARACTERS);
        }
        if (!textsBy(new LineRules(true, true, false), vector).equals(ours)) {
            rules.add(AT_ONCE);
        }
        return String.join(", ", rules);
    }

    private static List<String> textsBy(LineRules rules, Vector vector) {
        return repaired(rules.split(vector.bytes(), vector.maxRecordSize()));
    }

    private static List<String> repaired(List<String> pieces) {
        return pieces.stream()
                .map(piece -> Utf8Repair.repair(piece.getBytes(ISO_8859_1)))
                .toList();
    }
}
