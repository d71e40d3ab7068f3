package logyard.kato.logyardcli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;
import logyard.kato.command.ReadsOnly;
import logyard.kato.log.drain.ConfiguredDrains;
import logyard.kato.log.drain.DrainStatusList;
import logyard.kato.log.drain.DrainStatuses;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logyard-cli status}. */
@Command(name = "status", description = "Show how drains are on each node.")
final class StatusCommand implements Callable<Integer>, ReadsOnly {
    private final Cluster cluster;
    private final ConfiguredDrains drains;
    private final Console console;

    @Mixin
    private JsonFlag json;

    @Option(
            names = {"-prefix", "--prefix"},
            description = "The one name given is only the beginning of names.")
    private boolean prefix;

    @Option(
            names = {"-notrunning", "--notrunning"},
            description = "Leave out where a drain runs.")
    private boolean notRunning;

    @Parameters(paramLabel = "NAME", arity = "0..*", description = "Which drains; all if none is named.")
    private List<String> names = List.of();

    StatusCommand(Cluster cluster, ConfiguredDrains drains, Console console) {
        this.cluster = cluster;
        this.drains = drains;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (prefix && names.size() != 1) {
            throw new CommandFailedException("-prefix needs exactly one name, got " + names.size());
        }
        Predicate<String> wanted =
                prefix ? name -> name.startsWith(names.get(0)) : name -> names.isEmpty() || names.contains(name);
        new DrainStatusList(DrainStatuses.read(cluster.tree(), drains.names()), wanted, notRunning)
                .print(console, json.format());
        return ExitCode.OK;
    }
}
