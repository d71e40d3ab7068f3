package logyard.drains.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import logyard.core.drain.DrainEnvironment;
import logyard.drains.SupervisedDrain;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drain on a file system of 2 MB that is really full. Only root can have one. */
class FileFullDiskIT {
    private static final int LINES = 3000;

    @TempDir
    private Path root;

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    @Test
    void waitsForRoomAndLosesNothing() throws Exception {
        Path small = Files.createDirectory(root.resolve("small"));
        if (!run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", small.toString())) {
            Assumptions.abort("Not root: no real file system was filled");
        }
        try {
            goThroughAFullDisk(small);
        } finally {
            assertThat(run("umount", small.toString())).isTrue();
        }
    }

    private void goThroughAFullDisk(Path small) throws Exception {
        Path other = Files.write(small.resolve("other"), new byte[1_500_000]);
        Path file = small.resolve("all.log");
        try (var drain = new SupervisedDrain(
                root.resolve("journal"),
                new FileDrainType(),
                "file://" + file,
                Clock.systemUTC(),
                new DrainEnvironment(List.of(small), () -> ""))) {
            await().untilAsserted(() -> assertThat(drain.state()).isEqualTo("RUNNING"));
            for (int i = 0; i < LINES; i++) {
                drain.event("systail.dea.1", WrittenFile.line(i));
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(drain.state())
                            .startsWithIgnoringCase("RETRYING: ")
                            .containsIgnoringCase(file + ": no space left on device"));
            String whileFull = Files.readString(file);
            Files.delete(other);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(Files.readAllLines(file)).hasSize(LINES));

            assertThat(whileFull).endsWith(" end\n");
            assertThat(Files.readAllLines(file)).isEqualTo(WrittenFile.lines(0, LINES));
            assertThat(drain.state()).isEqualTo("RUNNING");
        }
    }
}
