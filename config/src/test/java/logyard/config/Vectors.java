package logyard.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Test vectors: inputs with the answers of the original.
 *
 * <p>They are read from the folder in the system property {@code logyard.vectors} if it is set, else from {@code
 * /vectors} on the class path.
 */
public final class Vectors {
    private static final JsonMapper JSON = new JsonMapper();

    private Vectors() {}

    /** The cases of a file such as {@code durations.json}; never none. */
    public static List<JsonNode> load(String file) {
        JsonNode document = document(file);
        List<JsonNode> cases =
                StreamSupport.stream(document.spliterator(), false).toList();
        assertThat(cases).as("cases in %s", file).isNotEmpty();
        return cases;
    }

    /** The whole of a file that is no list of cases. */
    public static JsonNode document(String file) {
        try (InputStream json = open(file)) {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the vectors " + file, e);
        }
    }

    private static InputStream open(String file) throws IOException {
        String folder = System.getProperty("logyard.vectors");
        if (folder != null) {
            return Files.newInputStream(Path.of(folder, file));
        }
        InputStream copy = Vectors.class.getResourceAsStream("/vectors/" + file);
        assertThat(copy).as("/vectors/%s on the class path", file).isNotNull();
        return copy;
    }
}
