package logyard.kato.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import logyard.core.event.Events;
import logyard.core.event.Message;
import logyard.core.journal.JournalReader;
import logyard.core.journal.JournalRecord;
import logyard.core.journal.StoppedJournal;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import logyard.kato.output.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code logyard-cli journal export}. */
@Command(
        name = "export",
        description = "Show the events of the journal, oldest first, each as its key and its JSON.",
        footer = {"", "Example: logyard-cli journal export -since 1h -prefix event > events.txt"})
final class ExportCommand implements Callable<Integer>, ReadsOnly {
    private final Cluster cluster;
    private final Console console;

    @Mixin
    private JournalPlace place;

    @Option(
            names = {"-since", "--since"},
            paramLabel = "TIME",
            description = "What came in then or later: 2026-11-23T10:00:00Z, or 10m for ten minutes ago.")
    private String since = "";

    @Option(
            names = {"-until", "--until"},
            paramLabel = "TIME",
            description = "What came in before.")
    private String until = "";

    @Option(
            names = {"-prefix", "--prefix"},
            description = "Which events: the beginning of their keys; else all.")
    private String prefix = "";

    @Option(
            names = {"-from", "--from"},
            paramLabel = "POSITION",
            description = "Begin with the record that holds this position, such as a drain's.")
    private long from;

    @Option(
            names = {"-limit", "--limit"},
            paramLabel = "N",
            description = "No more than so many events.")
    private long limit = Long.MAX_VALUE;

    ExportCommand(Cluster cluster, Console console) {
        this.cluster = cluster;
        this.console = console;
        this.place = new JournalPlace();
    }

    @Override
    public Integer call() {
        if (limit < 0 || from < 0) {
            throw new CommandFailedException("-limit and -from must not be negative, got " + Math.min(limit, from));
        }
        Clock clock = Clock.systemUTC();
        long first = since.isEmpty() ? Long.MIN_VALUE : Moment.nanos("-since", since, clock);
        long end = until.isEmpty() ? Long.MAX_VALUE : Moment.nanos("-until", until, clock);
        return place.open(cluster, journal -> {
            export(journal, first, end);
            return ExitCode.OK;
        });
    }

    private void export(StoppedJournal journal, long firstTime, long endTime) throws IOException {
        var events = new Events();
        long left = limit;
        // A position in the middle of a record is no damage: so it is looked for from one that surely begins a record.
        try (JournalReader reader = journal.reader(journal.firstInSegment(from))) {
            Optional<JournalRecord> next = left > 0 ? reader.next(Long.MAX_VALUE) : Optional.empty();
            while (next.isPresent() && left > 0 && !console.out().checkError()) {
                JournalRecord record = next.get();
                if (record.next() > from && record.timeNanos() >= firstTime && record.timeNanos() < endTime) {
                    left = show(events.over(record.frame()), left);
                }
                next = reader.next(Long.MAX_VALUE);
            }
        }
        console.out().flush();
        if (journal.damagedBytes() > 0) {
            console.warn(journal.damagedBytes() + " bytes of the journal are damaged and were passed over; logyard-cli"
                    + " journal verify says where");
        }
    }

    private long show(Events events, long most) {
        long left = most;
        byte[] wanted = prefix.getBytes(UTF_8);
        Message message = events.message();
        while (left > 0 && events.next()) {
            if (message.keyStartsWith(wanted)) {
                console.out().println(Printable.json(message.key() + " " + message.value()));
                left--;
            }
        }
        return left;
    }
}
