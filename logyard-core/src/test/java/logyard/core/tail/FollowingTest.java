package logyard.core.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static logyard.core.tail.Logs.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of follower vectors, the guarantees at a rotation, and other things that happen to log files. */
class FollowingTest {
    @TempDir
    private Path dir;

    private Path log;
    private SteppedTail tail;

    @BeforeEach
    void start() throws IOException {
        Path logs = Files.createDirectory(dir.resolve("logs"));
        log = logs.resolve("some.log");
        tail = SteppedTail.start(dir.resolve("state"));
    }

    @AfterEach
    void stop() throws IOException {
        tail.close();
    }

    @Test
    void whatWasThereBeforeIsNotRead() throws IOException {
        append(log, "a\nb\n");
        tail.follow(log);

        append(log, "c\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("c");
    }

    @Test
    void aFileThatComesLaterIsReadFromItsBeginning() throws IOException {
        tail.follow(log);

        append(log, "x\n");
        append(log, "y\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("x", "y");
    }

    @Test
    void anIncompleteLineWaits() throws IOException {
        append(log, "");
        tail.follow(log);

        append(log, "abc");
        tail.pass(Duration.ofMinutes(1));
        append(log, "def\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("abcdef");
    }

    @Test
    void aLongLineIsCut() throws IOException {
        append(log, "");
        tail.follow(log);

        append(log, "z".repeat(23) + "\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("zzzzzzzzzz", "zzzzzzzzzz", "zzz");
    }

    @Test
    void aLineOfExactlyTheLimitIsOneRecord() throws IOException {
        append(log, "");
        tail.follow(log);

        append(log, "0123456789\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("0123456789");
    }

    @Test
    void emptyLinesAreLines() throws IOException {
        append(log, "");
        tail.follow(log);

        append(log, "\n\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("", "");
    }

    @Test
    void aCrBeforeTheLfIsNotPartOfTheLine() throws IOException {
        append(log, "");
        tail.follow(log);

        append(log, "q\r\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("q");
    }

    @Test
    void aRenamedFileHasASuccessor() throws IOException {
        append(log, "");
        tail.follow(log);

        Logs.rotate(log);
        append(log, "n\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("n");
    }

    @Test
    void whatIsWrittenJustBeforeTheRenameIsRead() throws IOException {
        append(log, "");
        tail.follow(log);

        append(log, "t1\n");
        Logs.rotate(log);
        append(log, "t2\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("t1", "t2");
        assertThat(tail.counts().rotations()).isEqualTo(1);
    }

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
    void aDeletedFileMayComeBack() throws IOException {
        append(log, "old\n");
        tail.follow(log);

        Files.delete(log);
        tail.pass(Duration.ofSeconds(3));
        append(log, "r\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("r");
    }

    @Test
    void nothingIsLostWhileAFileMayNotBeRead() throws IOException {
        append(log, "old\n");
        tail.refuse(log, new AccessDeniedException(log.toString()));
        tail.follow(log);
        append(log, "while\n");
        tail.pass(Duration.ofSeconds(59));
        assertThat(tail.lines).isEmpty();

        tail.allow(log);
        tail.pass(Duration.ofSeconds(2));
        append(log, "after\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("while", "after");
        assertThat(tail.notices).extracting(TailNotice::kind).containsExactly(TailNotice.Kind.UNREADABLE);
    }

    @Test
    void takingAwayPermissionsDoesNotDisturbAnOpenFile() throws IOException {
        append(log, "");
        tail.follow(log);

        tail.refuse(log, new AccessDeniedException(log.toString()));
        append(log, "a\n");
        tail.settle();
        tail.allow(log);
        append(log, "b\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("a", "b");
    }

    @Test
    void bytesAreHandedOutAsTheyAre() throws IOException {
        append(log, "");
        tail.follow(log);

        append(log, new byte[] {'a', (byte) 0xFF, 'b', '\n'});
        tail.settle();

        assertThat(tail.lines).containsExactly(new String(new byte[] {'a', (byte) 0xFF, 'b'}, UTF_8));
    }

    @Test
    void aLineOf5000BytesMakesTwoRecords() throws IOException {
        append(log, "");
        tail.follow("log", log, FollowOptions.fromEnd(4096));

        append(log, "x".repeat(5000) + "\n");
        tail.settle();

        assertThat(tail.lines).extracting(String::length).containsExactly(4096, 904);
    }

    @Test
    void aLinkThatIsTurnedIsARotation() throws IOException {
        Path first = dir.resolve("first.log");
        Path second = dir.resolve("second.log");
        append(first, "");
        append(second, "s1\n");
        Files.createSymbolicLink(log, first);
        tail.follow(log);

        append(first, "f1\n");
        turn(log, second);
        append(second, "s2\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("f1", "s1", "s2");
    }

    @Test
    void aLinkToADirectoryThatIsTurnedIsARotation() throws IOException {
        Path old = Files.createDirectory(dir.resolve("logs.old"));
        Path fresh = Files.createDirectory(dir.resolve("logs.new"));
        append(old.resolve("x.log"), "");
        append(fresh.resolve("x.log"), "n1\n");
        Path link = Files.createSymbolicLink(dir.resolve("current"), old);
        tail.follow(link.resolve("x.log"));

        append(old.resolve("x.log"), "o1\n");
        turn(link, fresh);
        tail.settle();

        assertThat(tail.lines).containsExactly("o1", "n1");
    }

    @Test
    void aDirectoryMayComeLater() throws IOException {
        Path later = dir.resolve("later/deeper");
        tail.follow(later.resolve("x.log"));
        tail.pass(Duration.ofSeconds(10));

        Files.createDirectories(later);
        append(later.resolve("x.log"), "hello\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("hello");
    }

    @Test
    void lateWritesToARenamedFileAreRead() throws IOException {
        append(log, "");
        tail.follow(log);
        Logs.rotate(log);
        append(log, "new1\n");
        tail.settle();

        append(Logs.rotated(log, 1), "late1\n");
        append(log, "new2\n");
        tail.settle();
        tail.pass(Duration.ofMinutes(10));
        append(Logs.rotated(log, 1), "late2\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("new1", "late1", "new2", "late2");
    }

    @Test
    void whatIsWrittenWhileReadingKeepsItsOrderAcrossARotation() throws IOException {
        append(log, "");
        tail.follow(log);
        Logs.rotate(log);
        append(log, "");
        tail.settle();
        tail.onLine = (stream, line, end) -> {
            if (line.equals("old1")) { // until now the newer file has nothing
                Logs.append(Logs.rotated(log, 1), "old2\n");
                Logs.append(log, "new1\n");
            }
        };

        append(Logs.rotated(log, 1), "old1\n");
        tail.pass(Duration.ofSeconds(1));

        assertThat(tail.lines).containsExactly("old1", "old2", "new1");
    }

    @Test
    void anOlderRotatedFileIsClosedOnceItIsQuiet() throws IOException {
        append(log, "");
        tail.follow(log);
        Logs.rotate(log);
        append(log, "");
        tail.settle();
        Logs.rotate(log);
        append(log, "");

        tail.pass(Duration.ofNanos(FollowedPath.GRACE - TimeUnit.SECONDS.toNanos(1)));
        assertThat(tail.closed).isEmpty();
        tail.pass(Duration.ofSeconds(2));

        assertThat(tail.closed).hasSize(1);
    }

    @Test
    void aDeletedFileIsClosedOnceItIsQuiet() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "a\n");
        Files.delete(log);

        tail.pass(Duration.ofSeconds(6));

        assertThat(tail.lines).containsExactly("a");
        assertThat(tail.closed).hasSize(1);
    }

    @Test
    void theIncompleteLastLineOfARotatedFileIsHandedOut() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "whole\nfragment");
        Logs.rotate(log);
        append(log, "new\n");

        tail.settle();
        assertThat(tail.takeLines()).containsExactly("whole", "new");
        tail.pass(Duration.ofSeconds(6));

        assertThat(tail.lines).containsExactly("fragment");
    }

    @Test
    void theIncompleteLastLineOfAFileNoLongerFollowedIsHandedOut() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "whole\nfragment");

        tail.unfollow("log");
        append(log, "later\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("whole", "fragment");
        assertThat(tail.counts().files()).isZero();
        assertThat(tail.closed).hasSize(1);
    }

    @Test
    void ofAFileNoLongerFollowedNothingIsReadThatIsWrittenLater() throws IOException {
        append(log, "");
        tail.follow(log);
        tail.room = false;
        append(log, "before\n");

        tail.unfollow("log");
        append(log, "later\n");
        tail.room = true;
        tail.settle();

        assertThat(tail.lines).containsExactly("before");
        assertThat(tail.closed).hasSize(1);
    }

    @Test
    void rotationsJustBeforeAFileIsNoLongerFollowedAreRead() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "a\n");
        Logs.rotate(log);
        append(log, "b\n");
        Logs.copyTruncate(log, log.resolveSibling("some.log.old"));
        append(log, "c\n");

        tail.unfollow("log");

        assertThat(tail.lines).containsExactly("a", "b", "c");
        assertThat(tail.closed).hasSize(3);
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
    void aFileThatIsEmptiedWhileItIsLeftIsReadInItsCopyAsFarAsItWasToBe() throws IOException {
        append(log, "");
        tail.follow(log);
        tail.room = false;
        append(log, "a\n");
        tail.unfollow("log");
        append(log, "later\n");
        Logs.copyTruncate(log, Logs.rotated(log, 1));
        append(log, "later still\n");

        tail.room = true;
        tail.settle();

        assertThat(tail.lines).containsExactly("a");
        assertThat(tail.closed).hasSize(2);
        assertThat(tail.notices).isEmpty();
    }

    @Test
    void aFileFollowedAgainBeforeItWasLeftIsFollowedAsIfItHadNotBeen() throws IOException {
        append(log, "old\n");
        tail.follow(log);
        tail.acknowledging = false;
        append(log, "a\nb");
        tail.unfollow("log");
        assertThat(tail.lines).containsExactly("a", "b");
        append(log, "c\nd\n");
        Logs.rotate(log);
        append(log, "e\n");
        tail.settle();

        tail.follow(log);
        append(log, "f\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("a", "b", "c", "d", "e", "f");
        assertThat(tail.handedOut.values()).containsExactly((long) "old\na\nbc\nd\n".length(), 4L);
    }

    @Test
    void aFileEmptiedWhileItWasLeftIsFollowedAgainFromItsBeginning() throws IOException {
        append(log, "");
        tail.follow(log);
        tail.acknowledging = false;
        append(log, "a\n");
        tail.unfollow("log");
        append(log, "b\n");
        Logs.copyTruncate(log, Logs.rotated(log, 1));
        tail.settle();

        append(log, "c\n");
        tail.follow(log);

        assertThat(tail.lines).containsExactly("a", "b", "c");
    }

    @Test
    void aFileFollowedAgainAfterItWasLeftIsSeenForTheFirstTime() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "a\n");
        tail.unfollow("log");
        append(log, "meanwhile\n");

        tail.follow(log);
        append(log, "b\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("a", "b");
        assertThat(tail.handedOut).hasSize(2);
    }

    @Test
    void aFileThatCannotBeReadWhenItIsLeftIsAnnounced() throws IOException {
        tail.follow(log);
        tail.refuse(log, new AccessDeniedException(log.toString()));
        append(log, "never read\n");
        tail.settle();

        tail.unfollow("log");

        assertThat(tail.notices)
                .extracting(TailNotice::kind)
                .containsExactly(TailNotice.Kind.UNREADABLE, TailNotice.Kind.ABANDONED);
    }

    @Test
    void severalRotationsBetweenTwoLooksAreAllRead() throws IOException {
        append(log, "");
        tail.follow(log);
        for (int i = 1; i <= 5; i++) {
            append(log, "line" + i + "\n");
            Logs.rotate(log);
        }
        append(log, "line6\n");

        tail.settle();

        assertThat(tail.lines).containsExactly("line1", "line2", "line3", "line4", "line5", "line6");
    }

    @Test
    void olderRotatedFilesAreNotReadAgain() throws IOException {
        append(Logs.rotated(log, 2), "older\n");
        append(Logs.rotated(log, 1), "old\n");
        Logs.nextTick(dir);
        append(log, "");
        tail.follow(log);

        Logs.rotate(log);
        append(log, "new\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("new");
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

    @Test
    void aRenameThereAndBackIsNoNews() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "a\n");
        tail.settle();

        Path away = log.resolveSibling("away");
        Files.move(log, away);
        append(away, "b\n");
        tail.settle();
        Files.move(away, log);
        append(log, "c\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("a", "b", "c");
    }

    @Test
    void aDirectoryAtThePathIsRefusedUntilAFileComes() throws IOException {
        Files.createDirectory(log);
        tail.follow(log);
        tail.pass(Duration.ofSeconds(5));
        assertThat(tail.notices)
                .containsExactly(new TailNotice(TailNotice.Kind.NOT_A_FILE, "log", log, TailNotice.UNKNOWN));

        Files.delete(log);
        append(log, "a\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("a");
    }

    @Test
    void aFifoAtThePathIsRefusedWithoutWaitingForItsWriter() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", log.toString()).start().waitFor())
                .isZero();

        tail.follow(log);

        assertThat(tail.notices).extracting(TailNotice::kind).containsExactly(TailNotice.Kind.NOT_A_FILE);
    }

    @Test
    void aLinkInACircleIsTroubleAndThenNot() throws IOException {
        Files.createSymbolicLink(log, log);
        tail.follow(log);
        assertThat(tail.notices).extracting(TailNotice::kind).containsExactly(TailNotice.Kind.UNREADABLE);

        Files.delete(log);
        tail.settle();
        append(log, "a\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("a");
    }

    @Test
    void theLastBytesAreReadFromTheNextWholeLineOn() throws IOException {
        append(log, "0123\n5678\nabcd\n");

        tail.follow("log", log, FollowOptions.last(7, 10));

        assertThat(tail.lines).containsExactly("abcd");
    }

    @Test
    void theLastBytesMayBeginWithAWholeLine() throws IOException {
        append(log, "0123\n5678\nabcd\n");

        tail.follow("log", log, FollowOptions.last(10, 10));

        assertThat(tail.lines).containsExactly("5678", "abcd");
    }

    @Test
    void aSmallFileIsWithinTheLastBytes() throws IOException {
        append(log, "0123\n");

        tail.follow("log", log, FollowOptions.last(1000, 10));

        assertThat(tail.lines).containsExactly("0123");
    }

    @Test
    void allLinesThatAreCompleteWhenARestIsOverArePassedOverAndCounted() throws IOException {
        append(log, "");
        tail.follow(log);
        tail.onLine = (stream, line, end) -> {
            if (line.equals("b")) {
                stream.skipToEndAfter(Duration.ofSeconds(1));
            }
        };

        append(log, "a\nb\nc\n");
        tail.settle();
        append(log, "d\n");
        tail.settle();
        append(log, "e\nhal");
        tail.pass(Duration.ofSeconds(2));
        append(log, "f\ng\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("a", "b", "half", "g");
        assertThat(tail.passedOver).containsExactly("3 lines, 6 bytes");
    }

    @Test
    void whatIsPassedOverIsCountedHoweverMuchItIs() throws IOException {
        append(log, "");
        tail.follow(log);
        tail.onLine = (stream, line, end) -> {
            if (line.equals("stop")) {
                stream.skipToEndAfter(Duration.ofSeconds(1));
            }
        };

        append(log, "stop\n" + "01234567\n".repeat(100_000) + "left");
        tail.pass(Duration.ofSeconds(2));
        append(log, " over\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("stop", "left over");
        assertThat(tail.passedOver).containsExactly("100000 lines, 900000 bytes");
        assertThat(tail.acknowledged(tail.handedOut.keySet().iterator().next())).isEqualTo(Files.size(log));
    }

    @Test
    void aLineThatIsLongerThanAChunkIsPassedOverAsFarAsItGoes() throws IOException {
        append(log, "");
        tail.follow("log", log, FollowOptions.fromEnd(0));
        tail.onLine = (stream, line, end) -> {
            if (line.equals("stop")) {
                stream.skipToEndAfter(Duration.ofSeconds(1));
            }
        };

        append(log, "stop\n" + "x".repeat(3_000_000));
        tail.pass(Duration.ofSeconds(2));
        append(log, "yz\nnext\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("stop", "yz", "next");
        assertThat(tail.passedOver).containsExactly("0 lines, 3000000 bytes");
    }

    @Test
    void aRestEndsWhenThePathIsLeft() throws IOException {
        append(log, "");
        tail.follow(log);
        tail.onLine = (stream, line, end) -> {
            if (line.equals("stop")) {
                stream.skipToEndAfter(Duration.ofHours(1));
            }
        };
        append(log, "stop\n1\n2\n");
        tail.settle();

        tail.unfollow("log");

        assertThat(tail.lines).containsExactly("stop");
        assertThat(tail.passedOver).containsExactly("2 lines, 4 bytes");
    }

    @Test
    void whatIsEmptiedDuringARestIsReportedAsLost() throws IOException {
        append(log, "");
        tail.follow(log);
        tail.onLine = (stream, line, end) -> {
            if (line.equals("stop")) {
                stream.skipToEndAfter(Duration.ofSeconds(1));
            }
        };
        append(log, "stop\n1\n2\n");
        tail.settle();

        Logs.truncate(log);
        tail.pass(Duration.ofSeconds(2));
        append(log, "new\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("stop", "new");
        assertThat(tail.notices).containsExactly(new TailNotice(TailNotice.Kind.TRUNCATED, "log", log, 4));
    }

    @Test
    void aFileThatIsLargerThanMayBeReadAtFirstIsReported() throws IOException {
        append(log, "0123456\n89\n");

        tail.follow("log", log, FollowOptions.last(5, 10));

        assertThat(tail.lines).containsExactly("89");
        assertThat(tail.notices).containsExactly(new TailNotice(TailNotice.Kind.BEGINNING_SKIPPED, "log", log, 6));
    }

    @Test
    void theLimitCanBeChangedWhileFollowing() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "0123456789abcd\n");
        tail.settle();

        tail.follow("log", log, FollowOptions.fromEnd(3));
        append(log, "01234567\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("0123456789", "abcd", "012", "345", "67");
    }

    @Test
    void aNameCanBeGivenAnotherPath() throws IOException {
        Path other = log.resolveSibling("other.log");
        append(log, "");
        append(other, "");
        tail.follow(log);
        append(log, "a\n");

        tail.follow(other);
        append(log, "not any more\n");
        append(other, "b\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("a", "b");
    }

    @Test
    void twoNamesMayFollowTheSameFile() throws IOException {
        append(log, "");
        tail.follow("one", log, FollowOptions.fromEnd(10));
        tail.follow("two", log, FollowOptions.fromEnd(10));

        append(log, "a\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("a", "a");
        assertThat(tail.handedOut).hasSize(2);
    }

    @Test
    void everyGenerationIsAStreamOfItsOwn() throws IOException {
        append(log, "");
        tail.follow(log);

        append(log, "aaa\n");
        tail.settle();
        Logs.truncate(log);
        tail.settle();
        append(log, "b\n");
        tail.settle();
        Logs.rotate(log);
        append(log, "c\n");
        tail.settle();

        assertThat(tail.handedOut.values()).containsExactly(4L, 2L, 2L);
    }

    private static void turn(Path link, Path target) throws IOException {
        Path next = link.resolveSibling("next-link");
        Files.createSymbolicLink(next, target);
        Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    }
}
