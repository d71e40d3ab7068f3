package logyard.apptail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import logyard.core.daemon.Setting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** apptail as a process of its own, killed again and again while instances log; {@code -Dapptail.kills=50} for more. */
@Timeout(3600)
class KilledApptailIT {
    private static final int KILLS = Integer.getInteger("apptail.kills", 2);
    private static final int INSTANCES = 4;

    @TempDir
    Path folder;

    private final List<Path> logs = new ArrayList<>();
    private final Map<String, Integer> written = new HashMap<>();
    private ApptailNode node;
    private Process process;

    @BeforeEach
    void start() throws Exception {
        node = ApptailNode.start(folder);
        node.stopApptail();
        for (int i = 0; i < INSTANCES; i++) {
            Path root = node.container("k" + i);
            logs.add(root.resolve("home/stackato/logs/out.log"));
            Files.writeString(logs.get(i), "");
            node.dea.start(node.announcement("k" + i, ",\"LogFiles\":{\"out" + i + "\":\"logs/out.log\"}"));
        }
        process = launch();
    }

    @AfterEach
    void stop() throws Exception {
        process.destroyForcibly().waitFor();
        node.close();
    }

    @Test
    void killNineLosesNoLineAndRepeatsNone() throws Exception {
        var random = new Random(5);
        for (int kill = 0; kill < KILLS; kill++) {
            int enough = node.received().size() + 200 + random.nextInt(3000);
            await().atMost(Duration.ofSeconds(90))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .untilAsserted(() -> {
                        writeSome(25);
                        assertThat(node.received()).hasSizeGreaterThan(enough);
                    });
            process.destroyForcibly().waitFor();
            writeSome(10);
            if (kill % 2 == 1) {
                rotate(logs.get(kill % INSTANCES));
            }
            process = launch();
        }
        writeSome(10);

        List<String> expected = new ArrayList<>();
        written.forEach((name, count) -> {
            for (int i = 0; i < count; i++) {
                expected.add("app/" + name + ":" + i);
            }
        });
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(new HashSet<>(node.received()).containsAll(expected)) // fast however many
                                .as(
                                        "all of %s lines have come, there are %s",
                                        expected.size(), node.received().size())
                                .isTrue());
        assertThat(sorted(node.received())).isEqualTo(sorted(expected));
    }

    private static List<String> sorted(List<String> lines) {
        return lines.stream().sorted().toList();
    }

    private void writeSome(int lines) {
        try {
            for (int i = 0; i < INSTANCES; i++) {
                var text = new StringBuilder();
                int first = written.getOrDefault("out" + i, 0);
                for (int line = first; line < first + lines; line++) {
                    text.append(line).append('\n');
                }
                Files.writeString(logs.get(i), text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                written.put("out" + i, first + lines);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void rotate(Path log) throws IOException {
        int number = 1;
        while (Files.exists(log.resolveSibling("out.log." + number))) {
            number++;
        }
        for (; number > 1; number--) {
            Files.move(log.resolveSibling("out.log." + (number - 1)), log.resolveSibling("out.log." + number));
        }
        Files.move(log, log.resolveSibling("out.log.1"));
    }

    private Process launch() throws IOException {
        var command = new ArrayList<String>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ApptailProcess.class.getName(),
                node.nats.uri()));
        for (Setting setting : Setting.values()) {
            command.add(setting.key() + "=" + node.settings.text(setting));
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("apptail.out").toFile()))
                .start();
    }
}
