package logyard.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProgressiveRetryTest {
    private static final Instant START = Instant.parse("2013-04-18T10:15:02Z");

    /** The table of spec 03 §11.3: a drain that can never connect. */
    @Test
    void givesUpAfterTheLimitAsDocumented() {
        var retry = new ProgressiveRetry(Duration.ofMinutes(25));
        List<Long> attemptsAtSecond = new ArrayList<>();
        Instant now = START;
        Optional<Duration> pause;
        do {
            attemptsAtSecond.add(Duration.between(START, now).toSeconds());
            pause = retry.failedAt(now);
            now = now.plus(pause.orElse(Duration.ZERO));
        } while (pause.isPresent());

        assertThat(attemptsAtSecond).hasSize(36);
        assertThat(attemptsAtSecond.subList(0, 4)).containsExactly(0L, 0L, 5L, 10L);
        assertThat(attemptsAtSecond.subList(32, 36)).containsExactly(15 * 60L, 16 * 60L, 21 * 60L, 26 * 60L);
    }

    @Test
    void beginsAnewAfterARunThatWentWell() {
        var retry = new ProgressiveRetry(Duration.ofMinutes(25));
        retry.failedAt(START);
        retry.failedAt(START.plusSeconds(600));

        retry.ranWell();

        assertThat(retry.failedAt(START.plusSeconds(1000))).contains(Duration.ZERO);
    }
}
