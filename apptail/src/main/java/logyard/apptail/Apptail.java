package logyard.apptail;

import java.util.List;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.LiveConfig;
import logyard.core.bus.AckedPublisher;
import logyard.core.bus.Bus;
import logyard.core.daemon.Daemon;
import logyard.core.daemon.NodeId;
import logyard.core.daemon.Registration;
import logyard.core.daemon.Settings;
import logyard.core.event.StreamId;
import logyard.core.settings.ApptailConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Will publish the logs of application instances. So far it is connected to the tree and to the core, and follows no
 * application, which it says.
 */
public final class Apptail implements AutoCloseable {
    /** Under which apptail is listed in the tree, and its name on the bus. */
    public static final String PROCESS = "apptail";

    private static final Logger log = LoggerFactory.getLogger(Apptail.class);

    private static final String NOT_YET = "this version of apptail cannot follow any yet";

    private final Daemon parts = new Daemon(PROCESS);

    private Apptail() {}

    /**
     * Connects to the core and the tree. Neither need be there.
     *
     * @throws logyard.config.ConfigException if the settings in the tree cannot be used
     */
    public static Apptail start(Settings settings, ConfigTree tree) {
        var apptail = new Apptail();
        try {
            apptail.putTogether(settings, tree);
            return apptail;
        } catch (RuntimeException e) {
            apptail.close();
            throw e;
        }
    }

    private void putTogether(Settings settings, ConfigTree tree) {
        String node = NodeId.of(settings);
        Registration registration = parts.closeAtExit(new Registration(tree, node, PROCESS));
        parts.closeAtExit(LiveConfig.open(tree, ConfigPath.APPTAIL, ApptailConfig.class));
        Bus bus = parts.closeAtExit(new Bus(settings.bus()));
        parts.closeAtExit(
                AckedPublisher.start(bus, PROCESS, AckedPublisher.DEFAULT_BOUND_BYTES, new NothingPublished()));
        log.warn("Following no applications: {}", NOT_YET);
        registration.showProblems(List.of(NOT_YET));
        registration.ready(); // once it follows applications: when it has subscribed to NATS
        parts.closeAtExit(registration); // first: what is being stopped is not ready any more
    }

    @Override
    public void close() {
        parts.close();
    }

    /** Whoever publishes nothing waits for nothing. */
    private static final class NothingPublished implements AckedPublisher.Listener {
        @Override
        public void acknowledged(StreamId stream, long position) {
            // There is no stream whose position could be saved.
        }

        @Override
        public void roomAgain() {
            // There is no reader that could have stopped.
        }
    }
}
