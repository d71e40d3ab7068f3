package logyard.kato.process;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import logyard.config.ConfigUnavailableException;
import logyard.kato.command.Cluster;
import logyard.kato.command.CommandFailedException;
import logyard.kato.output.Console;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code kato process start}, {@code stop} and {@code restart} have in common: they have systemd of this node do it. */
abstract class UnitsCommand implements Callable<Integer> {
    private final String verb;
    private final String done;
    private final Cluster cluster;
    private final Console console;
    private final Systemctl systemctl = new Systemctl();

    @ArgGroup
    private Where where = new Where();

    private static final class Where {
        @Option(
                names = {"-n", "--node"},
                paramLabel = "IP",
                description = "Refuse, unless this is the node, and say what to run there.")
        private @Nullable String node;

        @Option(
                names = {"-c", "--cluster"},
                description = "Refuse, unless there is no other node, and say what to run on each.")
        private boolean wholeCluster;
    }

    @Parameters(
            paramLabel = "PROCESS",
            description = "Which processes; if none is named, those that systemd starts with the machine.")
    private List<String> names = List.of();

    /**
     * One of the three.
     *
     * @param verb as systemd calls it
     * @param done what it has done then, such as {@code Started}
     */
    UnitsCommand(String verb, String done, Cluster cluster, Console console) {
        this.verb = verb;
        this.done = done;
        this.cluster = cluster;
        this.console = console;
    }

    @Override
    public Integer call() {
        names.stream()
                .filter(name -> !LocalUnits.PROCESSES.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new CommandFailedException("there is no process " + name + "; there are "
                            + String.join(", ", new TreeSet<>(LocalUnits.PROCESSES)));
                });
        refuseOthers();
        LocalUnits units = LocalUnits.ask(systemctl)
                .orElseThrow(() -> new CommandFailedException("there is no systemd on this node that answers, so that"
                        + " kato cannot " + verb + " anything here; " + verb + " the daemons as they were installed"
                        + " (logyard-micro and containers are started and stopped as a whole)"));
        Set<String> chosen = chosen(units);
        act(chosen);
        chosen.forEach(unit -> console.out().println(done + " " + unit));
        return ExitCode.OK;
    }

    private void refuseOthers() {
        Set<String> others = new LinkedHashSet<>();
        if (where.node != null) {
            requireKnown(where.node);
            others.add(where.node);
        } else if (where.wholeCluster) {
            others.addAll(new Processes(cluster).nodes());
        }
        if (others.stream().allMatch(cluster.node()::equals)) {
            return;
        }
        String command =
                "kato process " + verb + names.stream().map(name -> " " + name).collect(Collectors.joining());
        throw new CommandFailedException("this can be done on the node itself only, here " + cluster.node() + "; run: "
                + others.stream()
                        .map(other -> cluster.node().equals(other) ? command : "ssh " + other + " " + command)
                        .collect(Collectors.joining("; ")));
    }

    /** Start and stop need no ZooKeeper, and so do not fail for want of one: whether such a node is there, ssh tells, too. */
    private void requireKnown(String node) {
        if (!node.equals(cluster.node())) {
            try {
                new Processes(cluster).requireNode(node);
            } catch (ConfigUnavailableException e) {
                console.warn("whether there is a node " + node + " is not known: " + e.getMessage());
            }
        }
    }

    /** The units to be acted on, each once. */
    private Set<String> chosen(LocalUnits units) {
        List<String> processes = names.isEmpty() ? units.wanted() : names;
        if (processes.isEmpty()) {
            throw new CommandFailedException("systemd starts no process of Logyard with this machine; name one: kato"
                    + " process " + verb + " logyard, or have it started: systemctl enable logyard");
        }
        SortedSet<String> partners = units.partners(processes);
        if (!verb.equals("start") && !partners.isEmpty()) {
            throw new CommandFailedException(String.join(" and ", processes) + " cannot be "
                    + done.toLowerCase(Locale.ROOT) + " without " + String.join(" and ", partners)
                    + ": logyard-node is all of them in one process; name them all: kato process " + verb
                    + " cloud_events logyard systail");
        }
        Set<String> chosen = new LinkedHashSet<>();
        for (String process : LocalUnits.PROCESSES) {
            if (processes.contains(process)) {
                Unit unit = units.of(process);
                if (!unit.isInstalled()) {
                    throw new CommandFailedException("systemd of this node knows no " + unit.name()
                            + "; install the package, or its units (README.md)");
                }
                chosen.add(unit.name());
            }
        }
        return chosen;
    }

    private void act(Set<String> units) {
        String command = "systemctl " + verb + " " + String.join(" ", units);
        Systemctl.Outcome outcome;
        try {
            outcome = systemctl.act(verb, units);
        } catch (IOException e) {
            throw new CommandFailedException(
                    command + ": " + e.getMessage() + "; see: systemctl status " + String.join(" ", units));
        }
        if (!outcome.succeeded()) {
            boolean denied = outcome.err().matches("(?is).*(authentication|access denied|permission denied).*");
            throw new CommandFailedException(command + " failed: "
                    + outcome.err().replace('\n', ' ') + (denied ? "; it takes root: run it with sudo" : ""));
        }
    }
}
