package logyard.core.daemon.metrics;

/** Tells how a part of a process stands, when somebody asks. */
public interface MetricSource {
    /**
     * Puts all it has into {@code samples}. On the thread of who asks, one at a time; may take a few seconds, and must not
     * slow down what is measured.
     */
    void collect(Samples samples);
}
