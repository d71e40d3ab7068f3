package logyard.core.drain;

import logyard.core.event.ByteBuilder;
import logyard.core.event.Message;

/** Turns an event into the bytes that a target is sent. One thread at a time. */
public interface MessageFormat {
    /** The value as it came, and a line feed: the format of a drain that names none. */
    MessageFormat JSON =
            (message, sequence, out) -> out.append(message.bytes(), message.valueStart(), message.valueLength())
                    .append('\n');

    /** Key, blank, value and a line feed. */
    MessageFormat RAW =
            (message, sequence, out) -> out.append(message.bytes(), message.start(), message.end() - message.start())
                    .append('\n');

    /**
     * Appends the event, and a line feed.
     *
     * @param sequence which of the events that the drain wanted so far this is; the same when it is sent again
     * @throws UnformattableException if this event cannot be put into this format; what was appended is cut off then
     */
    void append(Message message, long sequence, ByteBuilder out) throws UnformattableException;

    /** The same for a target that is told how long an event is: line feeds in it are not escaped. */
    default MessageFormat withLineFeeds() {
        return this;
    }

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
