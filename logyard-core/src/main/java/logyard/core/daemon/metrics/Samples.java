package logyard.core.daemon.metrics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the metrics are at one moment. One thread.
 *
 * <p>What is given twice with the same labels is added up, since labels are cut off at {@value #MOST_CHARACTERS} characters:
 * some are words of whoever sends events.
 */
public final class Samples {
    private static final int MOST_CHARACTERS = 200;

    private static final double NANOS = 1e9;

    /** These would do something to a terminal. */
    private static final Pattern CONTROLS = Pattern.compile("\\p{Cc}");

    /**
     * A number, or what else a metric has.
     *
     * @param count of a summary
     * @param state of a metric of states
     */
    record Sample(double value, long count, String state) {
        Sample plus(Sample other) {
            return new Sample(value + other.value, count + other.count, state);
        }
    }

    private final Map<Metric, Map<List<String>, Sample>> all = new LinkedHashMap<>();

    /** A counter, gauge or info, with a value for each label of the metric. */
    public void add(Metric metric, long value, String... labels) {
        add(metric, new Sample((double) value, 0, ""), labels);
    }

    /** A gauge that is a time, in seconds. */
    public void addSeconds(Metric metric, Duration value, String... labels) {
        add(metric, new Sample(seconds(value), 0, ""), labels);
    }

    /** A summary of times, in seconds. */
    public void addSeconds(Metric metric, long count, Duration sum, String... labels) {
        add(metric, new Sample(seconds(sum), count, ""), labels);
    }

    private static double seconds(Duration value) {
        return value.getSeconds() + value.getNano() / NANOS;
    }

    /** The state that holds. */
    public void addState(Metric metric, String state, String... labels) {
        add(metric, new Sample(0, 0, state), labels);
    }

    private void add(Metric metric, Sample sample, String... labels) {
        if (labels.length != metric.labels().size()) {
            throw new IllegalArgumentException(metric.name() + " has the labels " + metric.labels());
        }
        List<String> values = new ArrayList<>(labels.length);
        for (String label : labels) {
            values.add(harmless(label));
        }
        all.computeIfAbsent(metric, any -> new LinkedHashMap<>()).merge(values, sample, Sample::plus);
    }

    private static String harmless(String label) {
        String cut = label.length() <= MOST_CHARACTERS ? label : label.substring(0, MOST_CHARACTERS - 1) + "…";
        return CONTROLS.matcher(cut).replaceAll("\uFFFD");
    }

    /** By metric and the values of its labels. */
    Map<Metric, Map<List<String>, Sample>> all() {
        return all;
    }
}
