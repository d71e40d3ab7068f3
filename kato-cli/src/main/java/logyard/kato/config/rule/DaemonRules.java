package logyard.kato.config.rule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import logyard.config.ConfigReader;
import logyard.config.ConfigSubtree;
import logyard.config.Suggestion;
import logyard.core.settings.ApptailConfig;
import logyard.core.settings.CloudEventsConfig;
import logyard.core.settings.SystailConfig;
import logyard.core.sieve.Sieve;

/**
 * The settings of a daemon: they must be what it reads, by its own record.
 *
 * @param more what the record takes, but the daemon cannot use
 * @param unusual what the daemon can use, but nobody should want
 */
public record DaemonRules<T extends Record>(
        ConfigReader<T> reader,
        Function<ConfigSubtree, List<String>> more,
        Function<ConfigSubtree, List<String>> unusual,
        int depth)
        implements Rules {
    /** The specs of events are one value each: events, group, type. */
    private static final int DEPTH_OF_SPECS = 3;

    /** Those of systail. */
    public static DaemonRules<SystailConfig> systail() {
        return new DaemonRules<>(
                new ConfigReader<>(ConfigPath.SYSTAIL, SystailConfig.class),
                settings -> settings.below("log_files").values().entrySet().stream()
                        .filter(file -> file.getValue().isTextual())
                        .flatMap(file -> SystailConfig.problem(
                                file.getKey(), file.getValue().textValue())
                                .stream())
                        .toList(),
                settings -> List.of(),
                Integer.MAX_VALUE);
    }

    /** Those of apptail. */
    public static DaemonRules<ApptailConfig> apptail() {
        return new DaemonRules<>(
                new ConfigReader<>(ConfigPath.APPTAIL, ApptailConfig.class),
                settings -> List.of(),
                settings -> List.of(),
                Integer.MAX_VALUE);
    }

    /** Those of cloud_events. */
    public static DaemonRules<CloudEventsConfig> cloudEvents() {
        return new DaemonRules<>(
                new ConfigReader<>(ConfigPath.CLOUD_EVENTS, CloudEventsConfig.class),
                settings -> sieve(settings).problems(),
                settings -> sieve(settings).sampleProblems().stream()
                        .map(problem -> problem + "; --force sets it all the same")
                        .toList(),
                DEPTH_OF_SPECS);
    }

    private static Sieve sieve(ConfigSubtree settings) {
        return Sieve.of(new CloudEventsConfig(settings.toJson().get("events")));
    }

    /** What was wrong before and still is does not stand in the way of mending something else. */
    @Override
    public void check(ConfigSubtree before, ConfigSubtree after, boolean force) {
        List<String> problems = new ArrayList<>(problems(after));
        problems.removeAll(problems(before));
        if (!force) {
            problems.addAll(0, unknown(before, after));
            List<String> unwanted = new ArrayList<>(unusual.apply(after));
            unwanted.removeAll(unusual.apply(before));
            problems.addAll(unwanted);
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
    }

    private List<String> unknown(ConfigSubtree before, ConfigSubtree after) {
        List<String> unknown = new ArrayList<>(reader.unknown(after));
        unknown.removeAll(reader.unknown(before));
        return unknown.stream()
                .map(name -> "unknown key " + name + Suggestion.hint(name, reader.known())
                        + "; --force sets it all the same")
                .toList();
    }

    private List<String> problems(ConfigSubtree settings) {
        List<String> problems = new ArrayList<>(more.apply(settings));
        try {
            T unused = reader.read(settings);
        } catch (ConfigException e) {
            problems.addAll(e.problems());
        }
        return problems;
    }
}
