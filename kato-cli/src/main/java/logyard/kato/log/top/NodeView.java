package logyard.kato.log.top;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What is known of one node at a moment.
 *
 * @param before what it sent before the latest, by the same run of its core; empty if there is none, and so no rates
 * @param latest what it sent last; empty if it sends nothing
 */
record NodeView(String node, State state, Optional<NodeSample> before, Optional<NodeSample> latest) {
    /** How a node is. */
    enum State {
        /** It sends figures. */
        LIVE,
        /** It was asked just now. */
        ASKED,
        /** Its core is registered, but sends no figures: it is busy, or killed, or too old to know of them. */
        SILENT,
        /** Its core is not registered, or not any more. */
        GONE;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What is to be shown: a node that does not send is not counted with what it sent last. */
    Optional<NodeSample> current() {
        return state == State.LIVE ? latest : Optional.empty();
    }

    /** Whether it is known how much happens in a second. */
    boolean isMeasured() {
        return state == State.LIVE && before.isPresent();
    }

    /**
     * How much more of something there is per second; empty if that cannot be told yet.
     *
     * @param known whether it is in a sample, or at least not left out of it
     */
    OptionalDouble rate(ToLongFunction<NodeSample> count, Predicate<NodeSample> known) {
        if (!isMeasured() || !known.test(before.orElseThrow())) {
            return OptionalDouble.empty();
        }
        NodeSample earlier = before.orElseThrow();
        NodeSample now = latest.orElseThrow();
        double seconds = now.elapsed().minus(earlier.elapsed()).toMillis() / 1000.0;
        long more = Math.max(0, count.applyAsLong(now) - count.applyAsLong(earlier));
        return OptionalDouble.of(more / seconds);
    }
}
