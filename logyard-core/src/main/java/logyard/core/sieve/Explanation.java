package logyard.core.sieve;

import java.util.List;
import java.util.Optional;

/**
 * Why a line gives an event, or none.
 *
 * @param isOwnLog whether it is a line of cloud_events itself, which never gives one
 * @param trials the specs of its own group, then those for all
 * @param event what it gives
 * @param failure why the deciding spec could make nothing of it
 */
public record Explanation(boolean isOwnLog, List<Trial> trials, Optional<CloudEvent> event, Optional<String> failure) {
    public Explanation {
        trials = List.copyOf(trials);
    }
}
