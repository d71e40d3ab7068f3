package logyard.kato.log.top;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import logyard.core.figures.DrainFigures;
import logyard.core.router.StreamCount;

/**
 * The figures of several nodes put together: one row for each node, stream and drain. A rate is empty as long as it cannot
 * be told.
 *
 * @param leftOut how many streams and drains the nodes left out, as there are too many
 */
record ClusterFigures(List<NodeRow> nodes, List<StreamRow> streams, List<DrainRow> drains, int leftOut) {
    private static final List<String> WORST_FIRST = List.of("FATAL", "RETRYING", "STARTING", "STOPPED");

    /** One node. */
    record NodeRow(NodeView view, OptionalDouble eventsPerSecond, OptionalDouble bytesPerSecond) {}

    /** One stream, on all nodes that have it. */
    record StreamRow(
            String name,
            int nodes,
            OptionalDouble eventsPerSecond,
            OptionalDouble bytesPerSecond,
            long events,
            long bytes) {}

    /**
     * One drain, on all nodes that run it.
     *
     * @param state the worst there is
     * @param inState on how many nodes it is in that state
     * @param error why, if there is a reason
     * @param lag the longest
     */
    record DrainRow(
            String name,
            String state,
            int inState,
            int nodes,
            Optional<String> error,
            OptionalDouble eventsPerSecond,
            OptionalDouble bytesPerSecond,
            long delivered,
            long pending,
            Duration lag,
            long dropped) {
        /** The state, and where it is not the same everywhere, on how many nodes: {@code RETRYING 1/3}. */
        String stateAndNodes() {
            return inState == nodes ? state : state + " " + inState + "/" + nodes;
        }
    }

    static ClusterFigures of(List<NodeView> views) {
        Map<String, List<NodeView>> byStream = new TreeMap<>();
        Map<String, List<NodeView>> byDrain = new TreeMap<>();
        for (NodeView view : views) {
            view.current().ifPresent(sample -> {
                sample.streams()
                        .keySet()
                        .forEach(stream -> byStream.computeIfAbsent(stream, name -> new ArrayList<>())
                                .add(view));
                sample.drains()
                        .keySet()
                        .forEach(drain -> byDrain.computeIfAbsent(drain, name -> new ArrayList<>())
                                .add(view));
            });
        }
        List<StreamRow> streams = new ArrayList<>();
        byStream.forEach((name, nodes) -> streams.add(stream(name, nodes)));
        List<DrainRow> drains = new ArrayList<>();
        byDrain.forEach((name, nodes) -> drains.add(drain(name, nodes)));
        return new ClusterFigures(views.stream().map(ClusterFigures::node).toList(), streams, drains, leftOut(views));
    }

    private static int leftOut(List<NodeView> views) {
        return views.stream()
                .flatMap(view -> view.current().stream())
                .mapToInt(NodeSample::leftOut)
                .sum();
    }

    private static NodeRow node(NodeView view) {
        return new NodeRow(
                view, view.rate(NodeSample::events, sample -> true), view.rate(NodeSample::bytes, sample -> true));
    }

    private static StreamRow stream(String name, List<NodeView> nodes) {
        ToLongFunction<NodeSample> events = sample -> sample.stream(name, StreamCount::events);
        ToLongFunction<NodeSample> bytes = sample -> sample.stream(name, StreamCount::bytes);
        Predicate<NodeSample> known = sample -> sample.knowsStream(name);
        return new StreamRow(
                name,
                nodes.size(),
                rate(nodes, events, known),
                rate(nodes, bytes, known),
                total(nodes, events),
                total(nodes, bytes));
    }

    private static DrainRow drain(String name, List<NodeView> nodes) {
        List<DrainFigures> each = nodes.stream()
                .flatMap(view -> view.current().stream())
                .map(sample -> sample.drains().get(name))
                .toList();
        DrainFigures worst = each.stream()
                .min(Comparator.comparingInt(drain -> badness(drain.state())))
                .orElseThrow();
        Predicate<NodeSample> known = sample -> sample.knowsDrain(name);
        ToLongFunction<NodeSample> delivered = sample -> sample.drain(name, DrainFigures::delivered);
        return new DrainRow(
                name,
                worst.state(),
                (int) each.stream()
                        .filter(drain -> drain.state().equals(worst.state()))
                        .count(),
                each.size(),
                worst.error(),
                rate(nodes, delivered, known),
                rate(nodes, sample -> sample.drain(name, DrainFigures::bytes), known),
                total(nodes, delivered),
                each.stream().mapToLong(DrainFigures::pending).sum(),
                each.stream()
                        .map(DrainFigures::lag)
                        .max(Comparator.naturalOrder())
                        .orElse(Duration.ZERO),
                each.stream().mapToLong(DrainFigures::dropped).sum());
    }

    private static int badness(String state) {
        int place = WORST_FIRST.indexOf(state);
        return place < 0 ? WORST_FIRST.size() : place;
    }

    private static OptionalDouble rate(
            List<NodeView> nodes, ToLongFunction<NodeSample> count, Predicate<NodeSample> known) {
        return sum(nodes.stream().map(view -> view.rate(count, known)).toList());
    }

    private static long total(List<NodeView> nodes, ToLongFunction<NodeSample> count) {
        return nodes.stream()
                .flatMap(view -> view.current().stream())
                .mapToLong(count)
                .sum();
    }

    /** How many of the nodes are in a state. */
    long count(NodeView.State state) {
        return nodes.stream().filter(row -> row.view().state() == state).count();
    }

    /** What comes in on all nodes. */
    OptionalDouble eventsPerSecond() {
        return sum(nodes.stream().map(NodeRow::eventsPerSecond).toList());
    }

    /** What comes in on all nodes. */
    OptionalDouble bytesPerSecond() {
        return sum(nodes.stream().map(NodeRow::bytesPerSecond).toList());
    }

    private static OptionalDouble sum(List<OptionalDouble> rates) {
        return rates.stream().allMatch(OptionalDouble::isEmpty)
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        rates.stream().mapToDouble(rate -> rate.orElse(0)).sum());
    }
}
