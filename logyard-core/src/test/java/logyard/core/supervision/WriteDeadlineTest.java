package logyard.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WriteDeadlineTest {
    private final WriteDeadline deadline = new WriteDeadline(0);

    private boolean isExceeded(boolean writing, long taken, int seconds) {
        return deadline.exceeded(writing, taken, Duration.ofSeconds(seconds).toNanos())
                .isPresent();
    }

    @Test
    void aTargetThatTakesNothingHasHalfAMinute() {
        assertThat(isExceeded(true, 0, 29)).isFalse();
        assertThat(isExceeded(true, 0, 31)).isTrue();
    }

    @Test
    void theTimeRunsOnlyWhileSomethingIsBeingWritten() {
        assertThat(isExceeded(false, 0, 1000)).isFalse();
        assertThat(isExceeded(true, 0, 1029)).isFalse();
        assertThat(isExceeded(true, 0, 1031)).isTrue();
    }

    @Test
    void aTargetThatPausesAndGoesOnHasFourTimesAsLong() {
        assertThat(isExceeded(true, 100, 20)).isFalse();
        assertThat(isExceeded(true, 100, 99)).isFalse();
        assertThat(isExceeded(true, 100, 101)).isTrue();
    }

    @Test
    void noTargetHasMoreThanFiveMinutes() {
        isExceeded(true, 100, 20);
        isExceeded(true, 200, 99);

        assertThat(isExceeded(true, 200, 99 + 299)).isFalse();
        assertThat(isExceeded(true, 200, 99 + 301)).isTrue();
    }
}
