package logyard.apptail.docker;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Takes the answer to {@code /containers/<id>/logs} apart. Where the container has no terminal it consists of frames:
 * {@code stream u8 · 000000 · length u32} and as many bytes; else it is what was written. Nothing is kept, however long a
 * frame says it is. One thread.
 */
final class LogFrames {
    static final int STDOUT = 1;
    static final int STDERR = 2;
    private static final int HEADER_BYTES = 8;

    /** Takes what was written to a stream. */
    interface Output {
        /** A message of the daemon's begins here. */
        void frame(int stream);

        /** More of it; {@code part} is read to its end. */
        void bytes(int stream, ByteBuf part) throws IOException;
    }

    private final boolean terminal;
    private final Output output;
    private final byte[] header = new byte[HEADER_BYTES];
    private int headerLength;
    private long left;

    LogFrames(boolean terminal, Output output) {
        this.terminal = terminal;
        this.output = output;
    }

    /**
     * Takes a part of the answer.
     *
     * @throws IOException if it is none; nothing more can be read then
     */
    void take(ByteBuf bytes) throws IOException {
        if (terminal) {
            output.bytes(STDOUT, bytes);
            return;
        }
        while (bytes.isReadable()) {
            if (left == 0) {
                header(bytes);
            } else {
                ByteBuf part = bytes.readSlice((int) Math.min(left, bytes.readableBytes()));
                left -= part.readableBytes();
                output.bytes(header[0], part);
            }
        }
    }

    private void header(ByteBuf bytes) throws IOException {
        int length = Math.min(HEADER_BYTES - headerLength, bytes.readableBytes());
        bytes.readBytes(header, headerLength, length);
        headerLength += length;
        if (headerLength < HEADER_BYTES) {
            return;
        }
        headerLength = 0;
        if (header[0] < 0 || header[0] > 3 || header[1] != 0 || header[2] != 0 || header[3] != 0) {
            throw new IOException("a frame of a log with an unknown beginning");
        }
        left = Integer.toUnsignedLong(ByteBuffer.wrap(header).getInt(HEADER_BYTES - Integer.BYTES));
        output.frame(header[0]);
    }
}
