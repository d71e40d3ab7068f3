package logyard.kato.config;

import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.kato.config.rule.Rules;

/**
 * A part of the settings that has a name of its own (spec 08 §3).
 *
 * @param root where it is in the tree
 * @param foreign what is at its root, but belongs to others; {@code ""} is the value of the root itself
 */
public record Component(String name, ConfigPath root, Set<String> foreign, Rules rules) {
    public Component {
        foreign = Set.copyOf(foreign);
    }

    /** What of the state at its root belongs to it. */
    ConfigSubtree own(ConfigSubtree all) {
        return new ConfigSubtree(only(all.values(), false), only(all.problems(), false));
    }

    /** The state at its root with its own part replaced. */
    ConfigSubtree replaced(ConfigSubtree all, ConfigSubtree own) {
        var values = only(all.values(), true);
        var problems = only(all.problems(), true);
        values.putAll(own.values());
        problems.putAll(own.problems());
        return new ConfigSubtree(values, problems);
    }

    private <V> SortedMap<String, V> only(SortedMap<String, V> all, boolean ofOthers) {
        var part = new TreeMap<>(all);
        part.keySet().removeIf(key -> foreign.contains(key.split("/", 2)[0]) != ofOthers);
        return part;
    }
}
