package logyard.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Spec 02 §3 and §9. */
class EventTimeTest {
    @Test
    void writesTheZoneOfTheNode() {
        assertThat(fields(1366305302, "-07:00"))
                .isEqualTo("\"unix_time\":1366305302,\"human_time\":\"2013-04-18T10:15:02-07:00\","
                        + "\"syslog\":{\"priority\":\"13\",\"time\":\"Apr 18 10:15:02\"}");
    }

    @Test
    void padsTheDayWithASpaceAndWritesUtcWithDigits() {
        assertThat(fields(1364932800, "UTC"))
                .isEqualTo("\"unix_time\":1364932800,\"human_time\":\"2013-04-02T20:00:00+00:00\","
                        + "\"syslog\":{\"priority\":\"13\",\"time\":\"Apr  2 20:00:00\"}");
    }

    private static String fields(long unixTime, String zone) {
        var out = new ByteBuilder(1);
        EventTime.append(unixTime, ZoneId.of(zone), out);
        return out.toString();
    }

    @Test
    void changesOnceASecond() {
        var clock = new SettableClock();
        var time = new EventTime(clock);
        clock.now = Instant.ofEpochMilli(1_364_932_800_000L);
        byte[] first = time.fields();

        clock.now = Instant.ofEpochMilli(1_364_932_800_999L);
        assertThat(time.fields()).isSameAs(first);

        clock.now = Instant.ofEpochMilli(1_364_932_801_000L);
        assertThat(new String(time.fields(), UTF_8)).startsWith("\"unix_time\":1364932801,");
    }

    private static final class SettableClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
