package logyard.kato.history;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import logyard.config.ConfigUnavailableException;
import logyard.core.daemon.Setting;
import logyard.kato.action.ActionLog;
import logyard.kato.command.Cluster;
import logyard.kato.command.Failures;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentFormat;
import logyard.kato.output.Printable;
import logyard.kato.redis.ListUnavailableException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** {@code kato history}. */
@Command(
        name = "history",
        description = "Show what was done with kato on all nodes, the oldest first.",
        footer = {
            "",
            "The drain builtin.katohistory keeps the last 256 changes in Redis. If that cannot be read, this says so, shows "
                    + "what is in the kato.log of this node, and ends with status 1.",
            "",
            "Example: kato history --node 10.0.0.5"
        })
public final class HistoryCommand implements Callable<Integer>, ReadsOnly {
    private final Cluster cluster;
    private final Console console;

    @Option(
            names = {"-n", "--node"},
            paramLabel = "IP",
            description = "Show only what was done on this node.")
    private @Nullable String node;

    @Option(
            names = {"-j", "--json"},
            description = "Show the events as they are kept, as JSON.")
    private boolean json;

    public HistoryCommand(Cluster cluster, Console console) {
        this.cluster = cluster;
        this.console = console;
    }

    @Override
    public Integer call() {
        try {
            show(new RedisHistory(cluster).read(console));
            return ExitCode.OK;
        } catch (ListUnavailableException | ConfigUnavailableException e) {
            console.err().println("ERROR: " + Failures.message(e));
            console.err().println("This is what the kato.log of this node tells, " + cluster.node() + ":");
            show(new OwnHistory(new ActionLog(cluster.settings().path(Setting.LOGS_DIR)), cluster.node())
                    .read(console));
            return ExitCode.SOFTWARE;
        }
    }

    private void show(List<HistoryEntry> entries) {
        List<HistoryEntry> shown = entries.stream()
                .filter(entry -> node == null || node.equals(entry.node()))
                .sorted(Comparator.comparingLong(HistoryEntry::unixTime))
                .toList();
        if (json) {
            console.out().println(DocumentFormat.JSON.render(HistoryEntry.array(shown)));
        } else {
            shown.forEach(entry -> console.out().println(Printable.text(entry.line())));
        }
    }
}
