package logyard.apptail.docker;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/** Is told what becomes of one request. On the thread {@code docker}. */
interface Answer {
    /** The first that is told, unless there is trouble before: an HTTP status. */
    void status(int code);

    /** A part of the body; not to be kept. */
    void bytes(ByteBuf part);

    /**
     * The last that is told, once.
     *
     * @param trouble why the body is not complete; empty if it is
     */
    void ended(Optional<String> trouble);
}
