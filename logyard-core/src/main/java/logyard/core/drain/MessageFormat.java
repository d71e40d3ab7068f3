package logyard.core.drain;

import logyard.core.event.ByteBuilder;
import logyard.core.event.Message;

/** Turns an event into the bytes that a target is sent. One thread at a time. */
public interface MessageFormat {
    /** The value as it came, and a line feed: the format of a drain that names none. */
    MessageFormat JSON = (message, out) -> out.append(message.bytes(), message.valueStart(), message.valueLength())
            .append('\n');

    /** Key, blank, value and a line feed. */
    MessageFormat RAW = (message, out) -> out.append(message.bytes(), message.start(), message.end() - message.start())
            .append('\n');

    /**
     * Appends the event.
     *
     * @throws UnformattableException if this event cannot be put into this format; what was appended is cut off then
     */
    void append(Message message, ByteBuilder out) throws UnformattableException;

    /** An event that cannot be put into a format, such as one that is no JSON object. It alone is dropped. */
    class UnformattableException extends Exception {
        public UnformattableException(String reason) {
            super(reason, null, false, false);
        }
    }

    /** An event that is longer, in this format, than the target takes. It alone is dropped. */
    final class TooLargeException extends UnformattableException {
        TooLargeException(int bytes, int limit) {
            super("it has " + bytes + " bytes, the target takes at most " + limit);
        }
    }
}
