package logyard.cloudevents;

import java.util.List;
import java.util.Objects;
import logyard.core.settings.CloudEventsConfig;
import logyard.core.sieve.Sieve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sieve of the specs in force. The sieve itself is for the thread that recognises; any thread may replace it by
 * another.
 */
final class LiveSieve {
    private static final Logger log = LoggerFactory.getLogger(LiveSieve.class);

    private CloudEventsConfig config;
    private List<String> problems = List.of();
    private volatile Sieve current;

    LiveSieve(CloudEventsConfig config) {
        this.config = config;
        this.current = Sieve.of(config);
        take(current);
    }

    /** The sieve in force. */
    Sieve current() {
        return current;
    }

    /** What is wrong with the specs that are not in force. */
    synchronized List<String> problems() {
        return problems;
    }

    /**
     * Goes over to other specs. Of those that cannot be used each is told and left out; if that would leave nothing, those
     * before stay.
     */
    synchronized void replace(CloudEventsConfig changed) {
        if (Objects.equals(changed.events(), config.events())) {
            return;
        }
        config = changed;
        Sieve sieve = Sieve.of(changed);
        if (sieve.size() == 0 && !sieve.problems().isEmpty() && current.size() > 0) {
            log.error("Not one spec can be used, the {} before stay in force", current.size());
            tell(sieve);
        } else {
            take(sieve);
        }
    }

    private void take(Sieve sieve) {
        current = sieve;
        log.info("Looking for events by {} specs", sieve.size());
        tell(sieve);
    }

    private synchronized void tell(Sieve sieve) {
        problems = sieve.problems();
        problems.forEach(problem -> log.error("Left out a spec: {}", problem));
    }
}
