package logyard.kato.config;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.kato.command.Cluster;
import logyard.kato.output.Console;

/** The settings in the tree, component by component. */
public final class ConfiguredSettings {
    private final Cluster cluster;
    private final Components components;
    private final Console console;

    /** @param console is warned of changes whose consequences the operator may not know */
    public ConfiguredSettings(Cluster cluster, Components components, Console console) {
        this.cluster = cluster;
        this.console = console;
        this.components = components;
    }

    /** The component of a name that was typed. */
    Component component(String name) {
        return components.find(name);
    }

    /** The settings of one component. */
    ConfigSubtree read(Component component) {
        return component.own(cluster.tree().subtree(component.root()));
    }

    /** The settings of all components, by their names. */
    SortedMap<Component, ConfigSubtree> readAll() {
        SortedMap<Component, ConfigSubtree> all =
                new TreeMap<>((a, b) -> a.name().compareTo(b.name()));
        components.all().forEach(component -> all.put(component, read(component)));
        return all;
    }

    /**
     * Changes the settings of a component in one step, if they are right then; repeated if others change the same.
     *
     * @param edit what is there becomes what shall be there
     * @throws logyard.config.ConfigException if they are not; nothing is changed then
     */
    void change(Component component, KeyPath key, boolean force, Function<KeyEdit, ConfigSubtree> edit) {
        List<String> warnings = new ArrayList<>();
        cluster.tree().change(component.root(), all -> {
            ConfigSubtree before = component.own(all);
            ConfigSubtree after =
                    edit.apply(new KeyEdit(before, key, component.rules().depth()));
            component.rules().check(before, after, force);
            warnings.clear(); // of the attempt before
            warnings.addAll(component.rules().warnings(before, after));
            return component.replaced(all, after);
        });
        warnings.forEach(console::warn);
    }

    /** Whether the defaults will be added to what is in the tree, as no core has come yet. */
    boolean awaitsDefaults(Component component) {
        return component.root().startsWith(ConfigPath.LOGYARD)
                && cluster.tree().read(ConfigPath.LOGYARD).isEmpty();
    }
}
