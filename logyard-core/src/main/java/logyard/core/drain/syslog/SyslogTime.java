package logyard.core.drain.syslog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import logyard.core.drain.syslog.SyslogRecord.Field;
import logyard.core.event.ByteBuilder;
import logyard.core.template.text.ByteOutput;

/** The time of an event as syslog writes it; the record's own words, where they are right. One thread. */
final class SyslogTime {
    private static final DateTimeFormatter RFC5424 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter RFC3164 =
            DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH).withZone(ZoneId.systemDefault());
    private static final String DATE_AND_TIME = "dddd-dd-ddTdd:dd:dd";
    private static final String OFFSET = "dd:dd";
    private static final String TIME_OF_DAY = "dd:dd:dd";
    private static final int MOST_DECIMALS = 6;

    /** The last second of the year 9999. */
    private static final long LATEST = 253_402_300_799L;

    private final DateTimeFormatter computed;
    private long second = Long.MIN_VALUE;
    private byte[] text = {};

    private SyslogTime(DateTimeFormatter computed) {
        this.computed = computed;
    }

    static SyslogTime rfc5424() {
        return new SyslogTime(RFC5424);
    }

    static SyslogTime rfc3164() {
        return new SyslogTime(RFC3164);
    }

    /** {@code 2013-04-18T10:15:02-07:00}: the record's {@code human_time}, else made of its {@code unix_time}, else {@code -}. */
    void appendRfc5424(SyslogRecord record, ByteBuilder out) {
        ByteOutput human = record.text(Field.HUMAN_TIME);
        byte[] bytes = human.array();
        int end = human.length();
        int at = DATE_AND_TIME.length();
        boolean right = fits(bytes, 0, end, DATE_AND_TIME);
        int decimals = right && at < end && bytes[at] == '.' ? digits(bytes, at + 1, end) : 0;
        int zone = decimals == 0 ? at : at + 1 + decimals;
        if (right && isZone(bytes, zone, end)) {
            out.append(bytes, 0, decimals == 0 ? at : at + 1 + Math.min(decimals, MOST_DECIMALS));
            out.append(bytes, zone, end - zone);
        } else if (hasUnixTime(record)) {
            appendComputed(record.number(Field.UNIX_TIME, 0), out);
        } else {
            out.append('-');
        }
    }

    /** {@code Apr  2 20:00:00}: the record's {@code syslog.time}, else made of its {@code unix_time}, else of now. */
    void appendRfc3164(SyslogRecord record, ByteBuilder out) {
        ByteOutput time = record.text(Field.TIME);
        if (time.length() == "Apr  2 ".length() + TIME_OF_DAY.length()
                && isMonthAndDay(time.array())
                && fits(time.array(), "Apr  2 ".length(), time.length(), TIME_OF_DAY)) {
            out.append(time.array(), 0, time.length());
        } else {
            appendComputed(
                    hasUnixTime(record)
                            ? record.number(Field.UNIX_TIME, 0)
                            : Instant.now().getEpochSecond(),
                    out);
        }
    }

    private static boolean hasUnixTime(SyslogRecord record) {
        long time = record.number(Field.UNIX_TIME, -1);
        return time >= 0 && time <= LATEST;
    }

    private void appendComputed(long unixTime, ByteBuilder out) {
        if (unixTime != second) {
            second = unixTime;
            text = computed.format(Instant.ofEpochSecond(unixTime)).getBytes(US_ASCII);
        }
        out.append(text);
    }

    /** Whether there are a digit for each {@code d}, and all else as it is. */
    private static boolean fits(byte[] bytes, int from, int end, String form) {
        if (end - from < form.length()) {
            return false;
        }
        for (int i = 0; i < form.length(); i++) {
            char wanted = form.charAt(i);
            if (wanted == 'd' ? !isDigit(bytes[from + i]) : bytes[from + i] != wanted) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZone(byte[] bytes, int at, int end) {
        boolean utc = end - at == 1 && bytes[at] == 'Z';
        boolean offset = end - at == 1 + OFFSET.length()
                && (bytes[at] == '+' || bytes[at] == '-')
                && fits(bytes, at + 1, end, OFFSET);
        return utc || offset;
    }

    private static boolean isMonthAndDay(byte[] bytes) {
        return isLetter(bytes[0])
                && isLetter(bytes[1])
                && isLetter(bytes[2])
                && bytes[3] == ' '
                && (bytes[4] == ' ' || isDigit(bytes[4]))
                && isDigit(bytes[5])
                && bytes[6] == ' ';
    }

    private static int digits(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && isDigit(bytes[at])) {
            at++;
        }
        return at - from;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static boolean isLetter(byte b) {
        return (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
    }
}
