package logyard.drains.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With the real logrotate, which must be installed ({@code apt-get install logrotate}). */
class LogrotateIT {
    private static final int LINES = 6_000;
    private static final int ROTATIONS = 8;

    @TempDir
    private Path folder;

    private Path file() throws Exception {
        return Files.createDirectories(folder.resolve("logs")).resolve("all.log");
    }

    private void rotate(String how) throws Exception {
        Path conf = folder.resolve("logrotate.conf");
        Files.writeString(conf, file() + " {\n rotate 100\n missingok\n " + how + "\n}\n");
        Process logrotate = new ProcessBuilder(
                        "logrotate", "-f", "-s", folder.resolve("state").toString(), conf.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(logrotate.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(logrotate.waitFor()).as(said).isZero();
        assertThat(said).isEmpty();
    }

    /** Writes all lines while {@code how} happens to the file again and again. */
    private void writeWhileRotating(WrittenFile written, String how) throws Exception {
        var stopped = new AtomicBoolean();
        CompletableFuture<Void> rotating = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < ROTATIONS && !stopped.get(); i++) {
                try {
                    rotate(how);
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            }
        });
        for (int from = 0; from < LINES || !rotating.isDone(); from += 300) {
            written.write(WrittenFile.lines(from, from + 300).toArray(String[]::new));
            end = from + 300;
        }
        stopped.set(true);
        rotating.join();
    }

    private int end;

    @ParameterizedTest
    @ValueSource(strings = {"create 0600", "nocreate", "create 0600\n compress", "nocreate\n compress"})
    void losesAndSplitsNoLineWhenItsFileIsRenamed(String how) throws Exception {
        try (var written = new WrittenFile(file(), "")) {
            writeWhileRotating(written, how);

            var lines = written.allLines();
            assertThat(new HashSet<>(lines)).isEqualTo(Set.copyOf(WrittenFile.lines(0, end)));
            if (!how.contains("compress")) {
                assertThat(lines).doesNotHaveDuplicates();
            }
        }
        assertThat(folder.resolve("logs/all.log.1"))
                .satisfiesAnyOf(
                        file -> assertThat(file).exists(),
                        file -> assertThat(Path.of(file + ".gz")).exists());
    }

    @Test
    void losesNoLineWhenItsFileIsTruncatedWhileNothingIsWritten() throws Exception {
        try (var written = new WrittenFile(file(), "")) {
            for (int i = 0; i < ROTATIONS; i++) {
                written.writeNumbers(i * 10, i * 10 + 10);
                rotate("copytruncate");
            }

            assertThat(written.allLines()).isEqualTo(WrittenFile.lines(0, ROTATIONS * 10));
        }
    }

    /** What is written between copy and truncation is lost, as the manual of logrotate says; but nothing is broken. */
    @Test
    void leavesNoHolesAndNoBrokenLinesWhenItsFileIsTruncatedUnderIt(TestReporter reporter) throws Exception {
        try (var written = new WrittenFile(file(), "")) {
            writeWhileRotating(written, "copytruncate");

            assertThat(Files.readString(file())).doesNotContain("\0");
            assertThat(WrittenFile.lines(0, end)).containsAll(Files.readAllLines(file()));
            var all = new HashSet<>(WrittenFile.lines(0, end));
            all.removeAll(written.allLines());
            reporter.publishEntry("Lost between copy and truncation", all.size() + " of " + end);
        }
    }
}
