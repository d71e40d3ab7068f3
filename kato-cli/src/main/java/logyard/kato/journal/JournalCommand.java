package logyard.kato.journal;

import java.util.concurrent.Callable;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code logyard-cli journal}, and what is below it. */
@Command(
        name = "journal",
        description = "Look at, export, check or repair the journal of this node, while logyard is stopped.",
        footer = {
            "",
            "Example: systemctl stop logyard",
            "         logyard-cli journal inspect",
            "         logyard-cli journal export -since 1h -prefix systail.kato -limit 100",
            "         logyard-cli journal verify || logyard-cli journal repair -dry-run"
        })
public final class JournalCommand implements Callable<Integer>, ReadsOnly {
    private JournalCommand() {}

    /** The command with those below it. */
    public static CommandLine of(Cluster cluster, Console console) {
        return new CommandLine(new JournalCommand())
                .addSubcommand(new InspectCommand(cluster, console))
                .addSubcommand(new ExportCommand(cluster, console))
                .addSubcommand(new VerifyCommand(cluster, console))
                .addSubcommand(new RepairCommand(cluster, console));
    }

    @Override
    public Integer call() {
        throw new CommandFailedException("journal needs one of inspect, export, verify and repair");
    }
}
