package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WarningLimitTest {
    @Test
    void isDueAtOnceAndThenOnceAMinute() {
        var time = new FakeTime();
        var limit = new WarningLimit(time);

        assertThat(limit.isDue()).isTrue();
        assertThat(limit.isDue()).isFalse();
        time.pass(Duration.ofMinutes(1).minusNanos(1));
        assertThat(limit.isDue()).isFalse();
        time.pass(Duration.ofNanos(1));
        assertThat(limit.isDue()).isTrue();
        assertThat(limit.isDue()).isFalse();
    }
}
