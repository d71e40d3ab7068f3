package logyard.cloudevents;

import java.time.ZoneId;
import logyard.core.event.ByteBuilder;
import logyard.core.relay.Relay;
import logyard.core.sieve.CloudEvent;
import logyard.core.sieve.SystailLine;

/** Writes events, and publishes them in place of their lines. One thread. */
final class EventOutlet {
    /** The largest event: of batches, the core takes 2 MiB. */
    static final int MAX_EVENT_BYTES = 1 << 20;

    private final Counts counts;
    private final ByteBuilder event = new ByteBuilder(1024);

    EventOutlet(Counts counts) {
        this.counts = counts;
    }

    /** Publishes an event; false if it is too large, and lost. */
    boolean add(CloudEvent made, SystailLine line, ZoneId zone, Relay.Output output) {
        event.truncate(0);
        made.append(line, zone, event);
        if (event.length() > MAX_EVENT_BYTES) {
            counts.droppedEvent();
            return false;
        }
        output.publish(event);
        counts.event();
        return true;
    }
}
