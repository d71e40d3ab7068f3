package logyard.core.tail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
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
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
        try (InputStream json = open()) {
            return Stream.of(new ObjectMapper().readValue(json, Vector[].class)).map(vector -> arguments(vector));
        }
    }

    /** All but the few for which no answer of that version is known. */
    static Stream<Arguments> vectorsOf2018() throws IOException {
        return vectors().filter(vector -> ((Vector) vector.get()[0]).texts2018() != null);
    }

    private static InputStream open() throws IOException {
        String folder = System.getProperty("logyard.vectors");
        return folder == null
                ? SystailLinesVectorsTest.class.getResourceAsStream("/vectors/systail_lines.json")
                : Files.newInputStream(Path.of(folder, "systail_lines.json"));
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

    private static List<String> repaired(List<String> pieces) {
        return pieces.stream()
                .map(piece -> Utf8Repair.repair(piece.getBytes(ISO_8859_1)))
                .toList();
    }
}
