package logyard.core.settings;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * Settings of cloud_events, in the tree at {@code /proc/logyard/config/cloud_events} (spec 06 §2).
 *
 * @param events specs by the name of a log, or {@code __all__}, and by the type of the event; each is read as an {@link
 *     EventSpec} by itself, so that a bad one takes no other with it
 * @param appCopies whether events about applications are copied into their own streams on nodes without apptail; so it is
 *     if nothing is set
 */
public record CloudEventsConfig(
        @Nullable JsonNode events, @Nullable Boolean appCopies) {
    /** The specs alone. */
    public CloudEventsConfig(@Nullable JsonNode events) {
        this(events, null);
    }

    /** Whether to copy. */
    public boolean copiesForApps() {
        return appCopies == null || appCopies;
    }
}
