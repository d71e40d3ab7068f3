package logyard.kato.config.rule;

import com.fasterxml.jackson.databind.JsonNode;
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
import logyard.kato.action.ActionLog;

/**
 * The settings of a daemon: they must be what it reads, by its own record.
 *
 * @param more what the record takes, but the daemon cannot use
 * @param unusual what the daemon can use, but nobody should want
 * @param risky what somebody may want who knows what comes of it
 */
public record DaemonRules<T extends Record>(
        ConfigReader<T> reader,
        Function<ConfigSubtree, List<String>> more,
        Function<ConfigSubtree, List<String>> unusual,
        Function<ConfigSubtree, List<String>> risky,
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
                DaemonRules::againstHistory,
                Integer.MAX_VALUE);
    }

    /** The actions of operators become a history only if systail reads kato's log, and whole lines of it. */
    private static List<String> againstHistory(ConfigSubtree systail) {
        List<String> problems = new ArrayList<>();
        String path = systail.value("log_files/kato").map(JsonNode::asText).orElse("none");
        if (!path.isEmpty() && !path.endsWith("/" + ActionLog.NAME)) {
            problems.add(
                    "log_files/kato does not name the log of kato: what operators do will be missing in the history");
        }
        int longest = systail.value("max_record_size").map(JsonNode::asInt).orElse(ActionLog.MAX_LINE_BYTES);
        if (longest < ActionLog.MAX_LINE_BYTES) {
            problems.add("max_record_size is below " + ActionLog.MAX_LINE_BYTES + ": longer lines of " + ActionLog.NAME
                    + " are cut, and what they tell will be missing in the history");
        }
        return problems;
    }

    /** Those of apptail. */
    public static DaemonRules<ApptailConfig> apptail() {
        return new DaemonRules<>(
                new ConfigReader<>(ConfigPath.APPTAIL, ApptailConfig.class),
                settings -> List.of(),
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
                settings -> List.of(),
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

    @Override
    public List<String> warnings(ConfigSubtree before, ConfigSubtree after) {
        List<String> warnings = new ArrayList<>(risky.apply(after));
        warnings.removeAll(risky.apply(before));
        return warnings;
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
