package logyard.core.event;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The time fields of an event (spec 02 §3): {@code "unix_time":…,"human_time":"…","syslog":{…}}. One thread.
 *
 * <p>They change once a second, and so does the array: {@link #fields} costs nothing in between.
 */
public final class EventTime {
    private static final DateTimeFormatter HUMAN = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
    private static final DateTimeFormatter SYSLOG = DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH);

    /** Facility user, severity notice; always (spec 02 §3). */
    private static final String PRIORITY = "13";

    private final Clock clock;
    private long second = Long.MIN_VALUE;
    private byte[] fields = {};

    /** Takes the time, and the zone that {@code human_time} is in, from {@code clock}. */
    public EventTime(Clock clock) {
        this.clock = clock;
    }

    /** The fields for now, without a comma around them. The same array within a second. */
    public byte[] fields() {
        long now = Math.floorDiv(clock.millis(), 1000L);
        if (now != second) {
            second = now;
            var out = new ByteBuilder(128);
            append(now, clock.getZone(), out);
            fields = out.toByteArray();
        }
        return fields;
    }

    /** Appends the fields for a moment, for events that carry the time of another. */
    public static void append(long unixTime, ZoneId zone, ByteBuilder out) {
        ZonedDateTime time = Instant.ofEpochSecond(unixTime).atZone(zone);
        out.append("\"unix_time\":" + unixTime + ",\"human_time\":\"" + HUMAN.format(time)
                + "\",\"syslog\":{\"priority\":\"" + PRIORITY + "\",\"time\":\"" + SYSLOG.format(time) + "\"}");
    }
}
