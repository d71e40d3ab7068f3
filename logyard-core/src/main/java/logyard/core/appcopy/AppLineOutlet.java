package logyard.core.appcopy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import logyard.core.event.AppEvents;
import logyard.core.event.BatchBuilder;
import logyard.core.event.EventTime;
import logyard.core.event.StreamId;

/**
 * Sends lines to the core, several in a batch when they come at once. One thread.
 *
 * <p>They are in no file, so that they have a stream of their own for each life of the process, whose positions just
 * count.
 */
final class AppLineOutlet {
    /** A batch is sent when it is as large as this, or no event is waiting. */
    private static final int BATCH_BYTES = 64 << 10;

    private final AppEventCopier.Client client;
    private final String node;
    private final ZoneId zone;
    private final BatchBuilder batch;
    private long position;

    AppLineOutlet(AppEventCopier.Client client, String node, ZoneId zone) {
        this.client = client;
        this.node = node;
        this.zone = zone;
        UUID id = UUID.randomUUID();
        this.batch = new BatchBuilder(
                client.name(), new StreamId(id.getMostSignificantBits(), id.getLeastSignificantBits()), 0);
    }

    /** Takes a line for the next batch; false if there is no room for it, and it is lost. */
    boolean add(AppLine line) {
        if (!client.publisher().hasRoom()) {
            return false;
        }
        var time = new EventTime(Clock.fixed(Instant.ofEpochSecond(line.unixTime()), zone));
        new AppEvents(line.app(), line.source(), "", node, time).append(line.text(), batch.event());
        batch.endEvent(++position);
        if (batch.length() >= BATCH_BYTES) {
            flush();
        }
        return true;
    }

    /** Sends what was added. */
    void flush() {
        if (batch.count() > 0) {
            client.publisher().publish(batch.finish());
        }
    }
}
