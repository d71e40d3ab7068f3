package logyard.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConfigSubtreeTest {
    @Test
    void becomesNestedJson() {
        var subtree = subtree(Map.of("", 0, "a", 1, "b", 2, "b-c", 3, "b/c", 4, "b/d/e", 5, "0/~/x", 6));

        assertThat(subtree.toJson())
                .hasToString("{\"0\":{\"~\":{\"x\":6}},\"a\":1,\"b-c\":3,\"b\":{\"c\":4,\"d\":{\"e\":5}}}");
    }

    @Test
    void isCutAtANameNotAtAPrefix() {
        var subtree = subtree(Map.of("b", 1, "b/c", 2, "b/c/d", 3, "bc", 4, "b-c", 5));

        assertThat(subtree.below("b")).isEqualTo(subtree(Map.of("", 1, "c", 2, "c/d", 3)));
        assertThat(subtree.below("b/c")).isEqualTo(subtree(Map.of("", 2, "d", 3)));
    }

    @Test
    void isCutWithItsProblems() {
        var subtree =
                new ConfigSubtree(new TreeMap<>(), new TreeMap<>(Map.of("b/c", "is not JSON", "x", "is too large")));

        assertThat(subtree.below("b").problems()).isEqualTo(Map.of("c", "is not JSON"));
    }

    private static ConfigSubtree subtree(Map<String, Integer> values) {
        SortedMap<String, JsonNode> nodes = new TreeMap<>();
        values.forEach((path, value) -> nodes.put(path, new IntNode(value)));
        return new ConfigSubtree(nodes, new TreeMap<>());
    }
}
