package logyard.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryPaceTest {
    @Test
    void makesAPauseALittleLongerAndNeverShorter() {
        assertThat(new RetryPace(() -> 0).spread(Duration.ofSeconds(5))).hasToString("PT5S");
        assertThat(new RetryPace(() -> 0.5).spread(Duration.ofMinutes(5))).hasToString("PT5M15S");
        assertThat(new RetryPace(() -> 0.5).spread(Duration.ZERO)).isZero();
    }

    @Test
    void letsFiftyAttemptsBeginInASecond() {
        var pace = new RetryPace(() -> 0);
        Duration last = Duration.ZERO;

        for (int i = 0; i < 51; i++) {
            last = pace.claim(1_000_000);
        }

        assertThat(last).hasToString("PT1S");
        assertThat(pace.claim(1_000_500)).hasToString("PT0.52S");
        assertThat(pace.claim(2_000_000)).isZero();
    }

    @Test
    void doesNotWaitForAClockThatWasSetBack() {
        var pace = new RetryPace(() -> 0);
        pace.claim(10_000_000);

        assertThat(pace.claim(1_000_000)).hasToString("PT0.02S");
        assertThat(pace.claim(1_000_040)).isZero();
    }
}
