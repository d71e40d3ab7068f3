package logyard.kato.log.gap;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttendanceTest {
    private final List<String> notices = new ArrayList<>();
    private Instant now = Instant.parse("2013-04-18T10:15:02Z");
    private final Attendance attendance = new Attendance(new SetClock(), notices::add);

    private final class SetClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @Test
    void saysNothingOfThoseWhoComeFirst() {
        attendance.came("10.0.0.7");

        assertThat(notices).isEmpty();
    }

    @Test
    void saysForHowLongANodeWasAway() {
        attendance.left("10.0.0.7");
        now = now.plusSeconds(12);
        attendance.came("10.0.0.8");
        attendance.came("10.0.0.7");
        attendance.came("10.0.0.7");

        assertThat(notices)
                .containsExactly(
                        "10.0.0.7 has left the stream",
                        "10.0.0.7 is back in the stream after 12 s: what it kept meanwhile comes now, and perhaps its last"
                                + " lines again");
    }

    @Test
    void saysWhatIsMissingIfTheDrainWasGoneMeanwhile() {
        attendance.drainGone();
        now = now.plusSeconds(1);
        attendance.left("10.0.0.7");
        now = now.plusSeconds(10);
        attendance.came("10.0.0.7");
        attendance.left("10.0.0.7");
        now = now.plusMillis(100);
        attendance.came("10.0.0.7");

        assertThat(notices)
                .contains("10.0.0.7 is back in the stream after 10 s: what it logged meanwhile may be missing")
                .endsWith("10.0.0.7 is back in the stream after less than 1 s: what it kept meanwhile comes now, and"
                        + " perhaps its last lines again");
    }
}
