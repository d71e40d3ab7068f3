package logyard.kato.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import logyard.core.journal.StoppedJournal;
import logyard.core.router.Cursors;
import logyard.kato.command.Cluster;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code logyard-cli journal inspect}. */
@Command(
        name = "inspect",
        description = "Show the segments of the journal, its streams, and how far each drain is behind.",
        footer = {"", "Example: logyard-cli journal inspect -json"})
final class InspectCommand implements Callable<Integer>, ReadsOnly {
    private final Cluster cluster;
    private final Console console;

    @Mixin
    private JournalPlace place;

    @Option(
            names = {"-json", "--json"},
            description = "Show the result as JSON.")
    private boolean json;

    InspectCommand(Cluster cluster, Console console) {
        this.cluster = cluster;
        this.console = console;
        this.place = new JournalPlace();
    }

    @Override
    public Integer call() {
        ObjectNode content = place.open(cluster, this::content);
        if (json) {
            console.out().println(DocumentFormat.JSON.render(content));
        } else {
            new JournalReport(content).print(console);
        }
        return ExitCode.OK;
    }

    private ObjectNode content(StoppedJournal journal) throws IOException {
        return new JournalContent(
                        journal, Cursors.look(JournalPlace.cursors(journal)).saved())
                .json();
    }
}
