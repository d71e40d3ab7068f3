package logyard.core.tail;

import static logyard.core.tail.Logs.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tailer says of each file, and of itself when it hangs. */
class FileFiguresTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path dir;

    private final RecordingHandler handler = new RecordingHandler();
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private FileTailer tailer;

    @BeforeEach
    void start() throws Exception {
        tailer = FileTailer.start(dir.resolve("state"), handler);
        for (String name : List.of("one", "two")) {
            append(log(name), "");
            tailer.follow(name, log(name), FollowOptions.fromEnd(0));
        }
        assertThat(tailer.awaitFollowed(PATIENCE)).isTrue();
    }

    @AfterEach
    void stop() {
        mayGoOn.countDown();
        tailer.close();
    }

    private Path log(String name) {
        return dir.resolve(name + ".log");
    }

    private List<FileFigures> figures() throws InterruptedException {
        return tailer.figures(PATIENCE).orElseThrow().stream()
                .sorted(Comparator.comparing(FileFigures::name))
                .toList();
    }

    private void awaitFigures(FileFigures... expected) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(figures()).containsExactly(expected));
    }

    @Test
    void tellsWhatWasReadAndWhatWasNot() throws IOException {
        append(log("one"), "a\nbc\nincom");
        awaitFigures(new FileFigures("one", 5, 2, 0, 0), new FileFigures("two", 0, 0, 0, 0));

        handler.room = false;
        append(log("one"), "plete\n");
        append(log("two"), "x\n");
        awaitFigures(new FileFigures("one", 11, 2, 0, 0), new FileFigures("two", 2, 0, 0, 0));

        handler.room = true;
        tailer.wakeUp();
        awaitFigures(new FileFigures("one", 0, 3, 0, 0), new FileFigures("two", 0, 1, 0, 0));
    }

    @Test
    void tellsWhatWasLostOfWhichFile() throws Exception {
        append(log("one"), "seen\n");
        awaitFigures(new FileFigures("one", 0, 1, 0, 0), new FileFigures("two", 0, 0, 0, 0));
        handler.room = false;
        append(log("one"), "lost\n");
        awaitFigures(new FileFigures("one", 5, 1, 0, 0), new FileFigures("two", 0, 0, 0, 0));

        Files.write(log("one"), new byte[0]);
        handler.room = true;
        tailer.wakeUp();

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(figures().get(0).losses()).isEqualTo(1);
            assertThat(tailer.counts().losses()).isEqualTo(1);
        });
        assertThat(figures().get(1)).isEqualTo(new FileFigures("two", 0, 0, 0, 0));
    }

    @Test
    void forgetsAFileThatIsNotFollowedAnyMore() {
        tailer.unfollow("one");

        awaitFigures(new FileFigures("two", 0, 0, 0, 0));
    }

    @Test
    void isSeenToHangInItsHandlerAndToGoOn() throws Exception {
        handler.beforeLine = stream -> awaitLeave();
        append(log("one"), "a\n");

        await().atMost(PATIENCE).until(() -> tailer.sinceLastRound().compareTo(Duration.ofSeconds(4)) > 0);
        assertThat(tailer.figures(Duration.ofMillis(1))).isEmpty();
        assertThat(tailer.figures(Duration.ofMillis(1))).isEmpty();

        mayGoOn.countDown();
        await().atMost(PATIENCE).until(() -> tailer.sinceLastRound().compareTo(Duration.ofSeconds(4)) < 0);
        awaitFigures(new FileFigures("one", 0, 1, 0, 0), new FileFigures("two", 0, 0, 0, 0));
    }

    private void awaitLeave() {
        try {
            mayGoOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
