package logyard.core.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import logyard.core.bus.Delivery;
import logyard.core.bus.Missed;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.Test;

class OpenDeliveriesTest {
    private static final StreamId STREAM = new StreamId(1, 1);
    private static final StreamId NEXT = new StreamId(2, 2);

    private final OpenDeliveries open = new OpenDeliveries();

    private static Delivery delivery(long number) {
        return new Delivery("session", number, "journal", Missed.NOTHING, Optional.empty());
    }

    @Test
    void oneOfWhichNothingWasMadeIsDoneWithAtOnce() {
        open.add(delivery(1));

        assertThat(open.done()).contains(delivery(1));
        assertThat(open.done()).isEmpty();
    }

    @Test
    void waitsForWhatWasMadeOfItAndOfThoseBefore() {
        open.published(STREAM, 10);
        open.add(delivery(1));
        open.add(delivery(2));
        assertThat(open.done()).isEmpty();

        open.stored(STREAM, 9);
        assertThat(open.done()).isEmpty();

        open.stored(STREAM, 10);
        assertThat(open.done()).contains(delivery(2));
    }

    @Test
    void waitsForEachStream() {
        open.published(STREAM, 10);
        open.published(NEXT, 3);
        open.add(delivery(1));
        open.stored(NEXT, 3);
        assertThat(open.done()).isEmpty();

        open.stored(STREAM, 12);

        assertThat(open.done()).contains(delivery(1));
    }

    /** As after the core was started anew: nothing is made again, and what was made may not be stored yet. */
    @Test
    void oneThatComesAgainWaitsForWhatWasMadeOfItTheFirstTime() {
        open.published(STREAM, 10);
        open.add(delivery(1));
        open.add(delivery(1));
        assertThat(open.done()).isEmpty();

        open.stored(STREAM, 10);

        assertThat(open.done()).contains(delivery(1));
        open.published(STREAM, 20);
        open.add(delivery(2));
        assertThat(open.done()).isEmpty();
        open.stored(STREAM, 20);
        assertThat(open.done()).contains(delivery(2));
    }
}
