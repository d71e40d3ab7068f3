package logyard.core.appcopy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import logyard.core.event.AppEvents;
import logyard.core.event.ByteBuilder;
import logyard.core.event.EventTime;
import logyard.core.relay.Relay;

/** Writes lines, and publishes them in place of their events. One thread. */
final class AppLineOutlet {
    private final String node;
    private final ZoneId zone;
    private final ByteBuilder event = new ByteBuilder(1024);

    AppLineOutlet(String node, ZoneId zone) {
        this.node = node;
        this.zone = zone;
    }

    /** Publishes a line. */
    void add(AppLine line, Relay.Output output) {
        event.truncate(0);
        var time = new EventTime(Clock.fixed(Instant.ofEpochSecond(line.unixTime()), zone));
        new AppEvents(line.app(), line.source(), "", node, time).append(line.text(), event);
        output.publish(event);
    }
}
