package logyard.core.tail;

import static logyard.core.tail.Logs.append;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import org.junit.jupiter.api.Test;

/** What is read of a file that is followed no longer, and when it is followed again. */
class LeavingTest extends OneLog {
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
}
