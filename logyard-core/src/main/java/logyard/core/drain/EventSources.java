package logyard.core.drain;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import logyard.config.ConfigSubtree;
import logyard.core.daemon.Setting;
import logyard.core.daemon.Settings;
import logyard.core.settings.SystailConfig;

/**
 * The files of a node that events come from. A drain that wrote there would feed itself without end, or could put words into
 * others' mouths.
 */
public final class EventSources {
    /** Logs that Logyard writes itself in {@code logs.dir}, also those that somebody has systail follow no more. */
    private static final Set<String> OWN =
            Set.of("kato", "logyard", "systail", "apptail", "cloud_events", "logyard-remote", "logyard-node");

    private EventSources() {}

    /**
     * Which they are, also where they are not there yet.
     *
     * @param systail the settings of systail; entries of no use are left out
     */
    public static Set<Path> of(ConfigSubtree systail, Settings settings) {
        Path logs = settings.path(Setting.LOGS_DIR);
        Set<Path> sources = new HashSet<>();
        OWN.forEach(name -> sources.add(logs.resolve(name + ".log")));
        systail.below("log_files").values().forEach((name, value) -> {
            String path = value.asText();
            if (SystailConfig.problem(name, path).isEmpty()) {
                sources.add(SystailConfig.path(name, path, logs).normalize());
            }
        });
        return Set.copyOf(sources);
    }
}
