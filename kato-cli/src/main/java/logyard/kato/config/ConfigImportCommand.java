package logyard.kato.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.Defaults;
import logyard.kato.command.Cluster;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code kato config import}. */
@Command(
        name = "import",
        description = "Add the packaged defaults that are missing, after an upgrade or in a new tree.",
        footer = {"", "Example: kato config import --defaults"})
public final class ConfigImportCommand implements Callable<Integer> {
    private final Cluster cluster;
    private final Console console;

    @Option(names = "--defaults", required = true, description = "Import the packaged defaults.")
    private boolean unusedDefaults;

    @Option(names = "--force", description = "Replace what was changed by its default, too.")
    private boolean force;

    public ConfigImportCommand(Cluster cluster, Console console) {
        this.cluster = cluster;
        this.console = console;
    }

    @Override
    public Integer call() {
        var count = new AtomicInteger();
        cluster.tree().change(ConfigPath.LOGYARD, before -> {
            ConfigSubtree after = withDefaults(before);
            SortedMap<String, JsonNode> changed = new TreeMap<>(after.values());
            changed.entrySet().removeAll(before.values().entrySet());
            changed.remove("");
            count.set(changed.size());
            return after;
        });
        console.out().println("Imported " + count + (count.get() == 1 ? " default" : " defaults"));
        return ExitCode.OK;
    }

    private ConfigSubtree withDefaults(ConfigSubtree before) {
        SortedMap<String, JsonNode> values = new TreeMap<>(before.values());
        SortedMap<String, String> problems = new TreeMap<>(before.problems());
        values.putIfAbsent("", Defaults.MARK);
        Defaults.all().values().forEach((key, value) -> {
            if (force || !(values.containsKey(key) || problems.containsKey(key))) {
                values.put(key, value);
                problems.remove(key);
            }
        });
        return new ConfigSubtree(values, problems);
    }
}
