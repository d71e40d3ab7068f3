package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import logyard.core.event.BatchBuilder;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RoomTest {
    private static final StreamId STREAM = new StreamId(0, 1);

    @TempDir
    private Path folder;

    /** A publisher that waits for room, and was not told, would wait for ever. */
    @Test
    void isAlwaysToldOfAgain() throws Exception {
        var addresses = Transport.IPC.addresses(folder);
        var room = new Semaphore(0);
        var stored = new AtomicLong();
        try (var core = FakeCore.start(addresses);
                var bus = new Bus(addresses);
                var publisher = AckedPublisher.start(bus, "tail", 600, new AckedPublisher.Listener() {
                    @Override
                    public void acknowledged(StreamId stream, long position) {
                        stored.set(position);
                    }

                    @Override
                    public void roomAgain() {
                        room.release();
                    }
                })) {
            var builder = new BatchBuilder("tail", STREAM, 0);
            int waits = 0;
            for (int i = 1; i <= 3000; i++) {
                builder.event().append("event.n " + i);
                builder.endEvent(i);
                publisher.publish(builder.finish());
                while (!publisher.hasRoom()) {
                    waits++;
                    assertThat(room.tryAcquire(20, TimeUnit.SECONDS))
                            .as("after %d", i)
                            .isTrue();
                }
            }

            assertThat(publisher.awaitAcknowledged(Duration.ofSeconds(20))).isTrue();
            assertThat(stored).hasValue(3000);
            assertThat(waits).isGreaterThan(100);
            assertThat(core.events()).hasSize(3000);
        }
    }
}
