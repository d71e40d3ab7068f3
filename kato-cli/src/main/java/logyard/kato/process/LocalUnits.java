package logyard.kato.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Which units of this node the processes are. {@code logyard-node} is three of them in one: where it runs, or where it is
 * what is started with the machine, those are no units of their own.
 */
record LocalUnits(Map<String, Unit> units) {
    /** The processes that there are, in the order in which they are started. */
    static final List<String> PROCESSES = List.of("logyard", "cloud_events", "systail", "apptail");

    private static final String NODE_UNIT = "logyard-node.service";
    private static final Set<String> IN_NODE_UNIT = Set.of("logyard", "cloud_events", "systail");

    LocalUnits {
        units = Map.copyOf(units);
    }

    /** Asks systemd; empty if it is not there. */
    static Optional<LocalUnits> ask(Systemctl systemctl) {
        List<String> names = new ArrayList<>(List.of(NODE_UNIT));
        PROCESSES.forEach(process -> names.add(unitName(process)));
        return systemctl.show(names).map(LocalUnits::new);
    }

    private static String unitName(String process) {
        return process.replace('_', '-') + ".service";
    }

    /** The unit that a process is, or is a part of. */
    Unit of(String process) {
        return named(isPartOfNode(process) ? NODE_UNIT : unitName(process));
    }

    private Unit named(String name) {
        return units.getOrDefault(name, new Unit(name, Map.of()));
    }

    /** Whether a process is one of several in one unit. */
    boolean isPartOfNode(String process) {
        if (!IN_NODE_UNIT.contains(process)) {
            return false;
        }
        Unit node = named(NODE_UNIT);
        return node.isUp()
                || (node.isEnabled()
                        && IN_NODE_UNIT.stream()
                                .map(member -> named(unitName(member)))
                                .noneMatch(unit -> unit.isUp() || unit.isEnabled()));
    }

    /** The processes that share a unit with others, but for those that are named. */
    SortedSet<String> partners(Collection<String> named) {
        SortedSet<String> missing = new TreeSet<>();
        if (named.stream().anyMatch(this::isPartOfNode)) {
            missing.addAll(IN_NODE_UNIT);
            missing.removeAll(named);
        }
        return missing;
    }

    /** The processes that should run here: their units are started with the machine, or are up. */
    List<String> wanted() {
        return PROCESSES.stream()
                .filter(process -> of(process).isEnabled() || of(process).isUp())
                .toList();
    }
}
