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
            "A role means the processes named after it (redis: redis_node, redis_gateway, …); base, controller, primary, mdns and"
                    + " data-services also mean others that belong to them.",
            "",
            "Regexes are RE2's, and are looked for in the line as it is shown, without colours and time. What tells of lost"
                    + " events is shown whatever is looked for. When a node leaves the stream and returns, stderr says so.",
            "",
            "The exit status after Ctrl-C is 1, and 130 before the drain was added; it is 0 if nobody reads the output any more.",
            "",
            "Examples:",
            "  kato log tail",
            "  kato log tail --lines 200 --node 10.0.0.5 dea stager",
            "  kato log tail --severity WARN --exclude 'healthz|favicon' controller",
            "  kato log tail --template '{{.human_time}} {{.name}}: {{.text}}'"
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
                .show(prefixes, options.beginning(), options.view(false, false, cluster));
    }
}
