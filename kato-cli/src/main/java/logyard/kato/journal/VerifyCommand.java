package logyard.kato.journal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import logyard.core.journal.JournalDamage;
import logyard.core.journal.StoppedJournal;
import logyard.core.router.Cursors;
import logyard.kato.command.Cluster;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;

/** {@code logyard-cli journal verify}. */
@Command(
        name = "verify",
        description = "Check every record of the journal; the exit status is 1 if something is damaged.",
        footer = {"", "Example: logyard-cli journal verify"})
final class VerifyCommand implements Callable<Integer>, ReadsOnly {
    private final Cluster cluster;
    private final Console console;

    @Mixin
    private JournalPlace place;

    VerifyCommand(Cluster cluster, Console console) {
        this.cluster = cluster;
        this.console = console;
        this.place = new JournalPlace();
    }

    @Override
    public Integer call() {
        return place.open(cluster, journal -> {
            boolean hasItsEnd = verifyEnd(journal);
            return verify(journal, console) && hasItsEnd ? ExitCode.OK : ExitCode.SOFTWARE;
        });
    }

    /** What is gone from the end leaves no trace in the journal, but those who have read it know that it was there. */
    private boolean verifyEnd(StoppedJournal journal) {
        Cursors cursors = Cursors.look(JournalPlace.cursors(journal));
        long known = Stream.of(cursors.saved(), cursors.savedSubscribers())
                .flatMap(all -> all.values().stream())
                .mapToLong(saved -> saved.cursor().position())
                .max()
                .orElse(0);
        if (known > journal.end()) {
            console.out()
                    .println("At least " + (known - journal.end()) + " bytes are missing at the end of "
                            + journal.folder() + ": somebody has read up to position " + known + ", and it ends at "
                            + journal.end() + "; that cannot be repaired");
        }
        return known <= journal.end();
    }

    /** Shows what is damaged; whether that is nothing. */
    static boolean verify(StoppedJournal journal, Console console) throws IOException {
        List<JournalDamage> damages = journal.damages();
        damages.forEach(damage -> console.out().println(damage));
        long harmful = damages.stream().filter(damage -> !damage.isHarmless()).count();
        console.out()
                .println(
                        harmful == 0
                                ? "The journal " + journal.folder() + " is whole: " + journal.bytes() + " bytes"
                                : "The journal " + journal.folder() + " is damaged in " + harmful
                                        + (harmful == 1 ? " place" : " places")
                                        + "; logyard passes over that, and logyard-cli journal repair takes it out");
        return harmful == 0;
    }
}
