package logyard.core.daemon;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import logyard.config.ConfigException;
import logyard.config.fault.FaultPoint;
import logyard.core.daemon.metrics.Endpoint;
import logyard.core.daemon.metrics.Vitals;
import logyard.core.daemon.systemd.ServiceManager;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The command line that all daemons share: {@code --conf FILE} and {@code --set key=value}. */
@Command(mixinStandardHelpOptions = true, versionProvider = Version.class, showDefaultValues = true)
public final class DaemonCommand implements Callable<Integer> {
    /** What the daemon does, from its settings on. */
    public interface Body {
        /**
         * Starts everything.
         *
         * @param daemon is handed what is to be closed at the end
         * @param vitals to which every part adds what it has to tell
         */
        void start(Settings settings, Daemon daemon, Vitals vitals) throws Exception;
    }

    private final String name;
    private final Body body;

    @Option(
            names = "--conf",
            paramLabel = "FILE",
            description = "Local settings; $LOGYARD_CONF or /etc/logyard/logyard.properties if not given")
    private @Nullable Path conf;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One setting, over all files")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--check", description = "Check the settings, and end")
    private boolean check;

    private DaemonCommand(String name, Body body) {
        this.name = name;
        this.body = body;
    }

    /** Runs a daemon until it is told to end; returns the exit status. */
    public static int run(String name, String[] args, Body body) {
        NameLookups.uncached();
        return new CommandLine(new DaemonCommand(name, body))
                .setCommandName(name)
                .execute(args);
    }

    /** The command line of a daemon, to be looked at, not to be run. */
    public static CommandSpec describe(String name) {
        return CommandSpec.forAnnotatedObject(new DaemonCommand(name, (settings, daemon, vitals) -> {}))
                .name(name);
    }

    @Override
    public Integer call() {
        Settings settings;
        try {
            settings = Settings.load(Optional.ofNullable(conf), set, System.getenv());
        } catch (ConfigException e) {
            return refused(e);
        }
        if (check) {
            return checked(settings);
        }
        Optional<FaultPoint> fault;
        try {
            fault = FaultPoint.ofProcess();
        } catch (ConfigException e) {
            return refused(e);
        }
        LogFile.open(settings.path(Setting.LOGS_DIR), name);
        fault.ifPresent(point -> LoggerFactory.getLogger(DaemonCommand.class)
                .warn("This process will kill itself, as {}={} says", FaultPoint.PROPERTY, point));
        try (var daemon = Daemon.ofProcess(name)) {
            var vitals = new Vitals();
            Endpoint.open(settings, name, vitals).ifPresent(daemon::closeAtExit);
            body.start(settings, daemon, vitals);
            vitals.started();
            ServiceManager.tell(System.getenv(), vitals).ifPresent(daemon::closeAtExit);
            daemon.closeAtExit(vitals::stopping); // first of all
            daemon.runUntilStopped();
            return CommandLine.ExitCode.OK;
        } catch (ConfigException e) {
            return refused(e);
        } catch (Exception e) {
            LoggerFactory.getLogger(DaemonCommand.class).error("Cannot start {}: {}", name, describe(e));
            return CommandLine.ExitCode.SOFTWARE;
        }
    }

    /** Reads each setting as the daemons will. */
    private int checked(Settings settings) {
        try {
            settings.checkAll();
            return CommandLine.ExitCode.OK;
        } catch (ConfigException e) {
            return refused(e);
        }
    }

    private int refused(ConfigException e) {
        System.err.println(name + ": " + e.getMessage());
        return CommandLine.ExitCode.USAGE;
    }

    private static String describe(Exception e) {
        String message = e.getMessage();
        return message == null ? e.toString() : message;
    }
}
