package logyard.cloudevents;

import java.time.Duration;
import java.time.ZoneId;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.LiveConfig;
import logyard.core.appcopy.AppEventCopier;
import logyard.core.bus.AckedPublisher;
import logyard.core.bus.Bus;
import logyard.core.daemon.Daemon;
import logyard.core.daemon.NodeId;
import logyard.core.daemon.Registration;
import logyard.core.daemon.Settings;
import logyard.core.daemon.metrics.Vitals;
import logyard.core.event.StreamId;
import logyard.core.figures.PublisherMetrics;
import logyard.core.settings.CloudController;
import logyard.core.settings.CloudEventsConfig;
import logyard.core.sieve.Sieve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the lines of this node from its core, and sends it an {@code event.<type>} for each that a spec recognises. A line
 * counts as read when the core has stored its event: whatever is killed in between, it gives that event once.
 */
public final class CloudEvents implements AutoCloseable {
    /** Under which cloud_events is listed in the tree, its name on the bus, and that of its log. */
    public static final String PROCESS = Sieve.OWN_LOG;

    private static final Logger log = LoggerFactory.getLogger(CloudEvents.class);

    /** How long a stop waits for the core to store what was sent. */
    private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(3);

    private final Daemon parts = new Daemon(PROCESS);
    private final Counts counts = new Counts();

    private CloudEvents() {}

    /** Starts recognising; the core need not run yet. */
    public static CloudEvents start(Settings settings, ConfigTree tree) {
        return start(settings, tree, new Vitals());
    }

    /**
     * The same where somebody wants to know how it is.
     *
     * @param vitals are told
     */
    public static CloudEvents start(Settings settings, ConfigTree tree, Vitals vitals) {
        var events = new CloudEvents();
        try {
            events.putTogether(settings, tree, vitals);
            return events;
        } catch (RuntimeException e) {
            events.close();
            throw e;
        }
    }

    private void putTogether(Settings settings, ConfigTree tree, Vitals vitals) {
        Registration registration = parts.closeAtExit(new Registration(tree, NodeId.of(settings), PROCESS));
        LiveConfig<CloudEventsConfig> config =
                parts.closeAtExit(LiveConfig.open(tree, ConfigPath.CLOUD_EVENTS, CloudEventsConfig.class));
        var sieve = new LiveSieve(config.current());
        Bus bus = parts.closeAtExit(new Bus(settings.bus()));
        AckedPublisher publisher = parts.closeAtExit(
                AckedPublisher.start(bus, PROCESS, AckedPublisher.DEFAULT_BOUND_BYTES, new Unheard()));
        parts.closeAtExit(() -> {
            if (!publisher.awaitAcknowledged(LAST_ACKNOWLEDGEMENTS)) {
                log.warn("The core did not store the last events, they are made again at the next start");
            }
        });
        var recognizer = new Recognizer(sieve, new EventOutlet(counts), ZoneId.systemDefault(), counts);
        CloudController controller = parts.closeAtExit(new CloudController(tree, mbus -> {}));
        parts.closeAtExit(AppEventCopier.start(
                settings,
                new AppEventCopier.Client(PROCESS, bus, publisher),
                controller::brand,
                () -> config.current().copiesForApps()));
        LineReader reader = parts.closeAtExit(LineReader.start(bus, publisher, recognizer, registration::ready));
        parts.closeAtExit(vitals.add())
                .isDaemon(PROCESS, registration::isReady)
                .hasThread(PROCESS + ".sieve", reader::sinceLastRound)
                .hasThread(PROCESS + ".bus", publisher::sinceLastRound)
                .measures(new SieveMetrics(counts, sieve))
                .measures(new PublisherMetrics(PROCESS, publisher));
        parts.closeAtExit(registration); // first: what is being stopped is not ready any more
        registration.showProblems(sieve.problems());
        config.onChange(changed -> {
            sieve.replace(changed);
            registration.showProblems(sieve.problems());
        });
        sieve.replace(config.current()); // it may have changed before somebody listened
    }

    /** What it has done since its start. */
    public Counts counts() {
        return counts;
    }

    @Override
    public void close() {
        parts.close();
    }

    /** Who reads tells the publisher itself that it wants to know what is safe. */
    private static final class Unheard implements AckedPublisher.Listener {
        @Override
        public void acknowledged(StreamId stream, long position) {}

        @Override
        public void roomAgain() {}
    }
}
