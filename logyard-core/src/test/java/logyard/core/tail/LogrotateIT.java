package logyard.core.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static logyard.core.tail.Logs.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real logrotate, with the settings that Debian's packages use. */
@Timeout(600)
class LogrotateIT {
    private static final Path LOGROTATE = Path.of("/usr/sbin/logrotate");
    private static final int ROTATIONS = 5;

    @TempDir
    private Path dir;

    private final RecordingHandler handler = new RecordingHandler();
    private final List<String> written = new ArrayList<>();
    private Path log;
    private FileTailer tailer;
    private int rotations;

    @BeforeEach
    void start() throws Exception {
        assertThat(LOGROTATE)
                .as("logrotate is missing; install it with: apt-get install logrotate")
                .exists();
        log = Files.createDirectory(dir.resolve("logs")).resolve("app.log");
        append(log, "");
        tailer = FileTailer.start(dir.resolve("state"), handler);
        handler.acknowledgeTo(tailer);
        tailer.follow("app", log, FollowOptions.fromEnd(4096));
        assertThat(tailer.awaitFollowed(Duration.ofSeconds(60))).isTrue();
    }

    @AfterEach
    void stop() {
        tailer.close();
    }

    @Test
    void createLosesNothing() throws Exception {
        rotateWhileWriting("create");
    }

    @Test
    void delaycompressLosesNothing() throws Exception {
        rotateWhileWriting("create", "compress", "delaycompress");
    }

    @Test
    void compressLosesNothing() throws Exception {
        rotateWhileWriting("create", "compress");
    }

    @Test
    void dateextLosesNothing() throws Exception {
        rotateWhileWriting("create", "dateext", "dateformat -%Y%m%d-NUMBER");
    }

    @Test
    void nocreateLosesNothing() throws Exception {
        rotateWhileWriting("nocreate");
    }

    /** What is written between the copy and the truncation is lost to everybody; so the writer pauses meanwhile. */
    @Test
    void copytruncateLosesNothing() throws Exception {
        for (int i = 1; i <= ROTATIONS; i++) {
            write(log, 100);
            expectAll(); // else the file may be empty at both looks, and what was in between is found in the copy
            logrotate("copytruncate");
            int truncations = i; // waited for: two between two looks would count as one
            await().untilAsserted(
                            () -> assertThat(tailer.counts().truncations()).isEqualTo(truncations));
        }
        write(log, 100);

        expectAll();
        assertThat(handler.notices).isEmpty();
        assertThat(tailer.counts().truncations()).isEqualTo(ROTATIONS);
    }

    /** As if all this had happened between two looks of a tailer on a busy machine. */
    @Test
    void copytruncateLosesNothingWhileTheTailThreadStands() throws Exception {
        var go = new CountDownLatch(1);
        var stands = new CountDownLatch(1);
        handler.beforeLine = stream -> {
            stands.countDown();
            awaitUninterruptibly(go);
        };
        write(log, 1);
        assertThat(stands.await(60, SECONDS)).isTrue();
        for (int i = 0; i < ROTATIONS; i++) {
            write(log, 100);
            logrotate("copytruncate");
        }
        write(log, 100);

        go.countDown();

        expectAll();
        assertThat(handler.notices).isEmpty();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "copytruncate"})
    void nothingIsLostWhileTheTailerIsDown(String setting) throws Exception {
        write(log, 10);
        expectAll();
        tailer.close();

        for (int i = 0; i < 3; i++) {
            write(log, 10);
            logrotate(setting);
        }
        write(log, 10);
        tailer = FileTailer.start(dir.resolve("state"), handler);
        tailer.follow("app", log, FollowOptions.fromEnd(4096));

        expectAll();
    }

    /** A daemon that goes on writing into the renamed file until it is told to open its log again. */
    private void rotateWhileWriting(String... settings) throws Exception {
        for (int i = 0; i < ROTATIONS; i++) {
            try (OutputStream daemon =
                    Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                write(daemon, 50);
                logrotate(settings);
                write(daemon, 50);
            }
            expectAll(); // so that compression, which comes a rotation later, finds nothing unread
        }

        assertThat(handler.notices).isEmpty();
        assertThat(tailer.counts().rotations()).isPositive();
    }

    private void expectAll() {
        await().atMost(60, SECONDS)
                .untilAsserted(() -> assertThat(handler.lines("app")).isEqualTo(written));
    }

    private void write(Path file, int lines) throws IOException {
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            write(out, lines);
        }
    }

    private void write(OutputStream out, int lines) throws IOException {
        for (int i = 0; i < lines; i++) {
            String line = "line " + written.size();
            out.write((line + "\n").getBytes(UTF_8));
            written.add(line);
        }
    }

    private void logrotate(String... settings) throws IOException, InterruptedException {
        rotations++;
        String all = String.join("\n  ", settings).replace("NUMBER", Integer.toString(rotations));
        Path config = dir.resolve("logrotate.conf");
        Files.writeString(config, log + " {\n  rotate 20\n  " + all + "\n}\n");
        Process process = new ProcessBuilder(
                        LOGROTATE.toString(),
                        "--force",
                        "--state",
                        dir.resolve("status").toString(),
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("logrotate.out").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(dir.resolve("logrotate.out")))
                .isZero();
    }
}
