package logyard.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class SystailEventsTest {
    private final EventTime time = new EventTime(Clock.fixed(Instant.ofEpochSecond(1366305302), ZoneId.of("-07:00")));

    /** Spec 02 §2.2. */
    @Test
    void writesTheSampleOfTheSpecification() {
        assertThat(event("[2013-04-18 10:15:02.001] dea - pid=1 tid=2 fid=3 INFO -- Ready"))
                .isEqualTo("systail.dea.192.168.68.5 {\"name\":\"dea\","
                        + "\"text\":\"[2013-04-18 10:15:02.001] dea - pid=1 tid=2 fid=3 INFO -- Ready\","
                        + "\"node_id\":\"192.168.68.5\",\"unix_time\":1366305302,"
                        + "\"human_time\":\"2013-04-18T10:15:02-07:00\","
                        + "\"syslog\":{\"priority\":\"13\",\"time\":\"Apr 18 10:15:02\"}}");
    }

    @Test
    void keepsTheLineFromBreakingOutOfItsField() {
        assertThat(event("\",\"name\":\"x\r\n")).contains("\"text\":\"\\\",\\\"name\\\":\\\"x\\r\\n\",\"node_id\"");
    }

    private String event(String line) {
        byte[] text = ("--" + line + "--").getBytes(UTF_8);
        var out = new ByteBuilder(16);
        new SystailEvents("dea", "192.168.68.5", time).append(text, 2, text.length - 4, out);
        return out.toString();
    }

    @Test
    void refusesNamesThatWouldBreakTheKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SystailEvents("a.b", "10.0.0.5", time))
                .withMessage("Not a name for a log file: \"a.b\" (letters, digits, _ and -)");
    }
}
