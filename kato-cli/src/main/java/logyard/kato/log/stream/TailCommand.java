package logyard.kato.log.stream;

import java.util.List;
import java.util.concurrent.Callable;
import logyard.kato.command.Cluster;
import logyard.kato.command.Interrupts;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kato log tail}. */
@Command(
        name = "tail",
        description = "Show the system logs of all nodes as they grow, until Ctrl-C.",
        footer = {
            "",
            "The exit status after Ctrl-C is 1.",
            "",
            "Examples:",
            "  kato log tail",
            "  kato log tail --node 10.0.0.5 dea stager"
        })
public final class TailCommand implements Callable<Integer>, ReadsOnly {
    private final Cluster cluster;
    private final Console console;
    private final Interrupts interrupts;

    @Mixin
    private StreamOptions options;

    @Parameters(
            paramLabel = "COMPONENT",
            description = "Which logs: of these processes, roles or role groups; else all.")
    private List<String> components = List.of();

    public TailCommand(Cluster cluster, Console console, Interrupts interrupts) {
        this.cluster = cluster;
        this.console = console;
        this.interrupts = interrupts;
    }

    @Override
    public Integer call() {
        List<String> prefixes = components.isEmpty()
                ? List.of("systail")
                : Components.read(cluster.tree(), console).prefixes(components);
        return new LiveStream(cluster, options.on(console), interrupts)
                .show(prefixes, options.view(false, false, cluster));
    }
}
