package logyard.core.daemon.metrics;

import io.prometheus.metrics.instrumentation.jvm.JvmBufferPoolMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import java.util.Comparator;
import java.util.List;

/** What the JVM and the kernel know of this process, under the names that all programs in Java have for it. Any thread. */
public final class JvmMetrics {
    private final PrometheusRegistry registry = new PrometheusRegistry();

    JvmMetrics() {
        JvmMemoryMetrics.builder().register(registry);
        JvmBufferPoolMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        JvmRuntimeInfoMetric.builder().register(registry);
        ProcessMetrics.builder().register(registry);
    }

    /** What there is. */
    public static List<Metric> described() {
        return new JvmMetrics()
                .snapshots().stream()
                        .map(JvmMetrics::describe)
                        .sorted(Comparator.comparing(Metric::name))
                        .toList();
    }

    private static Metric describe(MetricSnapshot snapshot) {
        String name = snapshot.getMetadata().getPrometheusName();
        String help = snapshot.getMetadata().getHelp();
        String[] labels = snapshot.getDataPoints().stream()
                .flatMap(point -> point.getLabels().stream())
                .map(Label::getName)
                .distinct()
                .toArray(String[]::new);
        if (snapshot instanceof CounterSnapshot) {
            return Metric.counter(name + "_total", help, labels);
        }
        if (snapshot instanceof SummarySnapshot) {
            return Metric.summary(name, help, labels);
        }
        return snapshot instanceof InfoSnapshot
                ? Metric.info(name + "_info", help, labels)
                : Metric.gauge(name, help, labels);
    }

    /** Of this moment. */
    List<MetricSnapshot> snapshots() {
        return registry.scrape().stream().toList();
    }
}
