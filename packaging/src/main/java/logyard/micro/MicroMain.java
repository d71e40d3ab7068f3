package logyard.micro;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import logyard.apptail.Apptail;
import logyard.cloudevents.CloudEvents;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.FolderLock;
import logyard.core.LogyardCore;
import logyard.core.daemon.ClusterTree;
import logyard.core.daemon.Daemon;
import logyard.core.daemon.NameLookups;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.core.daemon.Version;
import logyard.core.daemon.metrics.Endpoint;
import logyard.core.daemon.metrics.Vitals;
import logyard.core.drain.DrainTypes;
import logyard.systail.Systail;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * All of Logyard in one process, with a ZooKeeper of its own, and a redis-server beside it: the classes of the daemons,
 * wired otherwise. Everything is below one folder, and listens on loopback only.
 */
@Command(
        name = "logyard-micro",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Runs all of Logyard in one process, with a ZooKeeper of its own.")
public final class MicroMain implements Callable<Integer> {
    private static final String NAME = "logyard-micro";

    /** That in the URIs of the built-in drains. */
    private static final int REDIS_PORT = 6464;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where everything is kept (default: ~/.logyard)",
            defaultValue = "${sys:user.home}/.logyard")
    private Path home = Path.of(".logyard");

    @Option(
            names = "--zookeeper-port",
            paramLabel = "PORT",
            description = "Port of the ZooKeeper inside (default: ${DEFAULT-VALUE})",
            defaultValue = "2181")
    private int zooKeeperPort;

    @Option(
            names = "--redis-port",
            paramLabel = "PORT",
            description = "Port of the Redis beside it, for the built-in drains; 0 for any (default: ${DEFAULT-VALUE})",
            defaultValue = "" + REDIS_PORT)
    private int redisPort;

    @Option(
            names = "--log",
            paramLabel = "NAME=PATH",
            description = "A log file to follow, in addition to those in the tree; may be repeated")
    private Map<String, Path> logs = new LinkedHashMap<>();

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One setting; may be repeated")
    private Map<String, String> set = new LinkedHashMap<>();

    MicroMain() {}

    /** Runs until SIGTERM or Ctrl-C. */
    public static void main(String[] args) {
        NameLookups.uncached();
        System.exit(new CommandLine(new MicroMain()).execute(args));
    }

    @Override
    public Integer call() {
        Logger log = LoggerFactory.getLogger(MicroMain.class);
        try (var daemon = Daemon.ofProcess(NAME)) {
            start(daemon);
            daemon.runUntilStopped();
            return CommandLine.ExitCode.OK;
        } catch (ConfigException e) {
            log.error("Cannot start {}: {}", NAME, e.getMessage());
            return CommandLine.ExitCode.USAGE;
        } catch (IOException | RuntimeException e) {
            log.error("Cannot start {}: {}", NAME, e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** Where NATS is named. It needs more of the platform than the others, which go on without it. */
    private static void startApptail(Daemon daemon, Settings settings, ConfigTree tree, Vitals vitals) {
        if (settings.text(Setting.APPTAIL_NATS).isEmpty()
                && tree.read(ConfigPath.MBUS).isEmpty()) {
            LoggerFactory.getLogger(MicroMain.class)
                    .info(
                            "Without apptail: it hears of applications on NATS, which --set apptail.nats=nats://HOST:4222 names");
            return;
        }
        try {
            daemon.closeAtExit(Apptail.start(settings, tree, vitals));
        } catch (IOException e) {
            LoggerFactory.getLogger(MicroMain.class).warn("Going on without apptail: {}", e.getMessage());
        }
    }

    private void start(Daemon daemon) throws IOException {
        Path base = home.toAbsolutePath().normalize();
        Files.createDirectories(base.resolve("logs"));
        daemon.closeAtExit(FolderLock.take(base));
        EmbeddedZooKeeper zooKeeper =
                daemon.closeAtExit(EmbeddedZooKeeper.start(base.resolve("zookeeper"), zooKeeperPort));
        Path conf = base.resolve("logyard.properties");
        MicroSettings.write(conf, base, zooKeeper.connect());
        Settings settings = Settings.load(Optional.of(conf), set, System.getenv());
        var vitals = new Vitals();
        Endpoint.open(settings, NAME, vitals).ifPresent(daemon::closeAtExit);
        ConfigTree tree = daemon.closeAtExit(ClusterTree.forDaemon(settings, NAME, true, vitals));
        Optional<PrivateRedis> redis = PrivateRedis.start(base.resolve("redis"), redisPort);
        redis.ifPresent(daemon::closeAtExit);
        BuiltInDrains.sendTo(redis.map(PrivateRedis::port).orElse(redisPort == 0 ? REDIS_PORT : redisPort), tree);
        daemon.closeAtExit(LogyardCore.start(settings, tree, DrainTypes.installed(), vitals));
        logs.forEach((name, path) -> tree.set(
                ConfigPath.SYSTAIL.child("log_files").child(name),
                TextNode.valueOf(path.toAbsolutePath().toString())));
        daemon.closeAtExit(CloudEvents.start(settings, tree, vitals)); // first, to miss no line
        startApptail(daemon, settings, tree, vitals);
        daemon.closeAtExit(Systail.start(settings, tree, vitals));
        vitals.started();
        daemon.closeAtExit(vitals::stopping); // first of all
    }
}
