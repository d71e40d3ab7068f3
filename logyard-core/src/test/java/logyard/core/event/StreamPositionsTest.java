package logyard.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import logyard.core.event.StreamPositions.StreamPosition;
import org.junit.jupiter.api.Test;

class StreamPositionsTest {
    private final StreamPositions positions = new StreamPositions();

    @Test
    void knowWhereEachStreamStands() {
        positions.advance("tail", new StreamId(0, 1), 10);
        positions.advance("tail", new StreamId(0, 2), 20);
        positions.advance("tail", new StreamId(0, 1), 30);

        assertThat(positions.expected(new StreamId(0, 1))).hasValue(30);
        assertThat(positions.expected(new StreamId(0, 3))).isEmpty();
        assertThat(positions.all())
                .containsExactly(
                        new StreamPosition("tail", new StreamId(0, 2), 20),
                        new StreamPosition("tail", new StreamId(0, 1), 30));
    }

    @Test
    void forgetTheStreamThatWasSilentLongest() {
        for (int i = 0; i < StreamPositions.MAX_STREAMS; i++) {
            positions.advance("tail", new StreamId(0, i), 1);
        }
        positions.advance("tail", new StreamId(0, 0), 2);
        positions.advance("tail", new StreamId(1, 0), 1);

        assertThat(positions.all()).hasSize(StreamPositions.MAX_STREAMS);
        assertThat(positions.expected(new StreamId(0, 0))).hasValue(2);
        assertThat(positions.expected(new StreamId(0, 1))).isEmpty();
    }
}
