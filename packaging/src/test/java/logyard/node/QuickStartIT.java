package logyard.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code packaging/quickstart.sh}, the first of the README's two commands, as a newcomer types it in an empty home. */
class QuickStartIT {
    private static final Path SCRIPT = Path.of("quickstart.sh").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path home;

    /** As from a terminal: what starts these tests may have had SIGINT ignored, which a shell cannot undo. */
    private Process start(Path output, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", "sh", SCRIPT.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        builder.environment().put("HOME", home.toString());
        builder.environment().keySet().removeIf(name -> name.startsWith("LOGYARD_"));
        return builder.start();
    }

    private String read(String file) throws IOException {
        return Files.readString(home.resolve(file), UTF_8);
    }

    @Test
    @Timeout(600)
    void showsALineTravelTwiceInARow() throws Exception {
        for (String output : List.of("first", "second")) {
            Process check = start(home.resolve(output), "--check");

            assertThat(check.waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(check.exitValue()).as(read(output)).isZero();
            assertThat(read(output))
                    .containsPattern(
                            "kato log tail sample shows:\n +sample@127\\.0\\.0\\.1: INFO -- Hello from Logyard")
                    .containsPattern("the TCP target got:\n +\\{\"name\":\"sample\",\"text\":\"INFO -- Hello")
                    .containsPattern("quickstart +\t127\\.0\\.0\\.1\tRUNNING");
            assertThat(home.resolve(".logyard"))
                    .as("a check leaves nothing behind")
                    .doesNotExist();
        }
    }

    @Test
    @Timeout(600)
    void tellsWhatToDoNextAndLeavesNothingRunningAtCtrlC() throws Exception {
        Process shown = start(home.resolve("output"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(read("output"))
                        .contains("export LOGYARD_CONF=" + home.resolve(".logyard/logyard.properties"))
                        .contains("Ctrl-C ends it"));
        List<ProcessHandle> children = shown.descendants().toList();
        assertThat(children).isNotEmpty();

        Process another = start(home.resolve("another"));
        assertThat(another.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(another.exitValue()).isEqualTo(1);
        assertThat(read("another")).contains("Logyard runs already in " + home.resolve(".logyard"));

        assertThat(new ProcessBuilder("kill", "-INT", "" + shown.pid()).start().waitFor())
                .isZero();

        assertThat(shown.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(shown.exitValue()).isEqualTo(130);
        await().untilAsserted(() -> assertThat(children).noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void namesWhatItDoesNotKnow() throws Exception {
        Process mistyped = start(home.resolve("output"), "--chek");

        assertThat(mistyped.waitFor()).isEqualTo(2);
        assertThat(read("output")).contains("Unknown argument: --chek").contains("--check");
    }
}
