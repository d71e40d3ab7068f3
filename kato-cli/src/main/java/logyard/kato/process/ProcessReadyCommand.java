package logyard.kato.process;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;
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

/** {@code kato process ready}. */
@Command(
        name = "ready",
        description = "Tell whether a process has started completely: READY, or NOT READY and exit status 1.",
        footer = {
            "",
            "logyard is ready when it takes events and has begun its drains, systail when it follows its files, cloud_events"
                    + " when its core sends it lines, apptail when it is connected to NATS. \"all\" means logyard, everything else that is registered on the node,"
                    + " and on this node also what systemd starts with the machine.",
            "",
            "Examples:",
            "  kato process ready logyard",
            "  kato process ready --block 30 all"
        })
public final class ProcessReadyCommand implements Callable<Integer>, ReadsOnly {
    private static final String ALL = "all";

    /** As long as a century; what is longer overflows somewhere. */
    private static final long MOST_SECONDS = 100L * 365 * 24 * 3600;

    private final Cluster cluster;
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-b", "--block"},
            paramLabel = "SECONDS",
            description = "Wait until it is ready, for so long at most; 0 is for ever.")
    private @Nullable Long block;

    @Option(
            names = {"-n", "--node"},
            paramLabel = "IP",
            description = "Ask for the process of this node, not of the one that kato runs on.")
    private @Nullable String node;

    @Parameters(arity = "0..1", paramLabel = "PROCESS", description = "Which process; all if none is named.")
    private String process = ALL;

    public ProcessReadyCommand(Cluster cluster, Console console) {
        this.cluster = cluster;
        this.console = console;
    }

    @Override
    public Integer call() {
        if (block != null && (block < 0 || block > MOST_SECONDS)) {
            throw new ParameterException(
                    spec.commandLine(), "--block must be a number of seconds, 0 for ever, got " + block);
        }
        var processes = new Processes(cluster);
        String asked = node == null ? cluster.node() : node;
        List<String> required = process.equals(ALL)
                ? ReadyWatch.requiredFor(processes.isHere(asked) ? processes.units() : Optional.empty())
                : List.of(known(process, asked, processes));
        var watch = new ReadyWatch(asked, required, process.equals(ALL));
        if (block == null) {
            processes.requireNode(asked);
        }
        ReadyWatch.Answer answer =
                block == null ? watch.ask(cluster.tree()) : watch.await(cluster.tree(), Duration.ofSeconds(block));
        console.out().println(answer.isReady() ? "READY" : "NOT READY");
        if (!answer.isReady()) {
            console.err().println(Printable.text("not ready on " + asked + ": " + answer.missing()));
        }
        return answer.isReady() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Refuses a name that is mistyped, which would be waited for in vain. */
    private static String known(String process, String node, Processes processes) {
        if (!LocalUnits.PROCESSES.contains(process) && !processes.on(node).containsKey(process)) {
            throw new CommandFailedException("there is no process " + process + "; there are " + ALL + ", "
                    + String.join(", ", new TreeSet<>(LocalUnits.PROCESSES)));
        }
        return process;
    }
}
