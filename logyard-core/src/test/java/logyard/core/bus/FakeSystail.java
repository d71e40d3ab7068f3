package logyard.core.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import logyard.core.event.BatchBuilder;
import logyard.core.event.EventTime;
import logyard.core.event.StreamId;
import logyard.core.event.SystailEvents;

/** Publishes lines of logs that are not there, and whatever else a client may publish. One thread. */
public final class FakeSystail implements AutoCloseable {
    private final Bus bus;
    private final AckedPublisher publisher;
    private final BatchBuilder batch = new BatchBuilder("fake-systail", new StreamId(1, 2), 0);
    private final EventTime time = new EventTime(Clock.fixed(Instant.ofEpochSecond(1366305302), ZoneOffset.UTC));
    private long position;

    public FakeSystail(BusAddresses addresses) {
        bus = new Bus(addresses);
        publisher = AckedPublisher.start(bus, "fake-systail", 64 << 20, new AckedPublisher.Listener() {
            @Override
            public void acknowledged(StreamId stream, long upTo) {}

            @Override
            public void roomAgain() {}
        });
    }

    public void line(String name, String text) {
        line(name, text.getBytes(UTF_8));
    }

    public void line(String name, byte[] text) {
        new SystailEvents(name, "10.0.0.7", time).append(text, 0, text.length, batch.event());
        send();
    }

    public void event(String key, String json) {
        event(key, json.getBytes(UTF_8));
    }

    public void event(String key, byte[] json) {
        batch.event().append(key).append(' ').append(json);
        send();
    }

    private void send() {
        batch.endEvent(++position);
        publisher.publish(batch.finish());
    }

    @Override
    public void close() {
        publisher.close();
        bus.close();
    }
}
