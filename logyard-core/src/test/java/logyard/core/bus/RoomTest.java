package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RoomTest {
    private final Room room = new Room(100);

    @Test
    void isLeftBelowTheBound() {
        room.take(99);
        assertThat(room.isLeft()).isTrue();
        room.take(50);

        assertThat(room.isLeft()).isFalse();
        assertThat(room.taken()).isEqualTo(149);
    }

    @Test
    void isThereAgainOnceForEachTimeItWasFull() {
        room.take(150);

        assertThat(room.giveBack(10)).isFalse();
        assertThat(room.giveBack(40)).as("down to the bound").isFalse();
        assertThat(room.giveBack(1)).isTrue();
        assertThat(room.giveBack(99)).isFalse();
        assertThat(room.giveBack(0)).isFalse();
    }

    /** A publisher that waits for room, and is not told, would wait for ever. */
    @Test
    void isAlwaysToldOf() throws Exception {
        int total = 300_000;
        var told = new Semaphore(0);
        var toGiveBack = new Semaphore(0);
        var core = new Thread(() -> {
            for (int i = 0; i < total; i++) {
                toGiveBack.acquireUninterruptibly();
                if (room.giveBack(60)) {
                    told.release();
                }
            }
        });
        core.start();

        for (int i = 0; i < total; i++) {
            room.take(60);
            toGiveBack.release();
            while (!room.isLeft()) {
                assertThat(told.tryAcquire(60, TimeUnit.SECONDS)).as("%d", i).isTrue();
            }
        }

        assertThat(room.awaitAllBack(Duration.ofSeconds(60))).isTrue();
        core.join();
    }

    @Test
    void isWaitedForNoLongerThanTold() {
        assertThat(room.awaitAllBack(Duration.ZERO)).isTrue();
        room.take(1);
        assertThat(room.awaitAllBack(Duration.ofMillis(1))).isFalse();
        Thread.currentThread().interrupt();

        assertThat(room.awaitAllBack(Duration.ofHours(1))).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
