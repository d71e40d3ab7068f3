package logyard.core.tail;

import static java.util.concurrent.TimeUnit.SECONDS;
import static logyard.core.tail.Logs.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process of its own, killed again and again while lines are written and the log is rotated. */
@Timeout(600)
class KillIT {
    private static final int KILLS = 6;

    @TempDir
    private Path dir;

    private Path log;
    private Path output;
    private Process process;

    @AfterEach
    void stop() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Test
    void killNineLosesNothingAndRepeatsOnlyWhatWasNotSaved() throws Exception {
        var random = new Random(7);
        var written = new ArrayList<String>();
        log = Files.createDirectory(dir.resolve("logs")).resolve("some.log");
        output = dir.resolve("output");
        process = start();
        awaitPositions();

        for (int i = 0; i < KILLS; i++) {
            int before = Files.exists(output) ? delivered().size() : 0;
            writeUntil(() -> Files.exists(output) && delivered().size() > before + random.nextInt(2000), written);
            process.destroyForcibly().waitFor();
            write(written, 20);
            Logs.rotate(log);
            process = start();
        }

        write(written, 100);
        await().atMost(60, SECONDS)
                .untilAsserted(
                        () -> assertThat(missing(written)).as(this::state).isEmpty());
        assertThat(List.copyOf(new LinkedHashSet<>(delivered()))).isEqualTo(written);
    }

    /** What is on disk, to tell what was lost and where it was. */
    private String state() {
        try (Stream<Path> files = Files.list(log.getParent())) {
            var text = new StringBuilder("positions: " + Files.readString(dir.resolve("state/positions.json")));
            for (Path file : files.sorted().toList()) {
                List<String> lines = Files.readAllLines(file);
                text.append('\n')
                        .append(file.getFileName())
                        .append(' ')
                        .append(Files.readAttributes(file, "unix:ino,creationTime,lastModifiedTime,size"))
                        .append(lines.isEmpty() ? "" : " from " + lines.get(0) + " to " + lines.get(lines.size() - 1));
            }
            List<String> delivered = delivered();
            return text.append("\ndelivered ")
                    .append(delivered.size())
                    .append(", first ")
                    .append(delivered.get(0))
                    .append('\n')
                    .toString();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** From then on nothing is missed: the path is known to be absent. */
    private void awaitPositions() {
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(dir.resolve("state/positions.json"))
                        .content()
                        .contains("some.log"));
    }

    private interface Condition {
        boolean isMet() throws IOException;
    }

    private void writeUntil(Condition enough, List<String> written) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!enough.isMet()) {
            assertThat(System.nanoTime()).as("lines are delivered in time").isLessThan(end);
            write(written, 50);
            if (written.size() % 1000 == 0) {
                Logs.rotate(log);
            }
        }
    }

    private void write(List<String> written, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            String line = "line " + written.size();
            append(log, line + "\n");
            written.add(line);
        }
    }

    private List<String> missing(List<String> written) throws IOException {
        var delivered = new HashSet<>(delivered());
        return written.stream().filter(line -> !delivered.contains(line)).toList();
    }

    private List<String> delivered() throws IOException {
        return Files.readAllLines(output);
    }

    private Process start() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        TailToFile.class.getName(),
                        dir.resolve("state").toString(),
                        log.toString(),
                        output.toString())
                .inheritIO()
                .start();
    }
}
