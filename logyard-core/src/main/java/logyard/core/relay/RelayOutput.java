package logyard.core.relay;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import logyard.core.bus.AckedPublisher;
import logyard.core.event.BatchBuilder;
import logyard.core.event.ByteBuilder;
import logyard.core.event.StreamId;

/**
 * Publishes what was made of events at the positions of these, so that the core knows what it has already, whoever
 * publishes it again. One thread.
 *
 * <p>A stream is as much of one journal as its positions can be told in: 1 GiB. Its id follows from the journal and the
 * subscriber, and every process begins it at 0; of what it says the core takes what comes behind what it has.
 */
final class RelayOutput {
    /** How much of a position is told within a stream; a batch tells differences of at most 31 bits. */
    private static final int STREAM_BITS = 30;

    /** A batch is sent when it is as large as this, or what it was made of has come to its end. */
    private static final int BATCH_BYTES = 64 << 10;

    private final String subscriber;
    private final String client;
    private final AckedPublisher publisher;
    private final OpenDeliveries deliveries;
    private StreamId stream = new StreamId(0, 0);
    private BatchBuilder batch;
    private String journal = "";
    private long position;

    /** @param deliveries is told what is published */
    RelayOutput(String subscriber, String client, AckedPublisher publisher, OpenDeliveries deliveries) {
        this.subscriber = subscriber;
        this.client = client;
        this.publisher = publisher;
        this.deliveries = deliveries;
        this.batch = new BatchBuilder(client, stream, 0);
    }

    /**
     * Moves to an event that something may be made of.
     *
     * @return false if this was so before, as when it is delivered again: what was made of it then is published
     */
    boolean moveTo(String journalNow, long positionNow) {
        if (journalNow.equals(journal) && positionNow <= position) {
            return false;
        }
        journal = journalNow;
        position = positionNow;
        return true;
    }

    /** Publishes what was made of the event moved to; once for each. */
    void publish(ByteBuilder event) {
        StreamId now = stream(journal, subscriber, position);
        if (!now.equals(stream)) {
            flush();
            stream = now;
            batch = new BatchBuilder(client, stream, 0);
        }
        long end = (position & ((1L << STREAM_BITS) - 1)) + 1;
        batch.event().append(event.array(), 0, event.length());
        batch.endEvent(end);
        deliveries.published(stream, end);
        if (batch.length() >= BATCH_BYTES) {
            flush();
        }
    }

    /** The stream that holds what is made of the events around a position. */
    static StreamId stream(String journal, String subscriber, long position) {
        UUID id = UUID.nameUUIDFromBytes(
                (journal + " " + subscriber + " " + (position >> STREAM_BITS)).getBytes(StandardCharsets.UTF_8));
        return new StreamId(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** Sends what was published. */
    void flush() {
        if (batch.count() > 0) {
            publisher.publish(batch.finish());
        }
    }
}
