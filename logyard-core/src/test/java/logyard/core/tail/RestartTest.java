package logyard.core.tail;

import static logyard.core.tail.Logs.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import logyard.core.tail.TailNotice.Kind;
import logyard.core.tail.position.StreamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a second life finds, after a stop in good order and after kill -9. */
class RestartTest extends OneLog {
    enum End {
        CLOSE,
        KILL
    }

    @ParameterizedTest
    @EnumSource
    void whatIsWrittenWhileNobodyRunsIsRead(End end) throws IOException {
        append(log, "old\n");
        tail.follow(log);
        append(log, "a\n");
        tail.pass(Duration.ofSeconds(1));

        end(end);
        append(log, "b\n");
        startAgain();

        assertThat(tail.lines).containsExactly("a", "b");
    }

    @ParameterizedTest
    @EnumSource
    void rightAfterTheFirstSightNothingIsLost(End end) throws IOException {
        append(log, "old\n");
        tail.follow(log);

        end(end);
        append(log, "a\n");
        startAgain();

        assertThat(tail.lines).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatCameWhileNobodyRanIsReadFromItsBeginning(End end) throws IOException {
        tail.follow(log);

        end(end);
        append(log, "a\n");
        startAgain();

        assertThat(tail.lines).containsExactly("a");
    }

    @ParameterizedTest
    @EnumSource
    void aFileDeletedWhileWeRanAndMadeAgainWhileNobodyDidIsReadFromItsBeginning(End end) throws IOException {
        append(log, "old\n");
        tail.follow(log);
        Files.delete(log);
        tail.settle();

        end(end);
        append(log, "a\n");
        startAgain();

        assertThat(tail.lines).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void lostPositionsAreToldOf(boolean deleted) throws IOException {
        append(log, "old\n");
        tail.follow(log);
        append(log, "a\n");
        tail.pass(Duration.ofSeconds(2));
        append(log, "b\n");
        end(End.CLOSE);
        for (String generation : List.of("positions.json", "positions.json.previous")) {
            Path file = dir.resolve("state").resolve(generation);
            if (deleted) {
                Files.deleteIfExists(file);
            } else {
                Files.writeString(file, "");
            }
        }
        append(log, "c\n");

        startAgain();

        assertThat(tail.notices).containsExactly(new TailNotice(Kind.POSITION_LOST, "log", log, TailNotice.UNKNOWN));
    }

    /** The core knows how far it is in a stream: at the beginning of another content it would take lines for repeats. */
    @Test
    void anEmptyFileThatWasFilledKilledOverAndEmptiedIsAnotherStream() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "a\nb\n");
        tail.settle();
        Set<StreamId> before = Set.copyOf(tail.handedOut.keySet());

        end(End.KILL);
        Logs.truncate(log);
        append(log, "c\n");
        tail.handedOut.clear();
        startAgain();

        assertThat(tail.lines).containsExactly("a", "b", "c");
        assertThat(before).hasSize(1);
        assertThat(tail.handedOut.keySet()).doesNotContainAnyElementsOf(before);
    }

    @Test
    void whatWasNotAcknowledgedIsReadAgain() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "a\nb\n");
        tail.pass(Duration.ofSeconds(1));
        tail.acknowledging = false;
        append(log, "c\nd\n");
        tail.pass(Duration.ofSeconds(1));
        assertThat(tail.takeLines()).containsExactly("a", "b", "c", "d");
        var before = List.copyOf(tail.handedOut.entrySet());

        end(End.KILL);
        startAgain();

        assertThat(tail.lines).containsExactly("c", "d");
        assertThat(tail.handedOut.entrySet()).containsExactlyElementsOf(before);
    }

    @Test
    void anAcknowledgementThatWasNotSavedYetIsForgottenByKillOnly() throws IOException {
        append(log, "");
        tail.follow(log);
        tail.pass(Duration.ofSeconds(2));
        append(log, "a\n");
        tail.settle();
        append(log, "b\n");
        tail.settle();

        end(End.CLOSE);
        startAgain();

        assertThat(tail.lines).containsExactly("a", "b");
    }

    @ParameterizedTest
    @EnumSource
    void anIncompleteLineIsContinued(End end) throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "abc");
        tail.pass(Duration.ofMinutes(1));

        end(end);
        append(log, "def\n");
        startAgain();

        assertThat(tail.lines).containsExactly("abcdef");
    }

    @ParameterizedTest
    @EnumSource
    void aLongLineGoesOnAfterItsLastAcknowledgedPiece(End end) throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "0123456789abc");
        tail.pass(Duration.ofSeconds(2));

        end(end);
        append(log, "def\n");
        startAgain();

        assertThat(tail.lines).containsExactly("0123456789", "abcdef");
    }

    @ParameterizedTest
    @EnumSource
    void aFileRotatedWhileNobodyRanIsReadToItsEndFirst(End end) throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "a\n");
        tail.pass(Duration.ofSeconds(1));

        end(end);
        append(log, "b\n");
        Logs.rotate(log);
        append(log, "c\n");
        startAgain();

        assertThat(tail.lines).containsExactly("a", "b", "c");
        assertThat(tail.notices).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void filesThatCameAndWentWhileNobodyRanAreReadInOrder(End end) throws IOException {
        append(Logs.rotated(log, 1), "ancient\n");
        Logs.nextTick(dir);
        append(log, "");
        tail.follow(log);
        append(log, "a\n");
        tail.pass(Duration.ofSeconds(1));

        end(end);
        append(log, "b\n");
        for (String line : List.of("c\n", "d\n", "e\n")) {
            Logs.rotate(log);
            append(log, line);
        }
        startAgain();

        assertThat(tail.lines).containsExactly("a", "b", "c", "d", "e");
        assertThat(tail.notices).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void filesWithADateInTheirNameAreFoundToo(End end) throws IOException {
        append(log, "");
        tail.follow(log);

        end(end);
        append(log, "a\n");
        Logs.nextTick(dir);
        Files.move(log, log.resolveSibling("some.log-20240101"));
        append(log, "b\n");
        Logs.nextTick(dir);
        Files.move(log, log.resolveSibling("some.2024-01-02.log"));
        append(log, "c\n");
        Logs.nextTick(dir);
        Files.move(log, log.resolveSibling("some.log.old"));
        append(log, "d\n");
        startAgain();

        assertThat(tail.lines).containsExactly("a", "b", "c", "d");
    }

    @ParameterizedTest
    @EnumSource
    void aCompressedFileIsNotReadAndItsLossAnnounced(End end) throws IOException {
        append(log, "");
        tail.follow(log);

        end(end);
        append(log, "a\n");
        Logs.nextTick(dir);
        Files.move(log, log.resolveSibling("some.log.1.gz"));
        append(log.resolveSibling("some.log.2.gz"), "not a line\n");
        Files.delete(log.resolveSibling("some.log.1.gz"));
        append(log, "");
        Logs.nextTick(dir);
        append(log, "b\n");
        startAgain();

        assertThat(tail.lines).containsExactly("b");
        assertThat(tail.notices).containsExactly(new TailNotice(Kind.GONE, "log", log, TailNotice.UNKNOWN));
    }

    @ParameterizedTest
    @EnumSource
    void aRotatedFileThatWasReadToItsEndMayGoWithoutNotice(End end) throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "a\n");
        Logs.rotate(log);
        append(log, "b\n");
        tail.pass(Duration.ofSeconds(10));

        end(end);
        Files.delete(Logs.rotated(log, 1));
        append(log, "c\n");
        startAgain();

        assertThat(tail.lines).containsExactly("a", "b", "c");
        assertThat(tail.notices).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void lateWritesToARotatedFileAreReadAfterARestart(End end) throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "a\n");
        Logs.rotate(log);
        append(log, "b\n");
        tail.pass(Duration.ofSeconds(10));

        end(end);
        append(Logs.rotated(log, 1), "late\n");
        startAgain();

        assertThat(tail.lines).containsExactly("a", "b", "late");
    }

    @ParameterizedTest
    @EnumSource
    void aFileTruncatedWhileNobodyRanIsReadFromItsBeginning(End end) throws IOException {
        append(log, "old old old\n");
        tail.follow(log);

        end(end);
        Logs.truncate(log);
        append(log, "a\n");
        startAgain();

        assertThat(tail.lines).containsExactly("a");
        assertThat(tail.notices).containsExactly(new TailNotice(Kind.TRUNCATED, "log", log, TailNotice.UNKNOWN));
    }

    @ParameterizedTest
    @EnumSource
    void aFileTruncatedAndRefilledWhileNobodyRanIsRecognizedByItsBeginning(End end) throws IOException {
        append(log, "old\n");
        tail.follow(log);

        end(end);
        Logs.truncate(log);
        append(log, "new1\nnew2\n");
        startAgain();

        assertThat(tail.lines).containsExactly("new1", "new2");
    }

    @ParameterizedTest
    @EnumSource
    void theCopyOfAFileTruncatedWhileNobodyRanIsReadToItsEnd(End end) throws IOException {
        append(log, "old old old\n");
        tail.follow(log);
        append(log, "a\n");
        tail.pass(Duration.ofSeconds(1));

        end(end);
        append(log, "b\n");
        Logs.copyTruncate(log, Logs.rotated(log, 1));
        append(log, "c\n");
        startAgain();

        assertThat(tail.lines).containsExactly("a", "b", "c");
        assertThat(tail.notices).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void severalCopiesAreReadInOrder(End end) throws IOException {
        append(log, "old old old\n");
        tail.follow(log);

        end(end);
        append(log, "a\n");
        Logs.copyTruncate(log, Logs.rotated(log, 2));
        append(log, "b\n");
        Logs.nextTick(dir);
        Logs.copyTruncate(log, Logs.rotated(log, 1));
        append(log, "c\n");
        startAgain();

        assertThat(tail.lines).containsExactly("a", "b", "c");
    }

    @ParameterizedTest
    @EnumSource
    void severalCopiesWithNumbersAreReadInOrder(End end) throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "line1\n");
        tail.pass(Duration.ofSeconds(1));

        end(end);
        for (int i = 2; i <= 12; i++) {
            Logs.rotateByCopy(log);
            append(log, "line" + i + "\n");
        }
        startAgain();

        assertThat(tail.lines)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 12).mapToObj(i -> "line" + i).toList());
        assertThat(tail.notices).isEmpty();
    }

    /** The acknowledged end of what was read is past the end of the copy, which was made just before. */
    @ParameterizedTest
    @EnumSource
    void aCopyOfLessThanWhatWasReadIsNotReadAgain(End end) throws IOException {
        append(log, "x".repeat(2000) + "\n");
        tail.follow(log);
        Files.copy(log, Logs.rotated(log, 1));
        append(log, "a\n");
        tail.pass(Duration.ofSeconds(2));

        end(end);
        Logs.truncate(log);
        append(log, "b\n");
        startAgain();

        assertThat(tail.lines).containsExactly("a", "b");
    }

    @ParameterizedTest
    @EnumSource
    void aLinkTurnedWhileNobodyRanLeavesNothingBehind(End end) throws IOException {
        Path first = Files.createDirectory(dir.resolve("first")).resolve("x.log");
        Path second = Files.createDirectory(dir.resolve("second")).resolve("x.log");
        append(first, "");
        Files.createSymbolicLink(log, first);
        tail.follow(log);

        end(end);
        append(first, "a\n");
        append(second, "b\n");
        Files.delete(log);
        Files.createSymbolicLink(log, second);
        startAgain();

        assertThat(tail.lines).containsExactly("a", "b");
    }

    @Test
    void whatATruncationTookBeforeItWasAcknowledgedIsCountedAtTheNextStart() throws IOException {
        append(log, "x\n");
        tail.follow(log);
        tail.acknowledging = false;
        append(log, "abc\n");
        tail.settle();
        Logs.truncate(log);
        tail.settle();

        end(End.KILL);
        startAgain();

        assertThat(tail.notices).containsExactly(new TailNotice(Kind.TRUNCATED, "log", log, "abc\n".length()));
    }

    @Test
    void aBacklogBeyondTheOptionsIsSkippedAndAnnounced() throws IOException {
        append(log, "");
        tail.follow("log", log, FollowOptions.last(12, 10));
        end(End.KILL);
        append(log, "0123\n5678\nabcd\nefgh\n");

        tail.start();
        tail.follow("log", log, FollowOptions.last(12, 10));

        assertThat(tail.lines).containsExactly("abcd", "efgh");
        assertThat(tail.notices).containsExactly(new TailNotice(Kind.BACKLOG_SKIPPED, "log", log, 8));
    }

    @Test
    void withoutPositionsANewLifeHasNewStreamIds() throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "a\n");
        tail.settle();
        end(End.KILL);
        for (Path file : Logs.list(dir.resolve("state"))) {
            Files.delete(file);
        }
        Logs.nextTick(dir);

        startAgain();
        append(log, "b\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("a", "b");
        assertThat(tail.handedOut).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void aPathNoLongerFollowedBeginsAnewWhenItIsAgain(End end) throws IOException {
        append(log, "");
        tail.follow(log);
        append(log, "a\n");
        tail.unfollow("log");
        tail.pass(Duration.ofSeconds(2));

        end(end);
        append(log, "meanwhile\n");
        startAgain();
        append(log, "b\n");
        tail.settle();

        assertThat(tail.lines).containsExactly("a", "b");
    }

    private void end(End how) throws IOException {
        if (how == End.CLOSE) {
            tail.close();
        } else {
            tail.kill();
        }
    }

    private void startAgain() throws IOException {
        tail.start();
        tail.follow(log);
    }
}
