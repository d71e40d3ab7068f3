package logyard.kato.log.stream;

import com.google.re2j.Pattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import logyard.core.template.Template;
import logyard.kato.command.Cluster;
import logyard.kato.log.line.LineFilter;
import logyard.kato.log.line.LineView;
import logyard.kato.log.line.Severity;
import logyard.kato.output.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that {@code kato log stream} and {@code kato log tail} share. */
final class StreamOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--no-color",
            description = "Show no colours. There are none if NO_COLOR is set or this is no terminal.")
    private boolean noColor;

    @Option(names = "--raw", description = "Cut no times off, and leave nothing out.")
    private boolean raw;

    @Option(names = "--time", description = "Put the time at which a line came in front of it.")
    private boolean time;

    @ArgGroup
    private Past past = new Past();

    private static final class Past {
        @Option(
                names = "--since",
                paramLabel = "TIME",
                converter = Typed.Time.class,
                description =
                        "Begin with what came in since then, as far as the journals of the nodes go back: a time such as"
                                + " 2026-11-23T10:00:00Z, or how long ago, such as 10m.")
        private @Nullable Instant since;

        @Option(
                names = "--lines",
                paramLabel = "N",
                converter = Typed.LineCount.class,
                description =
                        "Begin with the last N shown of all nodes together, in the order of their times, as far as the"
                                + " journals of the nodes go back; looks at N + 1000 of each node.")
        private int lines;
    }

    @Option(
            names = "--grep",
            paramLabel = "RE",
            converter = Typed.Regex.class,
            description = "Show only lines in which this is found; repeated, one of them is enough.")
    private List<Pattern> wanted = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "RE",
            converter = Typed.Regex.class,
            description = "Show no lines in which this is found. May be repeated.")
    private List<Pattern> unwanted = List.of();

    @Option(
            names = "--highlight",
            paramLabel = "RE",
            converter = Typed.Regex.class,
            description = "Show what is found of this in a colour of its own. May be repeated.")
    private List<Pattern> marked = List.of();

    @Option(
            names = "--severity",
            paramLabel = "ERROR|WARN",
            converter = Typed.Least.class,
            description =
                    "Show only what is so grave or graver: what events say of themselves, else a guess by the words.")
    private @Nullable Severity least;

    @Option(
            names = "--template",
            paramLabel = "TEMPLATE",
            converter = Typed.LineTemplate.class,
            description = "What lines look like, as the format of a drain: '{{.name}}: {{.text}}'.")
    private @Nullable Template template;

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
        if (json && template != null) {
            throw new ParameterException(
                    command.commandLine(), "--json shows events as they came; it cannot go with --template");
        }
        Optional<String> node = only.local ? Optional.of(cluster.node()) : Optional.ofNullable(only.node);
        var filter = new LineFilter(node, Optional.ofNullable(least), wanted, unwanted);
        return new LineView(raw, json, debug, time, filter, marked, Optional.ofNullable(template), false);
    }

    /** What of the past is to be shown. */
    Beginning beginning() {
        return new Beginning(Optional.ofNullable(past.since), past.lines);
    }

    /** Where to show it. */
    Console on(Console console) {
        return noColor ? console.withoutColors() : console;
    }
}
