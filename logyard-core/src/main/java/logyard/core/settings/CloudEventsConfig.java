package logyard.core.settings;

import java.util.Map;

/**
 * Settings of cloud_events, in the tree at {@code /proc/logyard/config/cloud_events} (spec 06 §2).
 *
 * @param events specs by the name of a log, or {@code __all__}, and by the type of the event
 */
public record CloudEventsConfig(Map<String, Map<String, EventSpec>> events) {
    public CloudEventsConfig {
        events = Map.copyOf(events);
    }
}
