package logyard.kato.log.top;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import logyard.core.figures.DrainFigures;
import logyard.core.router.StreamCount;

/** What nodes sent, for tests. */
final class Samples {
    private Samples() {}

    /** A sample so many seconds after the start of a core. */
    static NodeSample at(double seconds, Map<String, StreamCount> streams, Map<String, DrainFigures> drains) {
        return leavingOut(0, seconds, streams, drains);
    }

    static NodeSample leavingOut(
            int leftOut, double seconds, Map<String, StreamCount> streams, Map<String, DrainFigures> drains) {
        return new NodeSample(
                Instant.EPOCH,
                Duration.ofMillis((long) (seconds * 1000)),
                streams.values().stream().mapToLong(StreamCount::events).sum(),
                streams.values().stream().mapToLong(StreamCount::bytes).sum(),
                streams,
                drains,
                leftOut);
    }

    static Map<String, StreamCount> stream(String name, long events, long bytes) {
        return new HashMap<>(Map.of(name, new StreamCount(name, events, bytes)));
    }

    static DrainFigures drain(String name, String state, long delivered, long pending, Duration lag, long dropped) {
        Optional<String> error = state.equals("RETRYING") ? Optional.of("refused") : Optional.empty();
        return new DrainFigures(name, state, error, delivered, 100 * delivered, pending, lag, dropped);
    }

    static NodeView live(String node, NodeSample before, NodeSample latest) {
        return new NodeView(node, NodeView.State.LIVE, Optional.of(before), Optional.of(latest));
    }
}
