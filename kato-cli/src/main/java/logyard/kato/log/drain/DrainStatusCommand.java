package logyard.kato.log.drain;

import java.util.List;
import java.util.concurrent.Callable;
import logyard.kato.command.Cluster;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kato log drain status}. */
@Command(
        name = "status",
        description = "Show how drains are on each node.",
        footer = {
            "",
            "UNKNOWN[0] means that the core of that node does not show the drain: it is down, or has not heard of it yet.",
            "",
            "Example: kato log drain status --not-running"
        })
public final class DrainStatusCommand implements Callable<Integer>, ReadsOnly {
    private final Cluster cluster;
    private final ConfiguredDrains drains;
    private final Console console;

    @Mixin
    private DocumentOptions document;

    @Option(
            names = {"-n", "--not-running"},
            description = "Leave out where a drain runs.")
    private boolean notRunning;

    @Parameters(paramLabel = "DRAIN", description = "Which drains; all if none is named.")
    private List<String> names = List.of();

    public DrainStatusCommand(Cluster cluster, ConfiguredDrains drains, Console console) {
        this.cluster = cluster;
        this.drains = drains;
        this.console = console;
    }

    @Override
    public Integer call() {
        DrainStatuses statuses = DrainStatuses.read(cluster.tree(), drains.names());
        names.stream()
                .filter(name -> !statuses.byDrain().containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw ConfiguredDrains.noSuch(name);
                });
        if (statuses.nodes().isEmpty()) {
            console.warn("no node of this cluster has run Logyard yet");
        }
        new DrainStatusList(statuses, name -> names.isEmpty() || names.contains(name), notRunning)
                .print(console, document.format());
        return ExitCode.OK;
    }
}
