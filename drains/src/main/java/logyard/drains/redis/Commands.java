package logyard.drains.redis;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * Commands as Redis reads them (RESP), one behind the other, and how many answers they will have. Written here and not
 * by Netty's encoder, which makes three buffers of each argument.
 */
final class Commands {
    private final ByteBuf bytes;
    private int replies;
    private int queued;
    private boolean inTransaction;

    Commands(ByteBuf bytes) {
        this.bytes = bytes;
    }

    /** A command with arguments that are text. */
    Commands add(String name, String... arguments) {
        begin(name, arguments.length);
        for (String argument : arguments) {
            text(argument);
        }
        return this;
    }

    /** A command, {@code arguments} of which are to follow. */
    Commands begin(String name, int arguments) {
        number('*', arguments + 1);
        replies++;
        if (inTransaction) {
            queued++;
        }
        return argument(name.getBytes(StandardCharsets.US_ASCII));
    }

    Commands text(String argument) {
        return argument(argument.getBytes(StandardCharsets.UTF_8));
    }

    Commands argument(byte[] from) {
        return argument(from, 0, from.length);
    }

    Commands argument(byte[] from, int start, int length) {
        number('$', length);
        bytes.writeBytes(from, start, length);
        bytes.writeByte('\r').writeByte('\n');
        return this;
    }

    /** What follows, up to {@link #exec}, Redis does as a whole or not at all. */
    Commands multi() {
        add("MULTI");
        inTransaction = true;
        return this;
    }

    Commands exec() {
        inTransaction = false;
        return add("EXEC");
    }

    private void number(char kind, int number) {
        bytes.writeByte(kind);
        bytes.writeCharSequence(Integer.toString(number), StandardCharsets.US_ASCII);
        bytes.writeByte('\r').writeByte('\n');
    }

    /** What to send. */
    ByteBuf bytes() {
        return bytes;
    }

    /** How many answers there will be, the one to EXEC included. */
    int replies() {
        return replies;
    }

    /** How many answers the one to EXEC, which is the last, will hold. */
    int queued() {
        return queued;
    }
}
