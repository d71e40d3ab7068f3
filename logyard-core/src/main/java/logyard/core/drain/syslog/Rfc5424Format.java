package logyard.core.drain.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import logyard.core.drain.MessageFormat;
import logyard.core.drain.syslog.SyslogRecord.Field;
import logyard.core.event.ByteBuilder;
import logyard.core.event.Message;
import logyard.core.template.text.ByteOutput;

/**
 * Syslog as in RFC 5424: {@code <13>1 2013-04-18T10:15:02-07:00 10.0.0.5 dea - systail.dea.10.0.0.5 [logyard@32473
 * node="10.0.0.5" key="systail.dea.10.0.0.5" seq="17"] started app}. One thread: it keeps scratch memory.
 *
 * <p>There is no byte order mark in front of the text, though the RFC wants one where the text is UTF-8: receivers such as
 * rsyslog take it for a part of the text, and what they store would not be the line any more.
 */
public final class Rfc5424Format implements MessageFormat {
    // As long as the RFC lets them be.
    private static final int HOST_MAX = 255;
    private static final int PROGRAM_MAX = 48;
    private static final int PROCESS_MAX = 108; // of 128, with room for the index
    private static final int KIND_MAX = 32;

    /** 32473 is for examples (RFC 5612); nobody has a number for Logyard. */
    private static final byte[] DATA = " [logyard@32473".getBytes(US_ASCII);

    private static final byte[] NODE = " node=\"".getBytes(US_ASCII);
    private static final byte[] KEY = " key=\"".getBytes(US_ASCII);
    private static final byte[] SEQUENCE = " seq=\"".getBytes(US_ASCII);

    private final SyslogRecord record = new SyslogRecord();
    private final SyslogTime time = SyslogTime.rfc5424();
    private final boolean lineFeeds;

    public Rfc5424Format() {
        this(false);
    }

    private Rfc5424Format(boolean lineFeeds) {
        this.lineFeeds = lineFeeds;
    }

    @Override
    public MessageFormat withLineFeeds() {
        return new Rfc5424Format(true);
    }

    @Override
    public void append(Message message, long sequence, ByteBuilder out) {
        record.read(message);
        SyslogPriority.append(record, out);
        out.append('1').append(' ');
        time.appendRfc5424(record, out);
        out.append(' ');
        SyslogText.appendHeader(record.text(Field.NODE), HOST_MAX, out);
        out.append(' ');
        SyslogText.appendProgram(record, message, PROGRAM_MAX, out);
        out.append(' ');
        appendProcess(out);
        out.append(' ');
        appendKind(message, out);
        appendData(message, sequence, out);
        out.append(' ');
        SyslogText.appendText(record, message, !lineFeeds, out);
        out.append('\n');
    }

    private void appendProcess(ByteBuilder out) {
        int start = out.length();
        SyslogText.appendInstance(record, PROCESS_MAX, out);
        if (out.length() == start) {
            out.append('-');
        }
    }

    /** The key, if it fits: a part of one would be misleading, and structured data has all of it. */
    private static void appendKind(Message message, ByteBuilder out) {
        boolean fits = message.keyLength() <= KIND_MAX;
        for (int i = message.start(); fits && i < message.valueStart() - 1; i++) {
            fits = SyslogText.isVisible(message.bytes()[i]);
        }
        if (fits) {
            out.append(message.bytes(), message.start(), message.keyLength());
        } else {
            out.append('-');
        }
    }

    private void appendData(Message message, long sequence, ByteBuilder out) {
        out.append(DATA);
        ByteOutput node = record.text(Field.NODE);
        if (node.length() > 0) {
            out.append(NODE);
            appendValue(node.array(), 0, node.length(), out);
        }
        out.append(KEY);
        appendValue(message.bytes(), message.start(), message.start() + message.keyLength(), out);
        out.append(SEQUENCE);
        SyslogPriority.appendNumber(sequence, out);
        out.append('"').append(']');
    }

    /** Appends a value and its closing quote. A control character, which only a node's name could have, becomes a blank. */
    private static void appendValue(byte[] text, int from, int to, ByteBuilder out) {
        for (int i = from; i < to; i++) {
            byte b = text[i];
            if (b == '"' || b == '\\' || b == ']') {
                out.append('\\');
            }
            out.appendByte(b >= 0 && b < ' ' ? ' ' : b);
        }
        out.append('"');
    }
}
