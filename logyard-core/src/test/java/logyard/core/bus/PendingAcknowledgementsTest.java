package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.Test;

class PendingAcknowledgementsTest {
    private static final StreamId A = new StreamId(0, 0xA);
    private static final StreamId B = new StreamId(0, 0xB);

    private final AtomicInteger wanted = new AtomicInteger();
    private final PendingAcknowledgements pending = new PendingAcknowledgements(wanted::incrementAndGet);

    @Test
    void collectTheLastPositionOfEachStream() {
        pending.taken("tail", A, 10);
        pending.taken("tail", B, 20);
        pending.taken("tail", A, 30);
        pending.taken("other", A, 40);

        assertThat(pending.take().streams()).isEqualTo(Map.of("tail", Map.of(A, 30L, B, 20L), "other", Map.of(A, 40L)));
        assertThat(pending.take().streams()).isEmpty();
        assertThat(wanted).as("what is stored waits for its commit").hasValue(0);
    }

    @Test
    void callForAnAnswerWhereNoCommitMayFollow() {
        pending.known("tail", A, 10);
        pending.resend("tail", B, 20);

        assertThat(wanted).hasValue(2);
        assertThat(pending.take())
                .isEqualTo(new PendingAcknowledgements.Taken(
                        Map.of("tail", Map.of(A, 10L)), Map.of("tail", Map.of(B, 20L))));
    }
}
