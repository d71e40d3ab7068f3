package logyard.systail;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.LiveConfig;
import logyard.core.bus.AckedPublisher;
import logyard.core.bus.Bus;
import logyard.core.daemon.Daemon;
import logyard.core.daemon.NodeId;
import logyard.core.daemon.Registration;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.core.daemon.metrics.Vitals;
import logyard.core.event.EventTime;
import logyard.core.event.StreamId;
import logyard.core.figures.PublisherMetrics;
import logyard.core.figures.TailMetrics;
import logyard.core.settings.SystailConfig;
import logyard.core.tail.FileTailer;
import logyard.core.tail.FollowOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes each new line of the configured log files as {@code systail.<name>.<node>}. A line counts as done, and its
 * file's position is saved, when the core has stored it.
 */
public final class Systail implements AutoCloseable {
    /** Under which systail is listed in the tree, and its name on the bus. */
    public static final String PROCESS = "systail";

    private static final Logger log = LoggerFactory.getLogger(Systail.class);

    private static final Duration START_LIMIT = Duration.ofSeconds(30);

    /** How long a stop waits for the core to store what was sent: less is read again at the next start. */
    private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(3);

    private final Daemon parts = new Daemon(PROCESS);
    private final Path logsDir;
    private Map<String, Path> followed = Map.of();
    private int maxRecordSize;
    private boolean started;

    private Systail(Path logsDir) {
        this.logsDir = logsDir;
    }

    /**
     * Starts following what the tree names.
     *
     * @throws IOException if the positions cannot be kept
     */
    public static Systail start(Settings settings, ConfigTree tree) throws IOException {
        return start(settings, tree, new Vitals());
    }

    /**
     * The same where somebody wants to know how it is.
     *
     * @param vitals are told
     */
    public static Systail start(Settings settings, ConfigTree tree, Vitals vitals) throws IOException {
        var systail = new Systail(settings.path(Setting.LOGS_DIR));
        try {
            systail.putTogether(settings, tree, vitals);
            return systail;
        } catch (IOException | RuntimeException e) {
            systail.close();
            throw e;
        }
    }

    private void putTogether(Settings settings, ConfigTree tree, Vitals vitals) throws IOException {
        String node = NodeId.of(settings);
        Registration registration = parts.closeAtExit(new Registration(tree, node, PROCESS));
        LiveConfig<SystailConfig> config =
                parts.closeAtExit(LiveConfig.open(tree, ConfigPath.SYSTAIL, SystailConfig.class));
        Bus bus = parts.closeAtExit(new Bus(settings.bus()));
        var progress = new Progress();
        AckedPublisher publisher =
                parts.closeAtExit(AckedPublisher.start(bus, PROCESS, AckedPublisher.DEFAULT_BOUND_BYTES, progress));
        var lines = new LinePublisher(node, new EventTime(Clock.system(ZoneId.systemDefault())), publisher);
        FileTailer tailer = parts.closeAtExit(
                FileTailer.start(settings.path(Setting.STATE_DIR).resolve(PROCESS), lines));
        progress.of(tailer);
        parts.closeAtExit(() -> {
            lines.stop();
            if (!publisher.awaitAcknowledged(LAST_ACKNOWLEDGEMENTS)) {
                log.info("The core did not store everything, it will be read again");
            }
        });
        follow(tailer, config.current());
        tailer.forgetOthers();
        config.onChange(changed -> follow(tailer, changed));
        parts.closeAtExit(vitals.add())
                .isDaemon(PROCESS, registration::isReady)
                .hasThread("systail.tail", tailer::sinceLastRound)
                .hasThread("systail.bus", publisher::sinceLastRound)
                .measures(new TailMetrics(PROCESS, tailer, true))
                .measures(new PublisherMetrics(PROCESS, publisher));
        awaitFollowed(tailer);
        registration.ready();
        parts.closeAtExit(registration); // first: what is being stopped is not ready any more
    }

    private static void awaitFollowed(FileTailer tailer) {
        try {
            if (!tailer.awaitFollowed(START_LIMIT)) {
                log.warn("Not every file was looked at within {} s, going on", START_LIMIT.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Follows what the settings name, and nothing else. */
    private synchronized void follow(FileTailer tailer, SystailConfig config) {
        Map<String, Path> wanted = paths(config);
        Set<String> added = without(wanted.keySet(), followed.keySet());
        Set<String> removed = without(followed.keySet(), wanted.keySet());
        Set<String> moved = new TreeSet<>();
        removed.forEach(tailer::unfollow);
        wanted.forEach((name, path) -> {
            boolean isNew = added.contains(name);
            if (!isNew && !path.equals(followed.get(name))) {
                moved.add(name);
            }
            if (isNew || moved.contains(name) || config.maxRecordSize() != maxRecordSize) {
                tailer.follow(name, path, FollowOptions.fromEnd(config.maxRecordSize()));
            }
        });
        maxRecordSize = config.maxRecordSize();
        followed = wanted;
        if (!started || !added.isEmpty() || !removed.isEmpty() || !moved.isEmpty()) {
            log.info(
                    "Following {} files{}{}{}",
                    wanted.size(),
                    listed("added", added),
                    listed("removed", removed),
                    listed("moved", moved));
        }
        started = true;
    }

    private static Set<String> without(Set<String> names, Set<String> others) {
        var rest = new TreeSet<>(names);
        rest.removeAll(others);
        return rest;
    }

    private static String listed(String what, Set<String> names) {
        return names.isEmpty() ? "" : ", " + what + ": " + String.join(" ", names);
    }

    private Map<String, Path> paths(SystailConfig config) {
        Map<String, Path> paths = new TreeMap<>();
        config.logFiles().forEach((name, path) -> {
            Optional<String> problem = SystailConfig.problem(name, path);
            if (problem.isPresent()) {
                log.warn("Not following {}", problem.get());
            } else {
                paths.put(name, SystailConfig.path(name, path, logsDir));
            }
        });
        return paths;
    }

    @Override
    public void close() {
        parts.close();
    }

    /** From the core's acknowledgements to the saved positions, and back to reading. */
    private static final class Progress implements AckedPublisher.Listener {
        private volatile @Nullable FileTailer tailer;

        void of(FileTailer followed) {
            tailer = followed;
        }

        @Override
        public void acknowledged(StreamId stream, long position) {
            FileTailer followed = tailer;
            if (followed != null) {
                followed.acknowledge(new logyard.core.tail.position.StreamId(stream.high(), stream.low()), position);
            }
        }

        @Override
        public void roomAgain() {
            FileTailer followed = tailer;
            if (followed != null) {
                followed.wakeUp();
            }
        }
    }
}
