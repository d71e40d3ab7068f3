package logyard.core.bus;

import java.nio.ByteBuffer;
import zmq.Msg;
import zmq.msg.MsgAllocator;

/**
 * Gives every frame its memory but those that are too large: they share one array that is never read, so that a client
 * that sends, or merely claims, huge frames costs no more than one of them. Called by JeroMQ's I/O thread.
 */
final class OversizeDiscarding implements MsgAllocator {
    private final int limit;
    private byte[] discarded = {};

    OversizeDiscarding(int limit) {
        this.limit = limit;
    }

    /** Whether a received frame was too large, so that its content is not its own. */
    boolean isDiscarded(Msg frame) {
        return frame.size() > limit;
    }

    @Override
    public Msg allocate(int size) {
        if (size <= limit) {
            return new Msg(size);
        }
        if (discarded.length < size) {
            discarded = new byte[size];
        }
        return new Msg(ByteBuffer.wrap(discarded, 0, size));
    }
}
