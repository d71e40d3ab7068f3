package logyard.core.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static logyard.core.tail.Logs.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How files that are emptied are read, with a copy made before or without one. */
class TruncationTest extends OneLog {
    @Test
    void aTruncatedFileIsReadFromItsBeginning() throws IOException {
        append(log, "old old old\n");
        tail.follow(log);

        Logs.truncate(log);
        append(log, "n\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("n");
        assertThat(tail.counts().truncations()).isEqualTo(1);
        assertThat(tail.notices).isEmpty();
    }

    @Test
    void aCopyOfALogThatIsDeletedThenIsNotReadAgain() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "a\nb\n");
        tail.settle();
        append(log, "c\n");
        Logs.rotateByCopy(log);
        Files.delete(log);

        tail.pass(Duration.ofSeconds(10));

        assertThat(tail.lines).containsExactly("a", "b", "c");
        assertThat(tail.notices).isEmpty();
    }

    @Test
    void aCopyMadeBeforeATruncationIsReadToItsEnd() throws IOException {
        append(log, "a line that was there before\n");
        tail.follow(log);

        append(log, "unread1\nunread2\n");
        Logs.copyTruncate(log, Logs.rotated(log, 1));
        append(log, "new\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("unread1", "unread2", "new");
        assertThat(tail.notices).isEmpty();
    }

    @Test
    void severalTruncationsBetweenTwoLooksAreAllReadInTheirCopies() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "line1\n");
        tail.settle();
        for (int i = 2; i <= 12; i++) {
            Logs.rotateByCopy(log);
            append(log, "line" + i + "\n");
        }

        tail.settle();

        assertThat(tail.lines).containsExactlyElementsOf(lines(1, 12));
        assertThat(tail.notices).isEmpty();
    }

    @Test
    void truncationsWhileLinesAreHandedOutAreNoticed() throws IOException {
        append(log, "");
        tail.follow(log);
        tail.onLine = (stream, line, end) -> {
            if (line.equals("line1")) {
                rotateByCopyThrice();
            }
        };

        append(log, "line0\n");
        tail.settle();
        append(log, "line1\n");
        tail.settle();
        tail.settle();

        assertThat(tail.lines).containsExactlyElementsOf(lines(0, 5));
    }

    private void rotateByCopyThrice() {
        try {
            for (int i = 2; i <= 4; i++) {
                Logs.rotateByCopy(log);
                append(log, "line" + i + "\n");
            }
            append(log, "line5\n"); // as large as it was before
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void severalTruncationsOfAFileThatIsEmptyAtBothLooksAreAllReadInTheirCopies() throws IOException {
        append(log, "");
        tail.follow(log);
        for (int i = 1; i <= 3; i++) {
            append(log, "line" + i + "\n");
            Logs.rotateByCopy(log);
        }

        tail.settle();

        assertThat(tail.lines).containsExactlyElementsOf(lines(1, 3));
    }

    @Test
    void truncationsWithoutRoomToReadAreAllReadInTheirCopies() throws IOException {
        append(log, "");
        tail.follow(log);
        tail.room = false;
        for (int i = 1; i <= 6; i++) {
            append(log, "line" + i + "\n");
            Logs.rotateByCopy(log);
            if (i % 2 == 0) {
                tail.settle();
            }
        }

        tail.room = true;
        tail.settle();

        assertThat(tail.lines).containsExactlyElementsOf(lines(1, 6));
    }

    /** Nobody can tell how much the log that is gone had; the ones after it are read. */
    @Test
    void truncationsOfWhichTheOldestCopyIsGoneAreAnnounced() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "line1\n");
        tail.settle();
        append(log, "lost\n");
        for (int i = 2; i <= 4; i++) {
            Logs.rotateByCopy(log);
            append(log, "line" + i + "\n");
        }
        Files.delete(Logs.rotated(log, 3));

        tail.settle();

        assertThat(tail.lines).containsExactlyElementsOf(lines(1, 4));
        assertThat(tail.notices)
                .containsExactly(new TailNotice(TailNotice.Kind.TRUNCATED, "log", log, TailNotice.UNKNOWN));
    }

    @Test
    void truncationsOfWhichTheCopiesAreCompressedAreAnnounced() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "line1\n");
        tail.settle();
        Logs.nextTick(dir);
        for (int i = 1; i <= 2; i++) {
            append(log.resolveSibling("some.log." + i + ".gz"), "not a line\n");
            Logs.truncate(log);
            append(log, "new" + i + "\n");
        }

        tail.settle();

        assertThat(tail.lines).containsExactly("line1", "new2");
        assertThat(tail.notices)
                .containsExactly(new TailNotice(TailNotice.Kind.TRUNCATED, "log", log, TailNotice.UNKNOWN));
    }

    /** A copy has not what was written until the truncation; if that was read already, the copy has nothing new. */
    @Test
    void aCopyOfLessThanWhatWasReadIsNotReadAgain() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "a\n");
        Files.copy(log, Logs.rotated(log, 1));
        append(log, "b\n");
        tail.settle();
        Logs.truncate(log);
        append(log, "c\n");

        tail.settle();
        tail.pass(Duration.ofSeconds(6));
        Logs.truncate(log);
        append(log, "d\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("a", "b", "c", "d");
        assertThat(tail.notices).isEmpty();
    }

    /** While a copy is made it is empty, or has a part of the log: nothing tells it from a log that was rotated away. */
    @ParameterizedTest
    @ValueSource(strings = {"", "b", "b\n"})
    void aCopyThatIsNotCompleteIsNotRead(String copied) throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "a\n");
        tail.settle();
        Logs.rotateByCopy(log);
        append(log, "b\nc\n");
        append(log.resolveSibling("some.log-2"), copied);

        tail.settle();
        append(log.resolveSibling("some.log-2"), "b\nc\n".substring(copied.length()));
        Logs.truncate(log);
        append(log, "d\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("a", "b", "c", "d");
    }

    private static List<String> lines(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(i -> "line" + i).toList();
    }

    @Test
    void aTruncationWithoutACopyIsAnnounced() throws IOException {
        append(log, "a line that was there before\n");
        tail.follow(log);
        tail.room = false;
        append(log, "unread\n");
        tail.settle();

        Logs.truncate(log);
        tail.settle();
        tail.room = true;
        append(log, "new\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("new");
        assertThat(tail.notices)
                .containsExactly(new TailNotice(TailNotice.Kind.TRUNCATED, "log", log, "unread\n".length()));
        assertThat(tail.counts().lostBytes()).isEqualTo("unread\n".length());
    }

    @Test
    void aFileRefilledBeyondTheOldPositionIsRecognizedByItsBeginning() throws IOException {
        append(log, "first\n");
        tail.follow(log);
        tail.settle();

        Logs.nextTick(dir);
        Logs.truncate(log);
        append(log, "second, and longer than before\n");
        tail.settle();

        assertThat(String.join("", tail.lines)).isEqualTo("second, and longer than before");
    }

    @Test
    void aFileRewrittenInPlaceIsReadAgain() throws IOException {
        append(log, "status: up\n");
        tail.follow("log", log, FollowOptions.fromEnd(100));
        tail.settle();

        Logs.nextTick(dir);
        Files.writeString(log, "status: ok\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("status: ok");
    }

    @Test
    void theHoleOfAWriterThatDidNotNoticeTheTruncationIsSkipped() throws IOException {
        append(log, "x".repeat(9) + "\n");
        tail.follow(log);
        try (var writer = new java.io.RandomAccessFile(log.toFile(), "rw")) {
            writer.seek(10);
            writer.write("y".repeat(9).getBytes(UTF_8));
            writer.setLength(0);
            writer.seek(1_000_000);
            writer.write("after\n".getBytes(UTF_8));
        }

        tail.settle();

        assertThat(tail.lines).containsExactly("after");
    }
}
