package logyard.kato.process;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import logyard.core.daemon.Registration;

/**
 * Which units of this node the processes are. {@code logyard-node} is three of them in one: where it runs, or where it is
 * what is started with the machine, those are no units of their own.
 */
public record LocalUnits(Map<String, Unit> units) {
    /** Where there is no systemd to ask. */
    public static final LocalUnits NONE = new LocalUnits(Map.of());

    /** The processes that there are, in the order in which they are started. */
    public static final List<String> PROCESSES = List.of("logyard", "cloud_events", "systail", "apptail");

    private static final String NODE_UNIT = "logyard-node.service";
    private static final Set<String> IN_NODE_UNIT = Set.of("logyard", "cloud_events", "systail");

    public LocalUnits {
        units = Map.copyOf(units);
    }

    /** Asks systemd of this node; {@link #NONE} if it is not there, or does not answer. */
    public static LocalUnits ask() {
        return ask(new Systemctl()).orElse(NONE);
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
    public Unit of(String process) {
        return named(isPartOfNode(process) ? NODE_UNIT : unitName(process));
    }

    /** How the processes are as far as systemd knows, by name; it calls a unit active when its daemon has said that it is ready. */
    public Map<String, ProcessState> states() {
        Map<String, ProcessState> states = new LinkedHashMap<>();
        if (!units.isEmpty()) {
            PROCESSES.forEach(process -> states.put(process, state(of(process))));
        }
        return states;
    }

    private static ProcessState state(Unit unit) {
        return unit.isActive()
                ? new ProcessState(
                        Registration.RUNNING,
                        unit.pid(),
                        OptionalLong.empty(),
                        List.of(unit.name() + " is " + unit.state()))
                : ProcessState.bySystemd(unit);
    }

    private Unit named(String name) {
        return units.getOrDefault(name, new Unit(name, Map.of()));
    }

    /** The unit that is to run a process, be it up or not: that of a whole node, where that is what the node is set up as. */
    public Unit meant(String process) {
        Unit node = named(NODE_UNIT);
        boolean isNode = (node.isUp() || node.isEnabled()) && !surplus().contains(node);
        return named(isNode && IN_NODE_UNIT.contains(process) ? NODE_UNIT : unitName(process));
    }

    /**
     * What is not to be enabled, where {@code logyard-node} is and so is one of those that it is in place of: systemd ends
     * the one for the other. Of the two it is that which does not run.
     */
    public List<Unit> surplus() {
        Unit node = named(NODE_UNIT);
        List<Unit> members = PROCESSES.stream()
                .filter(IN_NODE_UNIT::contains)
                .map(member -> named(unitName(member)))
                .toList();
        if (!node.isEnabled() || members.stream().noneMatch(Unit::isEnabled)) {
            return List.of();
        }
        return !node.isUp() && members.stream().anyMatch(Unit::isUp)
                ? List.of(node)
                : members.stream().filter(Unit::isEnabled).toList();
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
