package logyard.config.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import logyard.config.ConfigSubtree;

/** A listener that keeps what it hears, in order. */
final class Deliveries implements Consumer<ConfigSubtree> {
    private final BlockingQueue<ConfigSubtree> heard = new LinkedBlockingQueue<>();

    @Override
    public void accept(ConfigSubtree state) {
        heard.add(state);
    }

    /** The next state, waited for. */
    ConfigSubtree next() {
        try {
            ConfigSubtree next = heard.poll(60, TimeUnit.SECONDS);
            assertThat(next).as("a state of the watch").isNotNull();
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What the next state holds at {@code path}. */
    JsonNode next(String path) {
        return next().value(path).orElse(null);
    }

    boolean isEmpty() {
        return heard.isEmpty();
    }
}
