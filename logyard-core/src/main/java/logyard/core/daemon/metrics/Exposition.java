package logyard.core.daemon.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot;
import io.prometheus.metrics.model.snapshots.StateSetSnapshot.StateSetDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import logyard.core.daemon.metrics.Samples.Sample;

/** Writes samples, and those of the JVM, in the formats of Prometheus. Any thread. */
final class Exposition {
    /** An answer. */
    record Text(String contentType, String body) {}

    private final ExpositionFormats formats = ExpositionFormats.init();
    private final JvmMetrics jvm = new JvmMetrics();

    /** @param accept the header of the request, which says what it understands; empty for the plain text format */
    Text write(Samples samples, String accept) {
        List<MetricSnapshot> all = new ArrayList<>(jvm.snapshots());
        samples.all().forEach((metric, values) -> all.add(snapshot(metric, values)));
        ExpositionFormatWriter writer = formats.findWriter(accept);
        var bytes = new ByteArrayOutputStream();
        try {
            writer.write(bytes, new MetricSnapshots(all));
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
        return new Text(writer.getContentType(), bytes.toString(StandardCharsets.UTF_8));
    }

    private static MetricSnapshot snapshot(Metric metric, Map<List<String>, Sample> values) {
        return switch (metric.kind()) {
            case COUNTER -> counter(metric, values);
            case GAUGE -> gauge(metric, values);
            case SUMMARY -> summary(metric, values);
            case STATES -> states(metric, values);
            case INFO -> info(metric, values);
        };
    }

    private static Labels labels(Metric metric, List<String> values) {
        return Labels.of(metric.labels(), values);
    }

    private static MetricSnapshot counter(Metric metric, Map<List<String>, Sample> values) {
        var all = CounterSnapshot.builder().name(without("_total", metric)).help(metric.help());
        values.forEach((labels, sample) -> all.dataPoint(CounterDataPointSnapshot.builder()
                .labels(labels(metric, labels))
                .value(sample.value())
                .build()));
        return all.build();
    }

    private static MetricSnapshot gauge(Metric metric, Map<List<String>, Sample> values) {
        var all = GaugeSnapshot.builder().name(metric.name()).help(metric.help());
        values.forEach((labels, sample) -> all.dataPoint(GaugeDataPointSnapshot.builder()
                .labels(labels(metric, labels))
                .value(sample.value())
                .build()));
        return all.build();
    }

    private static MetricSnapshot summary(Metric metric, Map<List<String>, Sample> values) {
        var all = SummarySnapshot.builder().name(metric.name()).help(metric.help());
        values.forEach((labels, sample) -> all.dataPoint(SummaryDataPointSnapshot.builder()
                .labels(labels(metric, labels))
                .count(sample.count())
                .sum(sample.value())
                .build()));
        return all.build();
    }

    private static MetricSnapshot states(Metric metric, Map<List<String>, Sample> values) {
        var all = StateSetSnapshot.builder().name(metric.name()).help(metric.help());
        values.forEach((labels, sample) -> {
            var states = StateSetDataPointSnapshot.builder().labels(labels(metric, labels));
            metric.states().forEach(state -> states.state(state, state.equals(sample.state())));
            all.dataPoint(states.build());
        });
        return all.build();
    }

    private static MetricSnapshot info(Metric metric, Map<List<String>, Sample> values) {
        var all = InfoSnapshot.builder().name(without("_info", metric)).help(metric.help());
        values.keySet()
                .forEach(labels -> all.dataPoint(InfoDataPointSnapshot.builder()
                        .labels(labels(metric, labels))
                        .build()));
        return all.build();
    }

    /** The library adds the endings of the conventions itself. */
    private static String without(String ending, Metric metric) {
        return metric.name().substring(0, metric.name().length() - ending.length());
    }
}
