package logyard.kato.process;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;
import logyard.kato.command.ReadsOnly;
import logyard.kato.output.Console;
import logyard.kato.output.DocumentFormat;
import logyard.kato.output.DocumentOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kato process list}. */
@Command(
        name = "list",
        description = "Show which processes run: on this node, unless another or all are asked for.",
        footer = {
            "",
            "RUNNING is ready, STARTING not yet. A process that was killed is shown as it was until its session with"
                    + " ZooKeeper has timed out, after 15 s. Of one that is not registered there, systemd is asked on this"
                    + " node; on others it is STOPPED.",
            "",
            "Examples:",
            "  kato process list",
            "  kato process list --cluster --json logyard"
        })
public final class ProcessListCommand implements Callable<Integer>, ReadsOnly {
    private final Processes processes;
    private final Cluster cluster;
    private final Console console;

    @ArgGroup
    private Where where = new Where();

    private static final class Where {
        @Option(
                names = {"-n", "--node"},
                paramLabel = "IP",
                description = "Show those of this node.")
        private @Nullable String node;

        @Option(
                names = {"-c", "--cluster"},
                description = "Show those of all nodes, below the address of each.")
        private boolean wholeCluster;
    }

    @Mixin
    private DocumentOptions document;

    @Parameters(paramLabel = "PROCESS", description = "Which processes; all if none is named.")
    private List<String> names = List.of();

    public ProcessListCommand(Cluster cluster, Console console) {
        this.processes = new Processes(cluster);
        this.cluster = cluster;
        this.console = console;
    }

    @Override
    public Integer call() {
        var shown = new ProcessList(wanted(all()));
        Optional<DocumentFormat> format = document.format();
        if (format.isPresent()) {
            console.out().println(format.get().render(shown.document()));
        } else {
            shown.print(console, where.wholeCluster);
        }
        return ExitCode.OK;
    }

    private SortedMap<String, Map<String, ProcessState>> all() {
        SortedMap<String, Map<String, ProcessState>> byNode = new TreeMap<>();
        if (where.wholeCluster) {
            processes.nodes().forEach(each -> byNode.put(each, processes.on(each)));
        } else {
            String node = where.node == null ? cluster.node() : where.node;
            processes.requireNode(node);
            byNode.put(node, processes.on(node));
        }
        return byNode;
    }

    private SortedMap<String, Map<String, ProcessState>> wanted(SortedMap<String, Map<String, ProcessState>> all) {
        Set<String> known = new TreeSet<>();
        all.values().forEach(states -> known.addAll(states.keySet()));
        names.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new CommandFailedException("there is no process " + name + "; there are " + String.join(", ", known));
        });
        SortedMap<String, Map<String, ProcessState>> wanted = new TreeMap<>();
        all.forEach((node, states) -> {
            Map<String, ProcessState> kept = new LinkedHashMap<>(states);
            kept.keySet().removeIf(name -> !names.isEmpty() && !names.contains(name));
            wanted.put(node, kept);
        });
        return wanted;
    }
}
