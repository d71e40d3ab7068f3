package logyard.core.drain.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import logyard.core.drain.syslog.SyslogRecord.Field;
import logyard.core.event.ByteBuilder;
import logyard.core.event.Message;
import logyard.core.template.text.ByteOutput;

/** The pieces that both forms of syslog are made of. */
final class SyslogText {
    private static final byte[] NUL = "#000".getBytes(US_ASCII);
    private static final byte[] LINE_FEED = "#012".getBytes(US_ASCII);
    private static final byte[] CARRIAGE_RETURN = "#015".getBytes(US_ASCII);

    private SyslogText() {}

    /**
     * Appends something as a part of the header: visible ASCII, with {@code _} for each other character, cut to {@code
     * max}, and {@code -} if there is nothing.
     */
    static void appendHeader(byte[] text, int from, int to, int max, ByteBuilder out) {
        int written = 0;
        for (int i = from; i < to && written < max; i++) {
            boolean continues = (text[i] & 0xC0) == 0x80; // a character beyond ASCII that has its _ already
            if (!continues) {
                out.appendByte(isVisible(text[i]) ? text[i] : '_');
                written++;
            }
        }
        if (written == 0) {
            out.append('-');
        }
    }

    static void appendHeader(ByteOutput text, int max, ByteBuilder out) {
        appendHeader(text.array(), 0, text.length(), max, out);
    }

    static boolean isVisible(byte b) {
        return b > ' ' && b < 0x7f;
    }

    /** Appends who it comes from: the component, application or process; of other events the stream. */
    static void appendProgram(SyslogRecord record, Message message, int max, ByteBuilder out) {
        ByteOutput name = record.text(Field.NAME);
        if (name.length() == 0) {
            name = record.text(Field.APP_NAME);
        }
        if (name.length() == 0) {
            name = record.text(Field.PROCESS);
        }
        if (name.length() > 0) {
            appendHeader(name, max, out);
        } else {
            int end = message.start();
            while (end < message.valueStart() - 1 && message.bytes()[end] != '.') {
                end++;
            }
            appendHeader(message.bytes(), message.start(), end, max, out);
        }
    }

    /** Appends which part of an application it comes from, {@code app.0}; nothing if it does not come from one. */
    static void appendInstance(SyslogRecord record, int max, ByteBuilder out) {
        ByteOutput source = record.text(Field.SOURCE);
        if (source.length() == 0) {
            return;
        }
        appendHeader(source, max, out);
        long index = record.number(Field.INSTANCE, -1);
        if (index >= 0) {
            out.append('.');
            SyslogPriority.appendNumber(index, out);
        }
    }

    /**
     * Appends the text of an event; all of its value if it is no record with a text.
     *
     * @param escaped whether what ends a line must not appear; it becomes {@code #012} then, as rsyslog writes it. A NUL,
     *     at which many receivers end a text, becomes {@code #000} always
     */
    static void appendText(SyslogRecord record, Message message, boolean escaped, ByteBuilder out) {
        if (record.has(Field.TEXT)) {
            ByteOutput text = record.text(Field.TEXT);
            append(text.array(), 0, text.length(), escaped, out);
        } else {
            append(message.bytes(), message.valueStart(), message.end(), escaped, out);
        }
    }

    private static void append(byte[] text, int from, int to, boolean escaped, ByteBuilder out) {
        int start = from;
        for (int i = from; i < to; i++) {
            byte b = text[i];
            if (b == 0 || (escaped && (b == '\n' || b == '\r'))) {
                out.append(text, start, i - start).append(b == 0 ? NUL : b == '\n' ? LINE_FEED : CARRIAGE_RETURN);
                start = i + 1;
            }
        }
        out.append(text, start, to - start);
    }
}
