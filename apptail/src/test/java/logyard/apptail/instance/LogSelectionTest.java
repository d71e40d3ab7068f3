package logyard.apptail.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import logyard.apptail.root.InstanceRoot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSelectionTest {
    @TempDir
    Path folder;

    private Path environment;
    private InstanceRoot root;

    @BeforeEach
    void makeInstance() throws IOException {
        folder = folder.toRealPath();
        environment =
                Files.createDirectories(folder.resolve("one/home/stackato/etc")).resolve("droplet.env.json");
        root = InstanceRoot.below(List.of(folder), folder.resolve("one")).orElseThrow();
    }

    private LogSelection with(String json) throws IOException {
        Files.writeString(environment, json);
        return LogSelection.fromEnvironment(root);
    }

    @Test
    void anEntryWithoutAPathHarmsNoOther() throws IOException {
        LogSelection chosen = with("{\"STACKATO_LOG_FILES\":\"$STACKATO_LOG_FILES:a=x=y:b c=z:\"}");

        assertThat(chosen.logs()).containsExactly(new NamedLog("a", "x=y"));
        assertThat(chosen.warnings())
                .containsExactly(
                        "WARN -- Ignoring $STACKATO_LOG_FILES in STACKATO_LOG_FILES: it must be name=path",
                        "WARN -- Ignoring log b c: a name has 1 to 64 letters, digits, _, - and .");
    }

    @Test
    void ofMoreThanSevenTheLastAreUsed() throws IOException {
        LogSelection chosen = with("{\"STACKATO_LOG_FILES\":\"a=1:b=2:c=3:d=4:e=5:f=6:g=7:h=8:i=9\"}");

        assertThat(chosen.logs()).extracting(NamedLog::name).containsExactly("c", "d", "e", "f", "g", "h", "i");
        assertThat(chosen.warnings())
                .containsExactly("WARN -- Only 7 logs can be followed, using the last ones: c, d, e, f, g, h, i");
    }

    @Test
    void warnsOfThousandsOfWrongEntriesInAFewWords() throws IOException {
        LogSelection chosen = with("{\"STACKATO_LOG_FILES\":\"" + "a:".repeat(20_000) + "b=1\"}");

        assertThat(chosen.logs()).extracting(NamedLog::name).containsExactly("b");
        assertThat(chosen.warnings()).hasSize(21).last().isEqualTo("WARN -- And 19980 more warnings such as these");
    }

    @Test
    void anEnvironmentThatIsNoneNamesNothing() throws IOException {
        for (String json : List.of("", "[", "[1]", "{\"STACKATO_LOG_FILES\":7}", "[".repeat(60_000), "\u0000")) {
            assertThat(with(json).logs()).as(json).isEmpty();
        }
        Files.delete(environment);
        assertThat(LogSelection.fromEnvironment(root)).isEqualTo(new LogSelection(List.of(), List.of()));
    }

    @Test
    void theEnvironmentIsNotReadOutsideTheRoot() throws IOException {
        Path outside = Files.writeString(folder.resolve("other.json"), "{\"STACKATO_LOG_FILES\":\"a=1\"}");
        Files.createSymbolicLink(environment, outside);

        assertThat(LogSelection.fromEnvironment(root).logs()).isEmpty();
    }
}
