package logyard.core.daemon.metrics;

import java.util.List;

/**
 * What is measured: one row of docs/metrics.md.
 *
 * @param name as Prometheus shows it, such as {@code logyard_bus_frames_total}
 * @param help what it counts or measures, and since when
 * @param labels by which its series are told apart
 * @param states the values of {@link Kind#STATES}, else empty
 */
public record Metric(String name, Kind kind, String help, List<String> labels, List<String> states) {
    /** How a metric behaves. */
    public enum Kind {
        /** Only grows while the process lives; its name ends with {@code _total}. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** How often something happened, and how much that was together: two series, {@code _count} and {@code _sum}. */
        SUMMARY,
        /** A series for each state, 1 for the one that holds; its label has the metric's name. */
        STATES,
        /** Always 1: its labels are what it says; its name ends with {@code _info}. */
        INFO
    }

    public Metric {
        if ((kind == Kind.COUNTER) != name.endsWith("_total") || (kind == Kind.INFO) != name.endsWith("_info")) {
            throw new IllegalArgumentException("Not by the conventions for a " + kind + ": " + name);
        }
        labels = List.copyOf(labels);
        states = List.copyOf(states);
    }

    /** Only grows. */
    public static Metric counter(String name, String help, String... labels) {
        return new Metric(name, Kind.COUNTER, help, List.of(labels), List.of());
    }

    /** Goes up and down. */
    public static Metric gauge(String name, String help, String... labels) {
        return new Metric(name, Kind.GAUGE, help, List.of(labels), List.of());
    }

    /** A count and a sum. */
    public static Metric summary(String name, String help, String... labels) {
        return new Metric(name, Kind.SUMMARY, help, List.of(labels), List.of());
    }

    /** One of some states. */
    public static Metric states(String name, String help, List<String> states, String... labels) {
        return new Metric(name, Kind.STATES, help, List.of(labels), states);
    }

    /** What does not change. */
    public static Metric info(String name, String help, String... labels) {
        return new Metric(name, Kind.INFO, help, List.of(labels), List.of());
    }
}
