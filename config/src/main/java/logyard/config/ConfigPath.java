package logyard.config;

import java.util.List;
import java.util.stream.Stream;

/**
 * A place in the tree, such as {@code /proc/logyard/config/drains/papertrail}.
 *
 * @param names the names from the root down; none contains a slash, none is empty, {@code .} or {@code ..}
 */
public record ConfigPath(List<String> names) implements Comparable<ConfigPath> {
    public static final ConfigPath ROOT = new ConfigPath(List.of());

    /** Everything an operator sets with {@code kato config} for the daemons of Logyard. */
    public static final ConfigPath LOGYARD = parse("/proc/logyard/config");

    public static final ConfigPath DRAINS = LOGYARD.child("drains");
    public static final ConfigPath DRAIN_FORMATS = LOGYARD.child("drainformats");
    public static final ConfigPath RETRY_LIMITS = LOGYARD.child("retrylimits");
    public static final ConfigPath SYSTAIL = LOGYARD.child("systail");
    public static final ConfigPath APPTAIL = LOGYARD.child("apptail");
    public static final ConfigPath CLOUD_EVENTS = LOGYARD.child("cloud_events");

    /** {@code <node>/<drain>}: the states of the drains, each kept by the core of its node. */
    public static final ConfigPath STATUS = parse("/proc/logyard/status");

    /** {@code <node>/<process>}: the daemons that run. */
    public static final ConfigPath RUNNING = parse("/proc/logyard/running");

    /** What tells how the nodes do just now, for those who look. */
    public static final ConfigPath FIGURES = parse("/proc/logyard/figures");

    /** {@code <id>}: each asks every core to show its figures, for as long as it is there. */
    public static final ConfigPath FIGURES_WANTED = FIGURES.child("wanted");

    /** {@code <node>}: the figures of each core. */
    public static final ConfigPath FIGURES_SHOWN = FIGURES.child("shown");

    /** The operator's word that the tree as it stands is the right one; see {@code kato config confirm}. */
    public static final ConfigPath CONFIRMED = parse("/proc/logyard/confirmed");

    /** What all processes of the cluster share, such as {@code mbusip}. */
    public static final ConfigPath CLUSTER = parse("/cluster/config");

    public static final ConfigPath MBUS_IP = CLUSTER.child("mbusip");

    /** Where NATS is, for apptail. */
    public static final ConfigPath MBUS = parse("/proc/cloud_controller/config/mbus");

    /** {@code <node>}: the roles of each node. */
    public static final ConfigPath NODES = parse("/node");

    public ConfigPath {
        names = List.copyOf(names);
        for (String name : names) {
            if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
                throw new IllegalArgumentException("Not a name of the tree: \"" + name
                        + "\" (it must not be empty, \".\", \"..\" or hold a slash)");
            }
        }
    }

    /** The path written as {@code text}; slashes at the beginning, at the end and in a row do not count. */
    public static ConfigPath parse(String text) {
        return new ConfigPath(
                Stream.of(text.split("/")).filter(name -> !name.isEmpty()).toList());
    }

    /** The place named {@code name} directly below this one. */
    public ConfigPath child(String name) {
        return new ConfigPath(Stream.concat(names.stream(), Stream.of(name)).toList());
    }

    /** The place directly above. */
    public ConfigPath parent() {
        if (names.isEmpty()) {
            throw new IllegalStateException("The root has no parent");
        }
        return new ConfigPath(names.subList(0, names.size() - 1));
    }

    /** The last name. */
    public String name() {
        if (names.isEmpty()) {
            throw new IllegalStateException("The root has no name");
        }
        return names.get(names.size() - 1);
    }

    /** Whether this is {@code other} or a place below it. */
    public boolean startsWith(ConfigPath other) {
        return names.size() >= other.names.size()
                && names.subList(0, other.names.size()).equals(other.names);
    }

    /** The way from {@code ancestor} down to here, such as {@code log_files/dea}; empty if they are the same place. */
    public String relativeTo(ConfigPath ancestor) {
        if (!startsWith(ancestor)) {
            throw new IllegalArgumentException(this + " is not below " + ancestor);
        }
        return String.join("/", names.subList(ancestor.names.size(), names.size()));
    }

    @Override
    public int compareTo(ConfigPath other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return "/" + String.join("/", names);
    }
}
