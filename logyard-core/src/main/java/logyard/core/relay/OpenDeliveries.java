package logyard.core.relay;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import logyard.core.bus.Delivery;
import logyard.core.event.StreamId;

/**
 * Which deliveries are done with: those up to which everything that was made is stored. One thread, but for {@link
 * #stored}.
 */
final class OpenDeliveries {
    /** @param needed up to where streams must be stored */
    private record Open(Delivery delivery, Map<StreamId, Long> needed) {}

    private final Queue<Open> open = new ArrayDeque<>();

    /** Of each stream that may not be stored yet, where it ends. */
    private final Map<StreamId, Long> published = new HashMap<>();

    /** Of the same streams, up to where they are known to be stored. */
    private final Map<StreamId, Long> stored = new ConcurrentHashMap<>();

    /** A stream is published up to a position. */
    void published(StreamId stream, long position) {
        stored.putIfAbsent(stream, 0L);
        published.put(stream, position);
    }

    /** The core has stored a stream up to a position. Any thread. */
    void stored(StreamId stream, long position) {
        stored.computeIfPresent(stream, (id, before) -> Math.max(before, position));
    }

    /** All that is to be made of a delivery is published. */
    void add(Delivery delivery) {
        published.entrySet().removeIf(stream -> isStored(stream.getKey(), stream.getValue()));
        stored.keySet().retainAll(published.keySet());
        open.add(new Open(delivery, Map.copyOf(published)));
    }

    private boolean isStored(StreamId stream, long position) {
        Long upTo = stored.get(stream);
        return upTo == null || upTo >= position; // what is not kept any more was stored
    }

    /** The last one of those that are done with since this was asked before. */
    Optional<Delivery> done() {
        Optional<Delivery> done = Optional.empty();
        for (Open oldest = open.peek(); oldest != null && isDone(oldest); oldest = open.peek()) {
            open.remove();
            done = Optional.of(oldest.delivery());
        }
        return done;
    }

    private boolean isDone(Open delivery) {
        return delivery.needed().entrySet().stream().allMatch(stream -> isStored(stream.getKey(), stream.getValue()));
    }
}
