package logyard.core.daemon.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import logyard.core.daemon.Version;

/**
 * How a process is: what its parts measure, whether one of them hangs, whether all are ready. Any thread.
 *
 * <p>There is one for each process, however many daemons are in it.
 */
public final class Vitals implements MetricSource {
    static final Metric BUILD = Metric.info("logyard_build_info", "The version of this Logyard.", "version");
    static final Metric HEALTHY = Metric.gauge(
            "logyard_healthy", "1 while the check passes, 0 when what it looks at hangs; as /health says.", "check");
    static final Metric READY = Metric.gauge(
            "logyard_ready", "1 while the process is RUNNING, as kato process shows it, else 0.", "process");

    /** What every process has. */
    public static final List<Metric> METRICS = List.of(BUILD, HEALTHY, READY);

    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private volatile boolean running;

    /** Adds a part, which has nothing to say yet; closing it takes back all it said. */
    public Part add() {
        var part = new Part();
        parts.add(part);
        return part;
    }

    /** All parts were added. */
    public void started() {
        running = true;
    }

    /** The process is about to end. */
    public void stopping() {
        running = false;
    }

    /** Whether everything was started, is ready, and is not being stopped. */
    public boolean isReady() {
        return running && readiness().values().stream().allMatch(ready -> ready);
    }

    /** Whether each daemon of the process is ready, by the name under which it is listed in the tree. */
    public Map<String, Boolean> readiness() {
        Map<String, Boolean> ready = new TreeMap<>();
        parts.forEach(part -> part.readiness.forEach(
                one -> ready.put(one.process(), one.isReady().getAsBoolean())));
        return ready;
    }

    /** What hangs, by the name of the check; empty as it should be. */
    public Map<String, String> problems() {
        Map<String, String> problems = new TreeMap<>();
        checks().forEach(check -> check.problem().get().ifPresent(problem -> problems.put(check.name(), problem)));
        return problems;
    }

    /** Those of some {@link #problems} that are threads that hang: what a new process would be free of. */
    public Map<String, String> hangingThreads(Map<String, String> problems) {
        Map<String, String> hanging = new TreeMap<>(problems);
        hanging.keySet()
                .retainAll(checks().stream()
                        .filter(HealthCheck::isThread)
                        .map(HealthCheck::name)
                        .toList());
        return hanging;
    }

    /** The names of all checks. */
    List<String> checkNames() {
        return checks().stream().map(HealthCheck::name).toList();
    }

    private List<HealthCheck> checks() {
        List<HealthCheck> checks = new ArrayList<>();
        parts.forEach(part -> checks.addAll(part.checks));
        return checks;
    }

    @Override
    public void collect(Samples samples) {
        samples.add(BUILD, 1, Version.text());
        readiness().forEach((process, ready) -> samples.add(READY, running && ready ? 1 : 0, process));
        Map<String, String> problems = problems();
        checkNames().forEach(check -> samples.add(HEALTHY, problems.containsKey(check) ? 0 : 1, check));
        parts.forEach(part -> part.sources.forEach(source -> source.collect(samples)));
    }

    private record Readiness(String process, BooleanSupplier isReady) {}

    /** What one part of a process has to say. */
    public final class Part implements AutoCloseable {
        private final List<MetricSource> sources = new CopyOnWriteArrayList<>();
        private final List<HealthCheck> checks = new CopyOnWriteArrayList<>();
        private final List<Readiness> readiness = new CopyOnWriteArrayList<>();

        private Part() {}

        /** It measures something. */
        public Part measures(MetricSource source) {
            sources.add(source);
            return this;
        }

        /**
         * A thread of it must go on looking for work.
         *
         * @param thread such as {@code systail.tail}
         * @param since how long ago it did so
         */
        public Part hasThread(String thread, Supplier<Duration> since) {
            checks.add(HealthCheck.ofThread(thread, since));
            return this;
        }

        /**
         * Something must happen now and then.
         *
         * @param what as in "has not … for 31 s"
         */
        public Part must(String what, String name, Supplier<Duration> since) {
            checks.add(HealthCheck.ofProgress(name, what, since));
            return this;
        }

        /** It is a daemon, listed in the tree as {@code process}. */
        public Part isDaemon(String process, BooleanSupplier isReady) {
            readiness.add(new Readiness(process, isReady));
            return this;
        }

        @Override
        public void close() {
            parts.remove(this);
        }
    }
}
