package logyard.apptail.timeline;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import logyard.core.bus.AckedPublisher;
import logyard.core.event.AppEvents;
import logyard.core.event.AppInstance;
import logyard.core.event.BatchBuilder;
import logyard.core.event.ByteBuilder;
import logyard.core.event.EventTime;
import logyard.core.event.StreamId;
import logyard.core.event.TimelineEvents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells what happened to an instance: as an event {@code event.timeline}, and as a line among those of the application
 * (spec 05 §9). While the core takes nothing, {@value #MOST_WAITING} texts wait, {@value
 * #MOST_WAITING_OF_APP} of one application; more are dropped and counted.
 *
 * <p>They are in no file, so that they have a stream of their own for each life of the process, whose positions just
 * count. Any thread may call; nobody waits.
 */
public final class Timeline {
    static final int MOST_WAITING = 1000;

    /** Of one application: it must not keep the others' from being told. */
    static final int MOST_WAITING_OF_APP = 100;

    private static final Logger log = LoggerFactory.getLogger(Timeline.class);

    private final String client;
    private final String node;
    private final Supplier<String> brand;
    private final AckedPublisher publisher;
    private final EventTime time;
    private final TimelineEvents events;
    private final BatchBuilder batch;
    private final Deque<Told> waiting = new ArrayDeque<>();
    private final Map<String, Integer> waitingOf = new HashMap<>();
    private long published;
    private long dropped;

    private record Told(AppInstance app, String text) {}

    /**
     * Nothing is told yet.
     *
     * @param client who publishes, and who tells
     * @param brand what the cluster is called in the {@code source} of such lines
     */
    public Timeline(String client, String node, Supplier<String> brand, Clock clock, AckedPublisher publisher) {
        this.client = client;
        this.node = node;
        this.brand = brand;
        this.publisher = publisher;
        this.time = new EventTime(clock);
        this.events = new TimelineEvents(client, node, time);
        UUID id = UUID.randomUUID();
        this.batch =
                new BatchBuilder(client, new StreamId(id.getMostSignificantBits(), id.getLeastSignificantBits()), 0);
    }

    /** Tells something of an instance. */
    public synchronized void tell(AppInstance app, String text) {
        publish();
        int ofApp = waitingOf.getOrDefault(app.guid(), 0);
        if (waiting.size() >= MOST_WAITING || ofApp >= MOST_WAITING_OF_APP) {
            if (dropped++ == 0) {
                log.warn(
                        "{} notices to applications wait for the core, {} of one: more are dropped",
                        waiting.size(),
                        ofApp);
            }
            return;
        }
        waiting.add(new Told(app, text));
        waitingOf.put(app.guid(), ofApp + 1);
        publish();
    }

    /** Publishes what waits, if there is room. */
    public synchronized void publish() {
        while (!waiting.isEmpty() && publisher.hasRoom()) {
            Told told = waiting.remove();
            waitingOf.computeIfPresent(told.app().guid(), (guid, count) -> count > 1 ? count - 1 : null);
            ByteBuilder event = batch.event();
            events.append(told.app(), told.text(), event);
            batch.endEvent(++published);
            line(told.app()).append(told.text(), batch.event());
            batch.endEvent(++published);
            publisher.publish(batch.finish());
        }
        if (waiting.isEmpty() && dropped > 0) {
            log.error("Dropped {} notices to applications, as the core did not take them", dropped);
            dropped = 0;
        }
    }

    private AppEvents line(AppInstance app) {
        String process = app.index() < 0 ? client : client + "." + app.index();
        return new AppEvents(app, brand.get() + "[" + process + "]", "", node, time);
    }
}
