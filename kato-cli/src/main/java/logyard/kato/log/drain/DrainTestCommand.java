package logyard.kato.log.drain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import logyard.core.drain.DrainUri;
import logyard.core.drain.InvalidDrainException;
import logyard.core.drain.Masking;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentFormat;
import logyard.kato.output.DocumentOptions;
import logyard.kato.output.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kato log drain test}. */
@Command(
        name = "test",
        description = "Try a drain from this machine, step by step, and send it one line that says that it is a test.",
        footer = {
            "",
            "It runs on this machine, as who types it: a node, and the user of its core, may see the target differently."
                    + " It changes nothing in the configuration. A file that is not there yet is not left behind.",
            "",
            "Examples:",
            "  kato log drain test mine",
            "  kato log drain test 'tcp://logs.example.com:1234?format=raw'"
        })
public final class DrainTestCommand implements Callable<Integer>, ReadsOnly {
    private final Cluster cluster;
    private final ConfiguredDrains drains;
    private final Console console;

    @Mixin
    private DocumentOptions document;

    @Parameters(paramLabel = "NAME|URI", description = "Its name, or the URI of one that need not exist.")
    private String drain = "";

    public DrainTestCommand(Cluster cluster, ConfiguredDrains drains, Console console) {
        this.cluster = cluster;
        this.drains = drains;
        this.console = console;
    }

    @Override
    public Integer call() {
        Optional<DocumentFormat> format = document.format();
        String uri = DrainUri.mask(drain.contains("://") ? drain : drains.uriOf(drain));
        var steps = new ProbeSteps(line -> {
            if (format.isEmpty()) {
                console.out().println(Printable.text(Masking.text(line)));
            }
        });
        if (format.isEmpty()) {
            console.out()
                    .println("Trying from this machine (" + cluster.node() + "), as " + System.getProperty("user.name")
                            + "; a node may see it differently");
        }
        Optional<String> failure = Optional.empty();
        try {
            drains.probe(drain, steps);
        } catch (IOException | InvalidDrainException e) {
            failure = Optional.of(Masking.text(steps.failed(String.valueOf(e.getMessage()))));
        }
        if (format.isPresent()) {
            ObjectNode shown = JsonNodeFactory.instance.objectNode();
            shown.put("uri", uri).put("from", cluster.node()).put("ok", failure.isEmpty());
            shown.set("steps", steps.json());
            failure.ifPresent(reason -> shown.put("error", reason));
            console.out().println(format.get().render(shown));
        }
        failure.ifPresent(reason -> {
            throw new CommandFailedException(reason);
        });
        return ExitCode.OK;
    }
}
