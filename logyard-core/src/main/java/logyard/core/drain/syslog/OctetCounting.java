package logyard.core.drain.syslog;

import logyard.core.drain.MessageFormat;
import logyard.core.event.ByteBuilder;
import logyard.core.event.Message;

/**
 * Puts the length before each event instead of a line feed behind it (RFC 6587 §3.4.1): {@code 5 hello}. So a line feed
 * within is as good as any other byte.
 */
public final class OctetCounting implements MessageFormat {
    private final MessageFormat format;

    public OctetCounting(MessageFormat format) {
        this.format = format.withLineFeeds();
    }

    @Override
    public void append(Message message, long sequence, ByteBuilder out) throws UnformattableException {
        int start = out.length();
        format.append(message, sequence, out);
        int length = out.length() - start - 1; // without the line feed at its end
        int room = digits(length) + 1;
        byte[] bytes = out.reserve(room);
        System.arraycopy(bytes, start, bytes, start + room, length);
        int at = start + room - 1;
        bytes[at] = ' ';
        for (int rest = length; at > start; rest /= 10) {
            bytes[--at] = (byte) ('0' + rest % 10);
        }
        out.advance(room - 1);
    }

    private static int digits(int number) {
        int digits = 1;
        for (int rest = number / 10; rest > 0; rest /= 10) {
            digits++;
        }
        return digits;
    }
}
