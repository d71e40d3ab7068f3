package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import zmq.Msg;

class FrameMemoryTest {
    private final FrameMemory memory = new FrameMemory(1000, 10_000);

    @Test
    void givesEachFrameItsOwn() {
        Msg first = memory.allocate(1000);
        Msg second = memory.allocate(0);

        assertThat(memory.isDiscarded(first)).isFalse();
        assertThat(first.data()).hasSize(1000).isNotSameAs(second.data());
    }

    @Test
    void sharesOneBufferAmongFramesThatAreTooLarge() {
        Msg large = memory.allocate(5000);
        Msg smaller = memory.allocate(1001);

        assertThat(memory.isDiscarded(large)).isTrue();
        assertThat(memory.isDiscarded(smaller)).isTrue();
        assertThat(large.size()).isEqualTo(5000);
        assertThat(smaller.size()).isEqualTo(1001);
        large.buf().put(0, (byte) 7);
        assertThat(smaller.buf().get(0)).isEqualTo((byte) 7);
        assertThat(memory.waitingBytes()).isZero();
    }

    @Test
    void discardsWhatArrivesWhileTooMuchWaits() {
        Deque<Msg> waiting = new ArrayDeque<>();
        for (Msg frame = memory.allocate(900); !memory.isDiscarded(frame); frame = memory.allocate(900)) {
            waiting.add(frame);
        }
        assertThat(waiting).hasSize(9);

        memory.take(waiting.remove());

        assertThat(memory.isDiscarded(memory.allocate(900))).isFalse();
        assertThat(memory.isDiscarded(memory.allocate(900))).isTrue();
        assertThat(memory.waitingBytes()).isLessThanOrEqualTo(10_000);
    }

    @Test
    void forgetsFramesThatNeverArrivedWhenNoneWaits() {
        for (int i = 0; i < 9; i++) {
            memory.allocate(900);
        }
        Msg late = memory.allocate(0);

        memory.nothingWaits();
        memory.take(late);

        assertThat(memory.waitingBytes()).isZero();
        assertThat(memory.isDiscarded(memory.allocate(900))).isFalse();
    }
}
