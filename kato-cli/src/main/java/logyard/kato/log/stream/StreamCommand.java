package logyard.kato.log.stream;

import java.util.List;
import java.util.concurrent.Callable;
import logyard.kato.command.Cluster;
import logyard.kato.command.Interrupts;
import logyard.kato.command.ReadsOnly;
import logyard.kato.log.line.LineView;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kato log stream}. */
@Command(
        name = "stream",
        description = "Show the events of all nodes as they come, until Ctrl-C.",
        footer = {
            "",
            "\"debug\" alone shows what the daemons of Logyard say.",
            "",
            "Regexes are RE2's, and are looked for in the line as it is shown, without colours and time. What tells of lost"
                    + " events is shown whatever is looked for. When a node leaves the stream and returns, stderr says so.",
            "",
            "The exit status after Ctrl-C is 1, and 130 before the drain was added; it is 0 if nobody reads the output any more.",
            "",
            "Examples:",
            "  kato log stream event apptail",
            "  kato log stream --json --node 10.0.0.5 systail.dea",
            "  kato log stream --since 10m --grep 'exit status [1-9]' --highlight dea event"
        })
public final class StreamCommand implements Callable<Integer>, ReadsOnly {
    private final Cluster cluster;
    private final Console console;
    private final Interrupts interrupts;

    @Mixin
    private StreamOptions options;

    @Option(names = "--json", description = "Show each event as it came: its key and its JSON.")
    private boolean json;

    @Parameters(arity = "1..*", paramLabel = "KEY", description = "Which events: the beginnings of their keys.")
    private List<String> keys = List.of();

    public StreamCommand(Cluster cluster, Console console, Interrupts interrupts) {
        this.cluster = cluster;
        this.console = console;
        this.interrupts = interrupts;
    }

    @Override
    public Integer call() {
        LineView view = options.view(json, StreamKeys.isDebug(keys), cluster);
        return new LiveStream(cluster, options.on(console), interrupts)
                .show(StreamKeys.prefixes(keys), options.beginning(), view);
    }
}
