package logyard.core.bus;

import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import zmq.Msg;
import zmq.msg.MsgAllocator;

/**
 * Gives received frames their memory, up to a bound: a frame that is too large, or arrives while too much waits to be
 * taken, gets a buffer that is shared and never read. So a client that sends huge frames, merely claims to, or is faster
 * than the journal costs no more than the bound, and its connection goes on.
 *
 * <p>{@link #allocate} is called by JeroMQ's I/O thread, the rest by the thread that takes the frames.
 */
final class FrameMemory implements MsgAllocator {
    /** What a frame costs beside its bytes, roughly. */
    private static final int OVERHEAD = 128;

    private final int largestFrame;
    private final long bound;
    private WeakReference<ByteBuffer> shared = new WeakReference<>(ByteBuffer.allocate(0));
    private volatile long given;
    private volatile long taken;

    FrameMemory(int largestFrame, long bound) {
        this.largestFrame = largestFrame;
        this.bound = bound;
    }

    /** A frame whose content was thrown away. */
    private static final class Discarded extends Msg {
        Discarded(ByteBuffer shared, int size) {
            super(shared.duplicate().limit(size));
        }
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes it
    public Msg allocate(int size) {
        if (size > largestFrame || given - taken + size > bound) {
            return discarded(size);
        }
        given += size + OVERHEAD;
        return new Msg(size);
    }

    private Discarded discarded(int size) {
        ByteBuffer buffer = shared.get();
        if (buffer == null || buffer.capacity() < size) {
            buffer = ByteBuffer.allocateDirect(size); // for an array, Java would copy from a second one of this size
            shared = new WeakReference<>(buffer);
        }
        return new Discarded(buffer, size);
    }

    /** Whether the content of a frame is gone. */
    boolean isDiscarded(Msg frame) {
        return frame instanceof Discarded;
    }

    /** A frame was received: its memory is that of whoever has it now. */
    void take(Msg frame) {
        if (!isDiscarded(frame)) {
            taken = Math.min(taken + frame.size() + OVERHEAD, given);
        }
    }

    /** No frame waits: what was given and is still missing belongs to connections that broke off, or are in the middle. */
    void nothingWaits() {
        taken = given;
    }

    /** How many bytes are given to frames that were not taken yet. */
    long waitingBytes() {
        return given - taken;
    }
}
