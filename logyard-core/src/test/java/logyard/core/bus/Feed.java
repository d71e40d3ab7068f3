package logyard.core.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import logyard.core.event.BatchBuilder;
import logyard.core.event.Batches;
import logyard.core.event.StreamId;

/** A publisher with numbered events, for tests: it remembers what it published and what it was told. One thread. */
public final class Feed implements AutoCloseable {
    private final String client;
    private final Bus bus;
    private final AckedPublisher publisher;
    private final Map<StreamId, BatchBuilder> builders = new ConcurrentHashMap<>();
    private final Map<StreamId, Long> ends = new ConcurrentHashMap<>();
    private final Map<StreamId, Long> acknowledged = new ConcurrentHashMap<>();
    private final AtomicInteger roomAgain = new AtomicInteger();
    private final List<String> published = new ArrayList<>();

    public Feed(BusAddresses addresses, String client, long boundBytes) {
        this(addresses, client, boundBytes, System::nanoTime);
    }

    Feed(BusAddresses addresses, String client, long boundBytes, LongSupplier nanoTime) {
        this.client = client;
        bus = new Bus(addresses);
        publisher = AckedPublisher.start(bus, client, boundBytes, new Told(), nanoTime);
    }

    public Feed(BusAddresses addresses, String client) {
        this(addresses, client, AckedPublisher.DEFAULT_BOUND_BYTES);
    }

    private final class Told implements AckedPublisher.Listener {
        @Override
        public void acknowledged(StreamId stream, long position) {
            acknowledged.merge(stream, position, Math::max);
        }

        @Override
        public void roomAgain() {
            roomAgain.incrementAndGet();
        }
    }

    /** Publishes a batch of the next {@code count} events of a stream. */
    public void publish(StreamId stream, int count) {
        var builder = builders.computeIfAbsent(stream, id -> new BatchBuilder(client, id, 0));
        long end = ends.getOrDefault(stream, 0L);
        for (int i = 0; i < count; i++) {
            String event = Batches.event(stream, ++end);
            builder.event().append(event);
            builder.endEvent(end);
            published.add(event);
        }
        ends.put(stream, end);
        publisher.publish(builder.finish());
    }

    /** All events published so far, in order. */
    public List<String> published() {
        return published;
    }

    /** Up to where a stream is known to be stored. */
    public long acknowledged(StreamId stream) {
        return acknowledged.getOrDefault(stream, 0L);
    }

    public int timesRoomAgain() {
        return roomAgain.get();
    }

    public AckedPublisher publisher() {
        return publisher;
    }

    /** Waits until everything is stored, for long enough. */
    public boolean awaitAcknowledged() {
        return awaitAcknowledgedWithin(Duration.ofSeconds(60));
    }

    public boolean awaitAcknowledgedWithin(Duration patience) {
        return publisher.awaitAcknowledged(patience);
    }

    @Override
    public void close() {
        publisher.close();
        bus.close();
    }
}
