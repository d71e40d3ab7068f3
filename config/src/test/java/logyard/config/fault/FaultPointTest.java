package logyard.config.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import logyard.config.ConfigException;
import logyard.config.DurableFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultPointTest {
    @TempDir
    Path folder;

    /** A process that replaces a file three times. */
    static final class Replacing {
        public static void main(String[] args) throws Exception {
            for (String content : List.of("one", "two", "three")) {
                DurableFile.replaceKeepingPrevious(Path.of(args[0]), content.getBytes(UTF_8));
            }
        }

        private Replacing() {}
    }

    private int replace(String fault) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-D" + FaultPoint.PROPERTY + "=" + fault,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Replacing.class.getName(),
                        folder.resolve("cursors.json").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start()
                .waitFor();
    }

    private String content() {
        return DurableFile.load(folder.resolve("cursors.json"), content -> new String(content, UTF_8))
                .content()
                .orElse("");
    }

    @Test
    void theProcessDiesRightAfterTheStep() throws Exception {
        assertThat(replace("previous-kept@cursors.json:2")).isEqualTo(128 + 9);

        assertThat(folder.resolve("cursors.json")).doesNotExist();
        assertThat(content()).isEqualTo("two");
        assertThat(Files.readString(folder.resolve("out"))).contains("logyard.fault=previous-kept@cursors.json:2");
    }

    @Test
    void aStepWithAnotherFileIsNotMeant() throws Exception {
        assertThat(replace("file-renamed@streams.json")).isZero();

        assertThat(content()).isEqualTo("three");
    }

    @ParameterizedTest
    @EnumSource
    void eachStepCanBeNamed(DurableStep step) {
        assertThat(FaultPoint.parse(step.label())).isEqualTo(new FaultPoint(step, "", 1));
        var point = new FaultPoint(step, "a.json", 17);
        assertThat(FaultPoint.parse(point.toString())).isEqualTo(point);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"records", "records-synced:0", "records-synced:", "RECORDS_SYNCED", "records-synced@:1", " "})
    void whatIsNoStepIsRefusedWithTheNamesOfAll(String text) {
        assertThatThrownBy(() -> FaultPoint.parse(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("records-synced, ")
                .hasMessageContaining("got \"" + text + "\"");
    }
}
