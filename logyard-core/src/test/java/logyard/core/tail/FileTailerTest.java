package logyard.core.tail;

import static java.util.concurrent.TimeUnit.SECONDS;
import static logyard.core.tail.Logs.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import logyard.core.tail.file.FileChanges;
import logyard.core.tail.position.Positions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tailer with its thread, real events and a real clock. */
@Timeout(300)
class FileTailerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path dir;

    private final RecordingHandler handler = new RecordingHandler();
    private Path log;
    private FileTailer tailer;

    @BeforeEach
    void start() throws IOException {
        log = Files.createDirectory(dir.resolve("logs")).resolve("some.log");
        tailer = FileTailer.start(dir.resolve("state"), handler);
        handler.acknowledgeTo(tailer);
    }

    @AfterEach
    void stop() {
        tailer.close();
    }

    @Test
    void whatIsWrittenAfterFollowingIsHandedOut() throws Exception {
        append(log, "before\n");
        follow("log", log);

        append(log, "after\n");

        await(() -> assertThat(handler.lines("log")).containsExactly("after"));
    }

    @Test
    void filesComeAndGoWhileItRuns() throws Exception {
        Path other = log.resolveSibling("other.log");
        append(log, "");
        append(other, "");
        follow("log", log);
        follow("other", other);
        assertThat(tailer.counts().files()).isEqualTo(2);

        append(log, "a\n");
        append(other, "b\n");
        await(() -> assertThat(handler.lines("other")).containsExactly("b"));
        tailer.unfollow("other");
        await(() -> assertThat(tailer.counts().files()).isEqualTo(1));
        append(other, "c\n");
        append(log, "d\n");

        await(() -> assertThat(handler.lines("log")).containsExactly("a", "d"));
        assertThat(handler.lines("other")).containsExactly("b");
    }

    @Test
    void readingGoesOnAsSoonAsThereIsRoom() throws Exception {
        append(log, "");
        follow("log", log);
        handler.room = false;
        append(log, "a\n");
        append(log, "b\n");

        handler.room = true;
        tailer.wakeUp();

        await(() -> assertThat(handler.lines("log")).containsExactly("a", "b"));
    }

    @Test
    void rotationsAreFollowedWithoutRoom() throws Exception {
        append(log, "");
        follow("log", log);
        handler.room = false;
        var written = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            append(log, "line" + i + "\n");
            written.add("line" + i);
            Logs.rotate(log);
        }

        handler.room = true;
        tailer.wakeUp();

        await(() -> assertThat(handler.lines("log")).isEqualTo(written));
    }

    @Test
    void goesOnWhereItStopped() throws Exception {
        append(log, "");
        follow("log", log);
        append(log, "a\n");
        await(() -> assertThat(handler.lines("log")).containsExactly("a"));
        tailer.close();
        append(log, "b\n");

        tailer = FileTailer.start(dir.resolve("state"), handler);
        follow("log", log);

        await(() -> assertThat(handler.lines("log")).containsExactly("a", "b"));
    }

    @Test
    void refusesPositionsOfANewerVersion() throws Exception {
        Path state = Files.createDirectory(dir.resolve("newer"));
        Files.writeString(state.resolve("positions.json"), "{\"version\":2}");

        assertThatThrownBy(() -> FileTailer.start(state, handler)).hasMessageContaining("version 2");
    }

    @Test
    void endsThoughItsHandlerHasNoRoom() throws Exception {
        append(log, "");
        follow("log", log);
        handler.room = false;
        append(log, "a\n");

        tailer.close();

        await(() -> assertThat(tailer.isRunning()).isFalse());
    }

    @Test
    void anExceptionOfTheHandlerEndsTheThreadAndIsSeen() throws Exception {
        append(log, "");
        follow("log", log);
        var seen = new CompletableFuture<Throwable>();
        Thread.setDefaultUncaughtExceptionHandler((thread, exception) -> seen.complete(exception));
        handler.beforeLine = stream -> {
            throw new IllegalStateException("a bug");
        };

        append(log, "a\n");

        assertThat(seen.get(60, SECONDS)).hasMessage("a bug");
        Thread.setDefaultUncaughtExceptionHandler(null);
        await(() -> assertThat(tailer.isRunning()).isFalse());
    }

    @Test
    void withoutInotifyItPolls() throws Exception {
        var polling = new RecordingHandler();
        var changes = new FileChanges(
                () -> {
                    throw new IOException("User limit of inotify instances reached or too many open files");
                },
                System::nanoTime);
        append(log, "");

        try (var other = FileTailer.start(Positions.open(dir.resolve("other-state")), polling, changes)) {
            other.follow("log", log, FollowOptions.fromEnd(4096));
            assertThat(other.awaitFollowed(PATIENCE)).isTrue();
            append(log, "a\n");
            Logs.rotate(log);
            append(log, "b\n");

            await(() -> assertThat(polling.lines("log")).containsExactly("a", "b"));
        }
    }

    @Test
    void manyWritesOneByOneAreAllHandedOutInOrder() throws Exception {
        append(log, "");
        follow("log", log);
        var written = new ArrayList<String>();
        for (int i = 0; i < 20_000; i++) {
            append(log, i + "\n");
            written.add(Integer.toString(i));
        }

        await(() -> assertThat(handler.lines("log")).isEqualTo(written));
        assertThat(tailer.counts().records()).isEqualTo(20_000);
        assertThat(tailer.counts().bytes()).isEqualTo(Files.size(log));
    }

    @Test
    void aBusyDirectoryIsLeftToEventsAgain() throws Exception {
        manyWritesOneByOneAreAllHandedOutInOrder();

        for (int i = 0; i < 5; i++) {
            int expected = handler.lines("log").size() + 1;
            append(log, "later\n");
            await(() -> assertThat(handler.lines("log")).hasSize(expected));
        }
    }

    @Test
    void aHugeBacklogOfOneFileDoesNotKeepTheOthersWaiting() throws Exception {
        append(log, "");
        follow("huge", log);
        List<String> names = IntStream.range(0, 60).mapToObj(i -> "small" + i).toList();
        for (String name : names) {
            append(log.resolveSibling(name), "");
            follow(name, log.resolveSibling(name));
        }
        handler.room = false;
        append(log, "x".repeat(1000).concat("\n").repeat(20_000));
        for (String name : names) {
            append(log.resolveSibling(name), "line\n");
        }
        TimeUnit.SECONDS.sleep(1); // the tailer knows then which files have news: it looks in between

        handler.room = true;
        tailer.wakeUp();

        await(() -> assertThat(handler.lines("huge")).hasSize(20_000));
        await(() -> assertThat(names)
                .allSatisfy(name -> assertThat(handler.lines(name)).containsExactly("line")));
        List<String> huge = handler.order.stream().filter("huge"::equals).toList();
        assertThat(handler.order.indexOf("small59")).isLessThan(handler.order.lastIndexOf("huge"));
        assertThat(huge).hasSizeGreaterThan(20_000_000 / StreamReader.CHUNK);
    }

    @Test
    void sixtyFilesWrittenAndRotatedAtOnceLoseNothing() throws Exception {
        List<String> names = IntStream.range(0, 60).mapToObj(i -> "file" + i).toList();
        for (String name : names) {
            append(log.resolveSibling(name), "");
            follow(name, log.resolveSibling(name));
        }
        var go = new CountDownLatch(1);
        List<Thread> writers = IntStream.range(0, 4)
                .mapToObj(part -> new Thread(() -> writeAndRotate(names, part, go), "writer-" + part))
                .toList();
        writers.forEach(Thread::start);
        go.countDown();
        for (Thread writer : writers) {
            writer.join();
        }

        List<String> written =
                IntStream.range(0, 100).mapToObj(Integer::toString).toList();
        await(() -> assertThat(names)
                .allSatisfy(name -> assertThat(handler.lines(name)).as(name).isEqualTo(written)));
        assertThat(handler.notices).isEmpty();
        assertThat(tailer.counts().rotations()).isGreaterThan(0);
    }

    private void writeAndRotate(List<String> names, int part, CountDownLatch go) {
        try {
            go.await();
            for (int line = 0; line < 100; line++) {
                for (int i = part; i < names.size(); i += 4) {
                    Path file = log.resolveSibling(names.get(i));
                    append(file, line + "\n");
                    if (line % 25 == 24) {
                        Files.move(file, Logs.rotated(file, line));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(String name, Path path) throws InterruptedException {
        tailer.follow(name, path, FollowOptions.fromEnd(4096));
        assertThat(tailer.awaitFollowed(PATIENCE)).isTrue();
    }

    private static void await(ThrowingRunnable assertion) {
        patiently().untilAsserted(assertion);
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(60, SECONDS).pollInterval(Duration.ofMillis(10));
    }
}
