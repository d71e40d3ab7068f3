package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;
import zmq.ZError;

class BusTest {
    /** JeroMQ's poller says so when a socket is closed between being handed to it and being registered. */
    @Test
    void nobodyNeedsToHearOfASocketThatIsGone() {
        assertThat(Bus.isOfAClosedSocket(new ClosedChannelException())).isTrue();
        assertThat(Bus.isOfAClosedSocket(new ZError.IOException(new ClosedChannelException())))
                .isTrue();
    }

    @Test
    void everythingElseIsTold() {
        assertThat(Bus.isOfAClosedSocket(new IndexOutOfBoundsException("a command that is cut short")))
                .isFalse();
        assertThat(Bus.isOfAClosedSocket(new IOException("Too many open files")))
                .isFalse();
    }
}
