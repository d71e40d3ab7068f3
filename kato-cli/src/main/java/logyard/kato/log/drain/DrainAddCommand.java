package logyard.kato.log.drain;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import logyard.core.drain.DrainUri;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import logyard.kato.output.Printable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kato log drain add}. */
@Command(
        name = "add",
        description = "Add a drain. It is checked completely first; then every node begins to send to it.",
        footer = {
            "",
            "Without -p it gets the system logs (systail). Without -f it gets the format named like the stream, if all "
                    + "prefixes are of one, else JSON.",
            "",
            "Examples:",
            "  kato log drain add -p systail.kato mine udp://logs.example.com:514",
            "  kato log drain add -f json -p apptail,systail splunk tcp://splunk.example.com:1235",
            "  kato log drain add debug file:///s/logs/debug.log overwrite=1",
            "  kato log drain add --dry-run mine tcp://logs.example.com:1234"
        })
public final class DrainAddCommand implements Callable<Integer>, ReadsOnly {
    private final ConfiguredDrains drains;
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            description =
                    "How it gets an event: json, raw, rfc5424, rfc3164, a named format, or a template such as '{{.text}}'.")
    private @Nullable String format;

    @Option(
            names = {"-p", "--prefix"},
            paramLabel = "PREFIX",
            split = ",",
            description =
                    "Which events: the beginnings of their keys, separated by commas, such as apptail,systail.dea.")
    private List<String> prefixes = List.of();

    @Option(names = "--force", description = "Replace a drain of that name, and allow builtin.* names.")
    private boolean force;

    @Option(names = "--dry-run", description = "Check it and show what would be added, and where; add nothing.")
    private boolean dryRun;

    @Parameters(index = "0", paramLabel = "NAME", description = "Its name.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "URI", description = "Where it sends, such as tcp://logs.example.com:1234.")
    private String uri = "";

    @Parameters(index = "2..*", paramLabel = "KEY=VALUE", description = "Parameters of its type, such as limit=200.")
    private List<String> params = List.of();

    public DrainAddCommand(ConfiguredDrains drains, Console console) {
        this.drains = drains;
        this.console = console;
    }

    @Override
    public boolean changesNothing() {
        return dryRun;
    }

    @Override
    public Integer call() {
        Map<String, String> all;
        try {
            all = DrainParams.parse(params);
            if (format != null && all.put("format", format) != null) {
                throw new IllegalArgumentException("format is given twice");
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage());
        }
        String complete = drains.complete(uri, prefixes, all);
        if (dryRun) {
            tryToAdd(complete);
        } else {
            drains.add(name, complete, force);
            console.out().println("Added drain " + name + ": " + DrainUri.mask(complete));
        }
        warn(complete);
        return ExitCode.OK;
    }

    /** Of what is permitted, as it was in the original, but may be a slip. */
    private void warn(String complete) {
        if (prefixes.equals(List.of(""))) {
            console.warn("-p \"\" means every event of the cluster; to get less, name a stream, such as -p systail");
        }
        drains.ignored(name, complete).map(Printable::text).ifPresent(console::warn);
    }

    private void tryToAdd(String complete) {
        Optional<String> old = drains.tryToAdd(name, complete, force);
        console.out().println("Would add drain " + name + ": " + DrainUri.mask(complete));
        old.ifPresent(uri -> console.out().println("In place of: " + Printable.text(DrainUri.mask(uri))));
        Map<String, Boolean> nodes = drains.nodes();
        if (nodes.isEmpty()) {
            console.warn("no node of this cluster has run Logyard yet");
        }
        nodes.forEach((node, runs) ->
                console.out().println("On node " + Printable.text(node) + (runs ? "" : ", when its core runs again")));
    }
}
