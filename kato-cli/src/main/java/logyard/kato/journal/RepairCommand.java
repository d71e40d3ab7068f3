package logyard.kato.journal;

import java.util.concurrent.Callable;
import logyard.core.journal.JournalRepair;
import logyard.kato.command.Cluster;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code logyard-cli journal repair}. */
@Command(
        name = "repair",
        description = "Take what is damaged out of the journal, and keep the damaged files beside it.",
        footer = {"", "Example: sudo -u logyard logyard-cli journal repair -dry-run"})
final class RepairCommand implements Callable<Integer>, ReadsOnly {
    private final Cluster cluster;
    private final Console console;

    @Mixin
    private JournalPlace place;

    @Option(
            names = {"-dry-run", "--dry-run"},
            description = "Only say what would be done.")
    private boolean dryRun;

    RepairCommand(Cluster cluster, Console console) {
        this.cluster = cluster;
        this.console = console;
        this.place = new JournalPlace();
    }

    @Override
    public Integer call() {
        if (!dryRun) {
            place.requireOwner(cluster);
        }
        boolean changed = place.open(cluster, journal -> {
            var repair = new JournalRepair(journal, journal.damages());
            repair.plan().forEach(step -> console.out().println((dryRun ? "Would " : "Will ") + step));
            if (repair.plan().isEmpty()) {
                console.out().println("Nothing to repair in " + journal.folder());
            } else if (!dryRun) {
                repair.run();
            }
            return !repair.plan().isEmpty() && !dryRun;
        });
        return !changed || place.open(cluster, journal -> VerifyCommand.verify(journal, console))
                ? ExitCode.OK
                : ExitCode.SOFTWARE;
    }

    @Override
    public boolean changesNothing() {
        return dryRun;
    }
}
