package logyard.core.tail;

import static logyard.core.tail.Logs.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is not read: where reading begins in a large file, and the rest after too much. */
class PassingOverTest extends OneLog {
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
}
