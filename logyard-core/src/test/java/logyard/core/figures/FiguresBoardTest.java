package logyard.core.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree;
import logyard.config.InMemoryConfigTree;
import logyard.core.router.StreamCount;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FiguresBoardTest {
    private final InMemoryConfigTree tree = new InMemoryConfigTree();
    private final AtomicLong taken = new AtomicLong();
    private final FiguresBoard board = new FiguresBoard(tree, "10.0.0.5", this::figures);

    private NodeFigures figures() {
        long n = taken.incrementAndGet();
        return new NodeFigures(
                Instant.EPOCH, Duration.ofSeconds(n), List.of(new StreamCount("systail.dea", n, 10 * n)), List.of());
    }

    @AfterEach
    void close() {
        board.close();
    }

    private static ObjectNode every(long millis) {
        return JsonNodeFactory.instance.objectNode().put("interval_ms", millis);
    }

    private ConfigTree.Publication ask(String id, JsonNode request) {
        return tree.publish(ConfigPath.FIGURES_WANTED.child(id), request);
    }

    private Map<String, JsonNode> shown() {
        return tree.children(ConfigPath.FIGURES_SHOWN);
    }

    private void awaitShown() {
        await().untilAsserted(() -> assertThat(shown()).containsOnlyKeys("10.0.0.5"));
    }

    @Test
    void showsFiguresForAsLongAsSomebodyAsks() throws Exception {
        assertThat(shown()).isEmpty();

        ConfigTree.Publication one = ask("one", every(60_000));
        awaitShown();
        ConfigTree.Publication other = ask("other", every(60_000));
        one.close();
        awaitShown();
        other.close();

        await().untilAsserted(() -> assertThat(shown()).isEmpty());
        long before = taken.get();
        ask("third", every(60_000));
        awaitShown();
        assertThat(taken).hasValueGreaterThan(before);
    }

    @Test
    void takesNothingWhileNobodyAsks() {
        tree.set(ConfigPath.FIGURES_WANTED.child("wrong"), TextNode.valueOf("hello"));
        ask("elsewhere", every(1000).put("node", "10.0.0.6"));
        board.close(); // when all that was heard is done

        assertThat(taken).hasValue(0);
        assertThat(shown()).isEmpty();
    }

    @Test
    void showsNewFiguresAgainAndAgain() {
        ask("one", every(1).put("node", "10.0.0.5"));

        await().untilAsserted(() ->
                assertThat(shown().get("10.0.0.5").path("events").asLong()).isGreaterThanOrEqualTo(2));
    }

    @Test
    void obeysWhoWantsThemMostOften() {
        ask("one", every(60_000));
        awaitShown();
        ask("other", every(1000));

        await().untilAsserted(() ->
                assertThat(shown().get("10.0.0.5").path("events").asLong()).isGreaterThanOrEqualTo(3));
    }

    @Test
    void leavesNothingBehind() {
        ask("one", every(1000));
        awaitShown();

        board.close();

        assertThat(shown()).isEmpty();
    }
}
