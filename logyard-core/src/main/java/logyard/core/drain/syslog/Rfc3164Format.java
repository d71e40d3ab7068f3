package logyard.core.drain.syslog;

import logyard.core.drain.MessageFormat;
import logyard.core.drain.syslog.SyslogRecord.Field;
import logyard.core.event.ByteBuilder;
import logyard.core.event.Message;

/**
 * Syslog as BSD had it (RFC 3164): {@code <13>Apr 18 10:15:02 10.0.0.5 dea: started app}. One thread: it keeps scratch
 * memory.
 *
 * <p>The RFC's 1024 bytes are not kept: what is cut off would be lost without a trace, and receivers have taken more for
 * long.
 */
public final class Rfc3164Format implements MessageFormat {
    private static final int HOST_MAX = 255;
    private static final int TAG_MAX = 32;

    private final SyslogRecord record = new SyslogRecord();
    private final SyslogTime time = SyslogTime.rfc3164();
    private final boolean lineFeeds;

    public Rfc3164Format() {
        this(false);
    }

    private Rfc3164Format(boolean lineFeeds) {
        this.lineFeeds = lineFeeds;
    }

    @Override
    public MessageFormat withLineFeeds() {
        return new Rfc3164Format(true);
    }

    @Override
    public void append(Message message, long sequence, ByteBuilder out) {
        record.read(message);
        SyslogPriority.append(record, out);
        time.appendRfc3164(record, out);
        out.append(' ');
        SyslogText.appendHeader(record.text(Field.NODE), HOST_MAX, out);
        out.append(' ');
        appendTag(message, out);
        SyslogText.appendText(record, message, !lineFeeds, out);
        out.append('\n');
    }

    /** {@code dea: }, or {@code env[app.0]: }. */
    private void appendTag(Message message, ByteBuilder out) {
        int start = out.length();
        SyslogText.appendProgram(record, message, TAG_MAX, out);
        keepTagTogether(out, start);
        int bracket = out.length();
        out.append('[');
        int instance = out.length();
        SyslogText.appendInstance(record, TAG_MAX, out);
        if (out.length() == instance) {
            out.truncate(bracket);
        } else {
            keepTagTogether(out, instance);
            out.append(']');
        }
        out.append(':').append(' ');
    }

    /** To a receiver these end the tag. */
    private static void keepTagTogether(ByteBuilder out, int from) {
        byte[] bytes = out.array();
        for (int i = from; i < out.length(); i++) {
            if (bytes[i] == ':' || bytes[i] == '[' || bytes[i] == ']') {
                bytes[i] = '_';
            }
        }
    }
}
