package logyard.core.tail;

import static logyard.core.tail.Logs.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How files that are renamed are read, and their successors. */
class RotationTest extends OneLog {
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
