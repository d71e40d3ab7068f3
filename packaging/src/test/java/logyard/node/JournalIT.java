package logyard.node;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code logyard-cli journal} of the distribution, on what a killed core has left. */
class JournalIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LINES = 200;

    @TempDir
    private Path folder;

    private TestNode node;

    @BeforeEach
    void start() throws IOException {
        node = TestNode.create(folder, "app");
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        node.close();
    }

    private record Result(int exit, String out, String err) {}

    private Result journal(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("logyard.distribution"), "bin", "logyard-cli")
                        .toString(),
                "journal"));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().put("LOGYARD_CONF", node.conf().toString());
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), out, err);
    }

    @Test
    void looksAtChecksAndRepairsWhatAKilledCoreLeft() throws Exception {
        Path all = folder.resolve("all.log");
        node.start();
        node.drain("reached", "file://" + all + "?format=raw&filter=systail.app", "RUNNING");
        node.drain("unreachable", "tcp://127.0.0.1:1?filter=systail.app", "RETRYING");
        var lines = new NumberedLines(node.log("app"));
        lines.write(LINES);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(all).content().contains("#" + (LINES - 1) + "#"));

        Result running = journal("verify");
        assertThat(running.exit()).isEqualTo(1);
        assertThat(running.err()).contains("is in use: stop logyard on this node first");
        node.kill("logyard");

        Result whole = journal("verify");
        assertThat(whole.exit()).as(whole.out() + whole.err()).isZero();
        JsonNode content = new JsonMapper().readTree(journal("inspect", "-json").out());
        assertThat(content.path("streams").findValuesAsText("client")).contains("systail");
        assertThat(content.path("drains").findValuesAsText("name")).contains("unreachable");
        assertThat(exported()).hasSize(LINES);

        damageTheMiddle();
        Result damaged = journal("verify");
        assertThat(damaged.exit()).isEqualTo(1);
        assertThat(damaged.out()).contains("records are damaged");
        assertThat(journal("repair", "-dry-run").out()).startsWith("Would replace ");
        Result repaired = journal("repair");
        assertThat(repaired.exit()).as(repaired.out() + repaired.err()).isZero();
        assertThat(repaired.out()).contains(" is whole: ");
        assertThat(journal("verify").exit()).isZero();

        node.start("logyard");
        lines.write(1);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(all).content().contains("#" + LINES + "#"));
        assertThat(node.output("logyard")).doesNotContain("Journal damaged");
    }

    private List<String> exported() throws Exception {
        Result export = journal("export", "-prefix", "systail.app");
        assertThat(export.exit()).as(export.err()).isZero();
        return export.out().lines().toList();
    }

    private void damageTheMiddle() throws IOException {
        Path segment;
        try (Stream<Path> files = Files.list(folder.resolve("state/journal"))) {
            segment = files.filter(file -> file.toString().endsWith(".journal"))
                    .findFirst()
                    .orElseThrow();
        }
        try (var file = new RandomAccessFile(segment.toFile(), "rw")) {
            byte[] zeros = new byte[16];
            file.seek(file.length() / 2);
            file.write(zeros);
        }
    }
}
