package logyard.core.drain.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import logyard.core.drain.syslog.SyslogRecord.Field;
import logyard.core.event.ByteBuilder;
import logyard.core.template.text.ByteOutput;

/**
 * The number at the beginning of a syslog message: eight times the facility, plus the severity. The record's {@code
 * syslog.priority} is 13 always, that is user and notice; where the record has a severity of its own, as cloud events do,
 * that counts.
 */
final class SyslogPriority {
    private static final int USER_NOTICE = 13;
    private static final int HIGHEST = 191;

    /** As the documentation of 2013 wrote it, WARN is good, too. */
    private static final byte[][] NAMES = {
        "INFO".getBytes(US_ASCII), "WARNING".getBytes(US_ASCII), "WARN".getBytes(US_ASCII), "ERROR".getBytes(US_ASCII)
    };

    private static final int[] SEVERITIES = {6, 4, 4, 3};

    private SyslogPriority() {}

    /** Appends it as {@code <13>}. */
    static void append(SyslogRecord record, ByteBuilder out) {
        long given = record.number(Field.PRIORITY, USER_NOTICE);
        int priority = given < 0 || given > HIGHEST ? USER_NOTICE : (int) given;
        out.append('<');
        appendNumber(severity(record.text(Field.SEVERITY), priority % 8) + priority / 8 * 8, out);
        out.append('>');
    }

    private static int severity(ByteOutput name, int absent) {
        for (int i = 0; i < NAMES.length; i++) {
            if (Arrays.equals(NAMES[i], 0, NAMES[i].length, name.array(), 0, name.length())) {
                return SEVERITIES[i];
            }
        }
        return absent;
    }

    static void appendNumber(long number, ByteBuilder out) {
        long unit = 1;
        while (number / unit >= 10) {
            unit *= 10;
        }
        for (; unit > 0; unit /= 10) {
            out.appendByte('0' + (int) (number / unit % 10));
        }
    }
}
