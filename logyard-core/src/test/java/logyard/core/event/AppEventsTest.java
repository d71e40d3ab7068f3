package logyard.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** The samples of spec 02 §7. */
class AppEventsTest {
    private static final AppInstance APP = new AppInstance(
            "8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d", "env", "51d0a7e2-33aa-4f7e-8f61-7c1f5a2b9e10", "", "", 0);

    private final EventTime time =
            new EventTime(Clock.fixed(Instant.ofEpochSecond(1366305303), ZoneOffset.ofHours(-7)));
    private final ByteBuilder out = new ByteBuilder(16);

    @Test
    void aLineIsAsInTheSample() {
        new AppEvents(APP, "app", "stdout", "192.168.68.7", time).append("GET / 200", out);

        assertThat(out)
                .hasToString("apptail.8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d {\"filename\":\"stdout\",\"source\":\"app\","
                        + "\"instance_index\":0,\"app_guid\":\"8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d\","
                        + "\"app_name\":\"env\",\"app_space\":\"51d0a7e2-33aa-4f7e-8f61-7c1f5a2b9e10\","
                        + "\"text\":\"GET / 200\",\"node_id\":\"192.168.68.7\",\"unix_time\":1366305303,"
                        + "\"human_time\":\"2013-04-18T10:15:03-07:00\","
                        + "\"syslog\":{\"priority\":\"13\",\"time\":\"Apr 18 10:15:03\"}}");
    }

    @Test
    void anApplicationThatHasOnlyANumberIsNamedByIt() {
        var old = new AppInstance("7", "env", "", "dev", "7", 2);

        new AppEvents(old, "app", "stdout.log", "192.168.68.7", time).append("x", out);

        assertThat(out)
                .asString()
                .startsWith("apptail.7 {\"filename\":\"stdout.log\",\"source\":\"app\",\"instance_index\":2,"
                        + "\"app_guid\":\"7\",\"app_name\":\"env\",\"app_space\":\"\",\"app_id\":7,"
                        + "\"app_group\":\"dev\",\"text\":\"x\",");
    }

    @Test
    void noNameBreaksOutOfItsField() {
        var hostile = new AppInstance("a", "\",\"x\":\"\n", "\\", "", "", -1);

        new AppEvents(hostile, "a\"b", "\u001b", "n", time).append("\"}\n", out);

        assertThat(out)
                .asString()
                .startsWith("apptail.a {\"filename\":\"\\u001b\",\"source\":\"a\\\"b\",\"instance_index\":-1,"
                        + "\"app_guid\":\"a\",\"app_name\":\"\\\",\\\"x\\\":\\\"\\n\",\"app_space\":\"\\\\\","
                        + "\"text\":\"\\\"}\\n\",");
    }

    @Test
    void aGuidThatWouldBreakTheKeyIsRefused() {
        assertThatThrownBy(() -> new AppInstance("a b", "", "", "", "", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a b");
    }

    @Test
    void aWarningIsAsInTheSample() {
        new TimelineEvents("apptail", "192.168.68.7", time).append(APP, "WARN -- Ignoring x", out);

        assertThat(out)
                .hasToString(
                        "event.timeline {\"type\":\"timeline\",\"desc\":\"WARN -- Ignoring x\",\"severity\":\"INFO\","
                                + "\"info\":{\"app\":{\"guid\":\"8c1e4f4e-6a7b-4a0e-9d7d-0d0f6a1b2c3d\","
                                + "\"space_guid\":\"51d0a7e2-33aa-4f7e-8f61-7c1f5a2b9e10\",\"name\":\"env\"},"
                                + "\"instance_index\":0},\"process\":\"apptail\",\"text\":\"WARN -- Ignoring x\","
                                + "\"node_id\":\"192.168.68.7\",\"unix_time\":1366305303,"
                                + "\"human_time\":\"2013-04-18T10:15:03-07:00\","
                                + "\"syslog\":{\"priority\":\"13\",\"time\":\"Apr 18 10:15:03\"}}");
    }
}
