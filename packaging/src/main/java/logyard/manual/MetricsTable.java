package logyard.manual;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import logyard.apptail.InstanceMetrics;
import logyard.cloudevents.SieveMetrics;
import logyard.core.daemon.TreeMetrics;
import logyard.core.daemon.metrics.JvmMetrics;
import logyard.core.daemon.metrics.Metric;
import logyard.core.daemon.metrics.Metric.Kind;
import logyard.core.daemon.metrics.Vitals;
import logyard.core.figures.BusMetrics;
import logyard.core.figures.DrainMetrics;
import logyard.core.figures.JournalMetrics;
import logyard.core.figures.PublisherMetrics;
import logyard.core.figures.StreamMetrics;
import logyard.core.figures.SubscriberMetrics;
import logyard.core.figures.TailMetrics;

/** All metrics of all daemons: the table of docs/metrics.md. */
public final class MetricsTable {
    private MetricsTable() {}

    private static Map<String, List<Metric>> ours() {
        Map<String, List<Metric>> groups = new LinkedHashMap<>();
        groups.put("Every process", both(Vitals.METRICS, TreeMetrics.METRICS));
        groups.put("The core: streams", StreamMetrics.METRICS);
        groups.put("The core: drains", DrainMetrics.METRICS);
        groups.put("The core: named subscribers", SubscriberMetrics.METRICS);
        groups.put("The core: journal", JournalMetrics.METRICS);
        groups.put("The core: bus", BusMetrics.METRICS);
        groups.put("systail, apptail, cloud_events: the way to the core", PublisherMetrics.METRICS);
        groups.put("systail, apptail: files (each file of its own: systail only)", TailMetrics.METRICS);
        groups.put("cloud_events", SieveMetrics.METRICS);
        groups.put("apptail", InstanceMetrics.METRICS);
        return groups;
    }

    private static List<Metric> both(List<Metric> some, List<Metric> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    /** In Markdown. */
    static String document() {
        var text = new StringBuilder();
        Map<String, List<Metric>> groups = ours();
        groups.put("Every process: the JVM", JvmMetrics.described());
        groups.forEach((title, metrics) -> {
            text.append("### ").append(title).append("\n\n| metric | type | labels | meaning |\n|---|---|---|---|\n");
            metrics.forEach(metric -> text.append(row(metric)));
            text.append('\n');
        });
        return text.toString();
    }

    private static String row(Metric metric) {
        List<String> labels = new ArrayList<>(metric.labels());
        if (metric.kind() == Kind.STATES) {
            labels.add(metric.name());
        }
        String shown = labels.stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return "| `" + metric.name() + "` | " + type(metric.kind()) + " | " + shown + " | " + metric.help() + " |\n";
    }

    private static String type(Kind kind) {
        return switch (kind) {
            case COUNTER -> "counter";
            case SUMMARY -> "summary";
            case STATES -> "states";
            case GAUGE, INFO -> "gauge";
        };
    }

    /** The names of all series that are not the JVM's. */
    public static Set<String> series() {
        return ours().values().stream()
                .flatMap(List::stream)
                .flatMap(metric -> metric.kind() == Kind.SUMMARY
                        ? Stream.of(metric.name() + "_count", metric.name() + "_sum")
                        : Stream.of(metric.name()))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
