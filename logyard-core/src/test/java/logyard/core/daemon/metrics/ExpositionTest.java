package logyard.core.daemon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private final Exposition exposition = new Exposition();
    private final Samples samples = new Samples();

    private List<String> lines(String accept) {
        return exposition.write(samples, accept).body().lines().toList();
    }

    @Test
    void writesEachKindOfMetric() {
        samples.add(Metric.counter("a_events_total", "Events.", "stream"), 12_345_678_901L, "one\"\\\n");
        samples.add(Metric.gauge("b_bytes", "Bytes."), 7);
        samples.addSeconds(Metric.summary("c_seconds", "Times."), 3, Duration.ofMillis(4500));
        samples.addState(Metric.states("d_state", "State.", List.of("RUNNING", "FATAL"), "drain"), "FATAL", "mine");
        samples.add(Metric.info("e_info", "Version.", "version"), 1, "1.0");

        assertThat(lines(""))
                .containsSequence(
                        "# HELP a_events_total Events.",
                        "# TYPE a_events_total counter",
                        "a_events_total{stream=\"one\\\"\\\\\uFFFD\"} 1.2345678901E10")
                .containsSequence("# TYPE b_bytes gauge", "b_bytes 7.0")
                .containsSequence("# TYPE c_seconds summary", "c_seconds_count 3", "c_seconds_sum 4.5")
                .containsSequence(
                        "d_state{drain=\"mine\",d_state=\"FATAL\"} 1", "d_state{drain=\"mine\",d_state=\"RUNNING\"} 0")
                .containsSequence("# TYPE e_info gauge", "e_info{version=\"1.0\"} 1");
    }

    @Test
    void tellsOfTheJvmAndTheProcess() {
        Scraped scraped = Scraped.of(exposition.write(samples, "").body());

        assertThat(scraped.names())
                .contains("jvm_memory_used_bytes", "jvm_gc_collection_seconds_count", "jvm_threads_current")
                .contains("process_open_fds", "process_resident_memory_bytes", "process_cpu_seconds_total");
        assertThat(scraped.value("jvm_memory_used_bytes", "area", "heap")).isPositive();
        assertThat(scraped.value("process_resident_memory_bytes")).isPositive();
    }

    @Test
    void writesTheFormatThatIsAskedFor() {
        samples.add(Metric.gauge("b_bytes", "Bytes."), 7);

        var openMetrics = exposition.write(samples, "application/openmetrics-text; version=1.0.0; charset=utf-8");

        assertThat(openMetrics.contentType()).startsWith("application/openmetrics-text");
        assertThat(openMetrics.body()).contains("b_bytes 7.0").endsWith("# EOF\n");
        assertThat(exposition.write(samples, "application/vnd.google.protobuf").contentType())
                .as("what it cannot write is written as text")
                .startsWith("text/plain");
    }
}
