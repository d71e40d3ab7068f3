package logyard.cloudevents;

import java.time.ZoneId;
import java.util.UUID;
import logyard.core.bus.AckedPublisher;
import logyard.core.event.BatchBuilder;
import logyard.core.event.ByteBuilder;
import logyard.core.event.StreamId;
import logyard.core.sieve.CloudEvent;
import logyard.core.sieve.SystailLine;

/**
 * Sends events to the core, several in a batch when they come at once. One thread.
 *
 * <p>They are in no file, so that they have a stream of their own for each life of the process, whose positions just
 * count.
 */
final class EventOutlet {
    /** A batch is sent when it is as large as this, or no line is waiting. */
    private static final int BATCH_BYTES = 64 << 10;

    /** The largest event: of batches, the core takes 2 MiB. */
    static final int MAX_EVENT_BYTES = 1 << 20;

    private final AckedPublisher publisher;
    private final Counts counts;
    private final BatchBuilder batch;
    private final ByteBuilder event = new ByteBuilder(1024);
    private long position;

    EventOutlet(AckedPublisher publisher, Counts counts) {
        this.publisher = publisher;
        this.counts = counts;
        UUID id = UUID.randomUUID();
        this.batch = new BatchBuilder(
                CloudEvents.PROCESS, new StreamId(id.getMostSignificantBits(), id.getLeastSignificantBits()), 0);
    }

    /** Takes an event for the next batch; false if there is no room for it, and it is lost. */
    boolean add(CloudEvent made, SystailLine line, ZoneId zone) {
        event.truncate(0);
        made.append(line, zone, event);
        if (!publisher.hasRoom() || event.length() > MAX_EVENT_BYTES) {
            counts.droppedEvent();
            return false;
        }
        batch.event().append(event.array(), 0, event.length());
        batch.endEvent(++position);
        counts.event();
        if (batch.length() >= BATCH_BYTES) {
            flush();
        }
        return true;
    }

    /** Sends what was added. */
    void flush() {
        if (batch.count() > 0) {
            publisher.publish(batch.finish());
        }
    }
}
