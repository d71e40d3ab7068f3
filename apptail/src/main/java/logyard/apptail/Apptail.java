package logyard.apptail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import logyard.apptail.docker.ContainerPositions;
import logyard.apptail.docker.Docker;
import logyard.apptail.docker.DockerAddress;
import logyard.apptail.instance.Announcements;
import logyard.apptail.instance.Counts;
import logyard.apptail.instance.Instances;
import logyard.apptail.instance.LogLocator;
import logyard.apptail.root.InstanceRoot;
import logyard.apptail.timeline.Timeline;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.LiveConfig;
import logyard.core.appcopy.AppEventCopier;
import logyard.core.bus.AckedPublisher;
import logyard.core.bus.Bus;
import logyard.core.daemon.Daemon;
import logyard.core.daemon.NodeId;
import logyard.core.daemon.Registration;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.core.daemon.metrics.Vitals;
import logyard.core.figures.PublisherMetrics;
import logyard.core.figures.TailMetrics;
import logyard.core.settings.ApptailConfig;
import logyard.core.settings.CloudController;
import logyard.core.tail.FileTailer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the lines of the application instances of this node as {@code apptail.<app>}. Which instances there are is
 * heard on NATS and remembered on disk. A line counts as done, and its file's position is saved, when the core has stored
 * it.
 */
public final class Apptail implements AutoCloseable {
    /** Under which apptail is listed in the tree, and its name on the bus. */
    public static final String PROCESS = "apptail";

    /** Until then a DEA that lists what has ended has been asked again. */
    private static final Duration LINGER = Announcements.ASK_AGAIN.multipliedBy(2);

    private static final Logger log = LoggerFactory.getLogger(Apptail.class);

    /** How long a stop waits for the core to store what was sent: less is read again at the next start. */
    private static final Duration LAST_ACKNOWLEDGEMENTS = Duration.ofSeconds(3);

    private final Daemon parts = new Daemon(PROCESS);
    private final Counts counts = new Counts();

    private Apptail() {}

    /**
     * Follows the instances it knows of, and listens for more. Neither the core nor the tree nor NATS need be there.
     *
     * @param vitals are told how it is
     * @throws IOException if the positions cannot be kept, or the platform lacks what apptail needs
     * @throws logyard.config.ConfigException if the settings in the tree cannot be used
     */
    public static Apptail start(Settings settings, ConfigTree tree, Vitals vitals) throws IOException {
        return start(settings, tree, Announcements.ASK_AGAIN, LINGER, vitals);
    }

    static Apptail start(Settings settings, ConfigTree tree, Duration askAgain, Duration linger, Vitals vitals)
            throws IOException {
        var apptail = new Apptail();
        try {
            apptail.putTogether(settings, tree, askAgain, linger, vitals);
            return apptail;
        } catch (IOException | RuntimeException e) {
            apptail.close();
            throw e;
        }
    }

    private void putTogether(Settings settings, ConfigTree tree, Duration askAgain, Duration linger, Vitals vitals)
            throws IOException {
        InstanceRoot.checkPlatform();
        String node = NodeId.of(settings);
        Registration registration = parts.closeAtExit(new Registration(tree, node, PROCESS));
        Path state = Files.createDirectories(settings.path(Setting.STATE_DIR).resolve(PROCESS));
        LiveConfig<ApptailConfig> config =
                parts.closeAtExit(LiveConfig.open(tree, ConfigPath.APPTAIL, ApptailConfig.class));
        var links = new Links(settings.text(Setting.APPTAIL_NATS));
        CloudController controller = parts.closeAtExit(new CloudController(tree, links::mbus));
        Bus bus = parts.closeAtExit(new Bus(settings.bus()));
        AckedPublisher publisher =
                parts.closeAtExit(AckedPublisher.start(bus, PROCESS, AckedPublisher.DEFAULT_BOUND_BYTES, links));
        Clock clock = Clock.system(ZoneId.systemDefault());
        var timeline = new Timeline(PROCESS, node, controller::brand, clock, publisher);
        var losses = new LossTexts(() -> Following.readLimit(config.current()));
        var lines = new LinePublisher(publisher, timeline, losses, links::left);
        String dockerUrl = settings.text(Setting.APPTAIL_DOCKER_URL);
        Optional<ContainerPositions> containers =
                dockerUrl.isEmpty() ? Optional.empty() : Optional.of(parts.closeAtExit(ContainerPositions.open(state)));
        containers.ifPresent(links::of);
        FileTailer tailer = parts.closeAtExit(FileTailer.start(state, lines));
        parts.closeAtExit(() -> {
            lines.stop();
            if (!publisher.awaitAcknowledged(LAST_ACKNOWLEDGEMENTS)) {
                log.info("The core did not store everything, it will be read again");
            }
        });
        Optional<Docker> docker = containers.map(positions -> parts.closeAtExit(
                Docker.start(DockerAddress.parse(dockerUrl, Setting.APPTAIL_DOCKER_URL.key()), positions, links)));
        docker.ifPresent(links::of);
        var output = new ContainerWriter.Parts(publisher, timeline, lines, links::left);
        var following = new Following(
                new Following.Readers(
                        tailer,
                        docker,
                        app -> (container, stream, thread) ->
                                new ContainerWriter(output, container + "/" + stream, app, thread)),
                lines,
                timeline,
                config::current,
                new Following.Voice(controller::brand, node, clock));
        var locator =
                new LogLocator(settings.paths(Setting.APPTAIL_ALLOWED_ROOTS), docker.isPresent(), following, counts);
        Instances instances =
                parts.closeAtExit(new Instances(state, locator, following, counts, linger, System::nanoTime));
        links.of(tailer, timeline, instances);
        parts.closeAtExit(AppEventCopier.start(
                settings, new AppEventCopier.Client(PROCESS, bus, publisher), controller::brand, () -> true));
        instances.start(() -> {
            tailer.forgetOthers();
            docker.ifPresent(Docker::forgetOthers);
        });
        config.onChange(changed -> instances.followAnew());
        Announcements announcements = parts.closeAtExit(Announcements.start(
                settings.path(Setting.APPTAIL_UID_FILE), instances, counts, askAgain, registration::ready));
        links.of(announcements);
        parts.closeAtExit(vitals.add())
                .isDaemon(PROCESS, registration::isReady)
                .hasThread(PROCESS + ".tail", tailer::sinceLastRound)
                .hasThread(PROCESS + ".bus", publisher::sinceLastRound)
                .measures(new InstanceMetrics(counts, announcements))
                .measures(new TailMetrics(PROCESS, tailer, false))
                .measures(new PublisherMetrics(PROCESS, publisher));
        parts.closeAtExit(registration); // first: what is being stopped is not ready any more
    }

    /** What was heard of instances since the start. */
    public Counts counts() {
        return counts;
    }

    @Override
    public void close() {
        parts.close();
    }
}
