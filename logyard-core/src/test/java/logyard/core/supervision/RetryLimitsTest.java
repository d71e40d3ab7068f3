package logyard.core.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryLimitsTest {
    @Test
    void takesTheLongestPrefix() {
        var limits = new RetryLimits(Map.of("papertrail", "10h", "papertrail.eu", "30m", "p", "21m"));

        assertThat(limits.choose("papertrail.eu.1").limit()).isEqualTo(Duration.ofMinutes(30));
        assertThat(limits.choose("papertrail.us").limit()).isEqualTo(Duration.ofHours(10));
        assertThat(limits.choose("loggly").limit()).isZero();
    }

    @Test
    void namesTheEntryAndTheRemedy() {
        assertThat(new RetryLimits(Map.of("tmp.", "soon"))
                        .choose("tmp.x")
                        .problem()
                        .orElseThrow())
                .contains("retrylimits/tmp.")
                .contains("\"soon\"")
                .contains("25m");
    }
}
