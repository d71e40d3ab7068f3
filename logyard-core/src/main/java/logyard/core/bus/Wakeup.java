package logyard.core.bus;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/** Ends the wait of a thread that waits for its sockets. {@link #wake} may be called from any thread. */
public final class Wakeup implements AutoCloseable {
    private final Pipe pipe;
    private final AtomicBoolean pending = new AtomicBoolean();
    private final ByteBuffer sent = ByteBuffer.allocate(1);
    private final ByteBuffer received = ByteBuffer.allocate(16);

    public Wakeup() {
        try {
            pipe = Pipe.open();
            pipe.source().configureBlocking(false);
            pipe.sink().configureBlocking(false);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot open a pipe: out of descriptors?", e);
        }
    }

    /** What to poll for input. */
    SelectableChannel channel() {
        return pipe.source();
    }

    /** Makes the next poll, or the one going on, return at once. Free while an earlier call was not noticed yet. */
    public void wake() {
        if (pending.compareAndSet(false, true)) {
            synchronized (sent) {
                sent.clear();
                try {
                    pipe.sink().write(sent);
                } catch (IOException e) {
                    // Closed: the thread to be woken is gone.
                }
            }
        }
    }

    /**
     * Takes back the wake-up that made {@link #channel} readable; to be called then, and before looking for the work it
     * announces.
     */
    void reset() {
        received.clear();
        try {
            int unused = pipe.source().read(received);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read from a pipe of our own", e);
        }
        pending.set(false);
    }

    @Override
    public void close() {
        try {
            pipe.sink().close();
            pipe.source().close();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot close a pipe of our own", e);
        }
    }
}
