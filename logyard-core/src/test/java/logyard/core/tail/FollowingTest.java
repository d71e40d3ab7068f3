package logyard.core.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static logyard.core.tail.Logs.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The table of follower vectors, and other things that happen to log files; rotation, truncation and the rest have tests of their own. */
class FollowingTest extends OneLog {
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
}
