package logyard.kato.log.stream;

import java.util.Optional;
import logyard.kato.command.Cluster;
import logyard.kato.log.line.LineView;
import logyard.kato.output.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that {@code kato log stream} and {@code kato log tail} share. */
final class StreamOptions {
    @Option(
            names = "--no-color",
            description = "Show no colours. There are none if NO_COLOR is set or this is no terminal.")
    private boolean noColor;

    @Option(names = "--raw", description = "Cut no times off, and leave nothing out.")
    private boolean raw;

    @Option(names = "--time", description = "Put the time at which a line came in front of it.")
    private boolean time;

    @ArgGroup
    private NodeChoice only = new NodeChoice();

    private static final class NodeChoice {
        @Option(
                names = {"-n", "--node"},
                paramLabel = "IP",
                description = "Show only what comes from this node.")
        private @Nullable String node;

        @Option(
                names = {"-l", "--local"},
                description = "Show only what comes from the node this is typed on.")
        private boolean local;
    }

    /** What is to be shown of the stream, and how. */
    LineView view(boolean json, boolean debug, Cluster cluster) {
        Optional<String> node = only.local ? Optional.of(cluster.node()) : Optional.ofNullable(only.node);
        return new LineView(raw, json, debug, time, node);
    }

    /** Where to show it. */
    Console on(Console console) {
        return noColor ? console.withoutColors() : console;
    }
}
