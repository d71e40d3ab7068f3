package logyard.kato.logyardcli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import logyard.kato.command.Cluster;
import logyard.kato.command.Interrupts;
import logyard.kato.command.ReadsOnly;
import logyard.kato.log.line.LineFilter;
import logyard.kato.log.line.LineView;
import logyard.kato.log.stream.Beginning;
import logyard.kato.log.stream.LiveStream;
import logyard.kato.log.stream.StreamKeys;
import logyard.kato.output.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code logyard-cli stream}. */
@Command(name = "stream", description = "Show the events of all nodes as they come, until Ctrl-C.")
final class StreamCommand implements Callable<Integer>, ReadsOnly {
    private final Cluster cluster;
    private final Console console;
    private final Interrupts interrupts;

    @Option(
            names = {"-raw", "--raw"},
            description = "Cut no times off, and leave nothing out.")
    private boolean raw;

    @Option(
            names = {"-time", "--time"},
            description = "Put the time at which a line came in front of it.")
    private boolean time;

    @Option(
            names = {"-nocolor", "--nocolor"},
            description = "Show no colours.")
    private boolean noColor;

    @Option(
            names = {"-json", "--json"},
            description = "Show each event as it came: its key and its JSON.")
    private boolean json;

    @Option(
            names = {"-nodeid", "--nodeid"},
            paramLabel = "IP",
            description = "Show only what comes from this node.")
    private @Nullable String node;

    @Parameters(
            paramLabel = "KEY",
            arity = "0..*",
            description = "Which events: the beginnings of their keys; else all.")
    private List<String> keys = List.of();

    StreamCommand(Cluster cluster, Console console, Interrupts interrupts) {
        this.cluster = cluster;
        this.console = console;
        this.interrupts = interrupts;
    }

    @Override
    public Integer call() {
        var view = LineView.of(raw, json, StreamKeys.isDebug(keys), time, LineFilter.of(Optional.ofNullable(node)));
        return new LiveStream(cluster, noColor ? console.withoutColors() : console, interrupts)
                .show(keys.isEmpty() ? List.of("") : StreamKeys.prefixes(keys), Beginning.NOW, view);
    }
}
