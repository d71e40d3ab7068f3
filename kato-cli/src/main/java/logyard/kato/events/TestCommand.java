package logyard.kato.events;

import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import logyard.config.ConfigPath;
import logyard.config.ConfigReader;
import logyard.core.event.ByteBuilder;
import logyard.core.event.Keys;
import logyard.core.settings.CloudEventsConfig;
import logyard.core.sieve.CloudEvent;
import logyard.core.sieve.Explanation;
import logyard.core.sieve.Sieve;
import logyard.core.sieve.SystailLine;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import logyard.kato.output.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kato events test}. */
@Command(
        name = "test",
        description = "Show what cloud event a line would give, and why.",
        footer = {
            "",
            "The specs are those in force in the cluster: kato config get cloud_events. The name is that of the line's log, as"
                    + " in: kato config get systail log_files. The exit status is 0 if the line gives an event, 3 if it gives"
                    + " none.",
            "",
            "Example: kato events test dea 'ERROR -- boom'"
        })
public final class TestCommand implements Callable<Integer>, ReadsOnly {
    /** Apart from 1, which is for what could not be done. */
    private static final int NO_EVENT = 3;

    private final Cluster cluster;
    private final Console console;

    @Parameters(index = "0", paramLabel = "NAME", description = "The name of the log, such as dea.")
    private String name = "";

    @Parameters(index = "1", paramLabel = "TEXT", description = "The line.")
    private String text = "";

    @Option(
            names = {"-j", "--json"},
            description = "Show only the event, as JSON on one line, or null.")
    private boolean json;

    public TestCommand(Cluster cluster, Console console) {
        this.cluster = cluster;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!Keys.isName(name)) {
            throw new CommandFailedException(
                    "no log can be called \"" + name + "\": a name has letters, digits, _ and - only, such as dea");
        }
        Sieve sieve = Sieve.of(config());
        sieve.problems().forEach(problem -> console.warn("this spec is left out: " + problem));
        SystailLine line = SystailLine.of(
                name, text, cluster.node(), Clock.systemUTC().instant().getEpochSecond());
        Explanation explanation = sieve.explain(line);
        Optional<String> event = explanation.event().map(made -> travelling(made, line));
        if (json) {
            explanation.failure().ifPresent(reason -> console.warn("the spec that decides fails: " + reason));
            console.out()
                    .println(event.map(made -> Printable.json(made.substring(made.indexOf(' ') + 1)))
                            .orElse("null"));
        } else {
            new ExplanationReport(explanation, name).lines().forEach(this::print);
            event.ifPresent(this::print);
        }
        return event.isPresent() ? ExitCode.OK : NO_EVENT;
    }

    /** What cloud_events reads, too. */
    private CloudEventsConfig config() {
        var reader = new ConfigReader<>(ConfigPath.CLOUD_EVENTS, CloudEventsConfig.class);
        if (cluster.tree().read(ConfigPath.LOGYARD).isEmpty()) {
            console.warn("there is no configuration in ZooKeeper yet; these are the packaged specs");
            return reader.defaults();
        }
        return reader.read(cluster.tree().subtree(ConfigPath.CLOUD_EVENTS));
    }

    private static String travelling(CloudEvent event, SystailLine line) {
        var out = new ByteBuilder(512);
        event.append(line, ZoneId.systemDefault(), out);
        return out.toString();
    }

    private void print(String shown) {
        console.out().println(Printable.text(shown));
    }
}
