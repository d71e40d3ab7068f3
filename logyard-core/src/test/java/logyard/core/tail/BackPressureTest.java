package logyard.core.tail;

import static logyard.core.tail.Logs.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import logyard.core.tail.TailNotice.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** While the handler has no room nothing is read, and still nothing is lost. */
class BackPressureTest {
    @TempDir
    private Path dir;

    private Path log;
    private SteppedTail tail;

    @BeforeEach
    void start() throws IOException {
        Path logs = Files.createDirectory(dir.resolve("logs"));
        log = logs.resolve("some.log");
        tail = SteppedTail.start(dir.resolve("state"));
        append(log, "");
        tail.follow(log);
    }

    @AfterEach
    void stop() throws IOException {
        tail.close();
    }

    @Test
    void nothingIsReadWithoutRoom() throws IOException {
        tail.room = false;
        append(log, "a\n");
        tail.pass(Duration.ofSeconds(5));
        assertThat(tail.counts().bytes()).isZero();

        tail.room = true;
        tail.settle();

        assertThat(tail.lines).containsExactly("a");
    }

    @Test
    void filesThatAreRotatedAndDeletedMeanwhileAreReadInOrder() throws IOException {
        tail.room = false;
        var written = new ArrayList<String>();
        for (int i = 0; i < 50; i++) {
            append(log, "line" + i + "\n");
            written.add("line" + i);
            tail.settle();
            Logs.nextTick(dir);
            Files.delete(log);
            tail.settle();
        }
        tail.pass(Duration.ofMinutes(10));

        tail.room = true;
        tail.settle();

        assertThat(tail.lines).isEqualTo(written);
        assertThat(tail.notices).isEmpty();
    }

    @Test
    void aCopyOfWhatWasTruncatedMeanwhileIsReadFirst() throws IOException {
        append(log, "first\n");
        tail.settle();
        tail.room = false;
        append(log, "second\n");
        tail.settle();
        Logs.copyTruncate(log, Logs.rotated(log, 1));
        tail.settle();
        Files.delete(Logs.rotated(log, 1));
        append(log, "third\n");
        tail.settle();

        tail.room = true;
        tail.settle();

        assertThat(tail.lines).containsExactly("first", "second", "third");
    }

    @Test
    void pastTheMostKeptFilesTheOldestIsGivenUpAndAnnounced() throws IOException {
        tail.room = false;
        for (int i = 0; i <= FollowOptions.MOST_KEPT; i++) {
            append(log, i + "\n");
            tail.settle();
            Files.delete(log);
            tail.settle();
        }

        tail.room = true;
        tail.settle();

        assertThat(tail.lines).hasSize(FollowOptions.MOST_KEPT).startsWith("1", "2");
        assertThat(tail.notices).containsExactly(new TailNotice(Kind.TOO_MANY_ROTATIONS, "log", log, "0\n".length()));
    }

    @Test
    void noFileWaitsBehindAnotherForRoom() throws IOException {
        var handler = new OneChunkAtATime();
        List<Path> logs = new ArrayList<>();
        try (var own = SteppedTail.start(dir.resolve("other-state"))) {
            for (int i = 0; i < 5; i++) {
                Path file = log.resolveSibling("file" + i + ".log");
                append(file, "");
                logs.add(file);
                own.follow("file" + i, file, FollowOptions.fromEnd(4096));
            }
            for (Path file : logs) {
                append(file, (file.getFileName() + "\n").repeat(100_000));
            }
            own.onFlush = handler;
            for (int i = 0; i < 15; i++) {
                own.room = true;
                own.pass(Duration.ofMillis(250));
            }
        }

        assertThat(handler.turns).hasSizeGreaterThanOrEqualTo(15);
        assertThat(handler.turns.subList(0, 15)).containsExactlyElementsOf(threeTimesInTurn());
    }

    private static List<String> threeTimesInTurn() {
        var turns = new ArrayList<String>();
        for (int i = 0; i < 15; i++) {
            turns.add("file" + i % 5);
        }
        return turns;
    }

    /** Takes one chunk, and then has no room until it is given some. */
    private static final class OneChunkAtATime implements java.util.function.BiConsumer<SteppedTail, TailedStream> {
        final List<String> turns = new ArrayList<>();

        @Override
        public void accept(SteppedTail tail, TailedStream stream) {
            turns.add(stream.name());
            tail.room = false;
        }
    }
}
