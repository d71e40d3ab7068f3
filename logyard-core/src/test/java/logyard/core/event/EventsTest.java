package logyard.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventsTest {
    private static final StreamId STREAM = new StreamId(3, 4);

    @Test
    void walksOverASingleEvent() {
        assertThat(Batches.events("a.b {}".getBytes(UTF_8))).containsExactly("a.b {}");
    }

    @Test
    void walksOverABatch() {
        assertThat(Batches.events(Batches.counting("tail", STREAM, 0, 2).bytes()))
                .containsExactly(Batches.event(STREAM, 1), Batches.event(STREAM, 2));
    }

    @Test
    void canBeUsedAgainAndWithTheSameView() {
        var events = new Events();
        Message view =
                events.over(Batches.counting("tail", STREAM, 0, 5).bytes()).message();
        assertThat(events.next()).isTrue();

        events.over("a.b {}".getBytes(UTF_8));

        assertThat(events.next()).isTrue();
        assertThat(view.key()).isEqualTo("a.b");
        assertThat(events.next()).isFalse();
        assertThat(events.next()).isFalse();
    }
}
