package logyard.kato.config;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.Suggestion;
import logyard.core.daemon.Settings;
import logyard.kato.command.CommandFailedException;
import logyard.kato.config.rule.DaemonRules;
import logyard.kato.config.rule.DrainRules;
import logyard.kato.config.rule.SharedRules;
import logyard.kato.log.drain.ConfiguredDrains;
import org.jspecify.annotations.Nullable;

/** All components, by the names that operators use. */
public final class Components {
    /** What is set on each node itself, and not in the tree. */
    static final String LOCAL = "local";

    private static final Map<String, String> ALIASES =
            Map.of("logyard_sieve", "cloud_events", "cloud_controller_ng", "cloud_controller");

    private final ConfiguredDrains drains;
    private @Nullable List<Component> all;

    /** @param drains what drains among the settings are checked with */
    public Components(ConfiguredDrains drains) {
        this.drains = drains;
    }

    private static List<Component> make(ConfiguredDrains drains) {
        return List.of(
                new Component(
                        "logyard",
                        ConfigPath.LOGYARD,
                        Set.of("", "systail", "apptail", "cloud_events"),
                        new DrainRules(drains)),
                new Component("systail", ConfigPath.SYSTAIL, Set.of(), DaemonRules.systail()),
                new Component("apptail", ConfigPath.APPTAIL, Set.of(), DaemonRules.apptail()),
                new Component("cloud_events", ConfigPath.CLOUD_EVENTS, Set.of(), DaemonRules.cloudEvents()),
                new Component("cluster", ConfigPath.CLUSTER, Set.of(), SharedRules.cluster()),
                new Component(
                        "cloud_controller",
                        ConfigPath.parse("/proc/cloud_controller/config"),
                        Set.of(),
                        SharedRules.cloudController()));
    }

    /** Those in the tree. They are made when they are wanted, as all commands would wait for the packaged settings to be read. */
    List<Component> all() {
        List<Component> made = all;
        if (made == null) {
            made = make(drains);
            all = made;
        }
        return made;
    }

    /**
     * The component of a name.
     *
     * @throws CommandFailedException if there is none
     */
    Component find(String word) {
        String name = ALIASES.getOrDefault(word, word);
        if (name.equals(LOCAL)) {
            throw new CommandFailedException(
                    "local settings are those of a node, not of the cluster: change them there, in "
                            + Settings.DEFAULT_FILE + " or in the file that --conf or $" + Settings.FILE_VARIABLE
                            + " names");
        }
        return all().stream()
                .filter(component -> component.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(word));
    }

    private CommandFailedException unknown(String word) {
        List<String> names = all().stream().map(Component::name).toList();
        String[] parts = word.split("/", 2);
        if (parts.length == 2 && names.contains(ALIASES.getOrDefault(parts[0], parts[0]))) {
            return new CommandFailedException("the component and its key are two words, got " + word + "; did you mean "
                    + parts[0] + " " + parts[1] + "?");
        }
        List<String> words = Stream.concat(names.stream(), Stream.of(LOCAL)).toList();
        return new CommandFailedException("there is no component " + word + Suggestion.hint(word, words));
    }
}
