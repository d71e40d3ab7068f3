package logyard.config.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class ChangeTest {
    private static final TextNode TEXT = new TextNode("x");
    private static final TestZooKeeper zooKeeper = TestZooKeeper.stopped();

    private ConfigPath root;
    private ZooKeeperConfigTree tree;

    @BeforeAll
    static void startZooKeeper() {
        zooKeeper.start();
    }

    @AfterAll
    static void stopZooKeeper() {
        zooKeeper.close();
    }

    @BeforeEach
    void openTree(TestInfo test) {
        root = ConfigPath.parse("/" + test.getTestMethod().orElseThrow().getName() + "/config");
        tree = ZooKeeperConfigTree.open(zooKeeper.options());
    }

    @AfterEach
    void closeTree() {
        tree.close();
    }

    /** An edit that does what it likes with the values. */
    private static UnaryOperator<ConfigSubtree> values(Consumer<SortedMap<String, JsonNode>> edit) {
        return before -> {
            var values = new TreeMap<>(before.values());
            edit.accept(values);
            return new ConfigSubtree(values, before.problems());
        };
    }

    private static UnaryOperator<ConfigSubtree> push(int element) {
        return values(all -> {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            Optional.ofNullable(all.get("list")).ifPresent(before -> list.addAll((ArrayNode) before));
            all.put("list", list.add(element));
        });
    }

    private List<String> znodes() {
        List<String> found = new ArrayList<>();
        collect(root.toString(), found);
        return found;
    }

    private void collect(String znode, List<String> found) {
        zooKeeper.children(znode).forEach(name -> {
            String data = zooKeeper
                    .data(znode + "/" + name)
                    .map(bytes -> new String(bytes, UTF_8))
                    .orElse("");
            found.add((znode + "/" + name).substring(root.toString().length() + 1) + " " + data);
            collect(znode + "/" + name, found);
        });
    }

    private void putBad() {
        tree.set(root.child("bad"), TEXT);
        zooKeeper.put(root.child("bad").toString(), "{".getBytes(UTF_8));
    }

    @Test
    void makesEachValueOneZnodeWithTheOnesAbove() {
        tree.change(root, values(all -> {
            all.put("a/b/c", TEXT);
            all.put("n", IntNode.valueOf(5));
        }));

        assertThat(znodes()).containsExactlyInAnyOrder("a ", "a/b ", "a/b/c \"x\"", "n 5");
        assertThat(tree.subtree(root).values()).isEqualTo(Map.of("a/b/c", TEXT, "n", IntNode.valueOf(5)));
    }

    @Test
    void replacesAndRemovesInOneStep() {
        tree.change(root, values(all -> {
            all.put("a/b", TEXT);
            all.put("a/c", TEXT);
            all.put("n", TEXT);
        }));

        tree.change(root, values(all -> {
            all.remove("a/b");
            all.remove("a/c");
            all.put("n", IntNode.valueOf(1));
            all.put("o", TEXT);
        }));

        assertThat(znodes()).containsExactlyInAnyOrder("n 1", "o \"x\"");
    }

    @Test
    void turnsAValueIntoAMapAndBack() {
        tree.change(root, values(all -> all.put("a", TEXT)));
        tree.change(root, values(all -> {
            all.remove("a");
            all.put("a/b", TEXT);
        }));
        assertThat(znodes()).containsExactlyInAnyOrder("a ", "a/b \"x\"");

        tree.change(root, values(all -> {
            all.remove("a/b");
            all.put("a", TEXT);
        }));

        assertThat(znodes()).containsExactly("a \"x\"");
    }

    @Test
    void writesNothingIfNothingIsDifferent() {
        tree.change(root, values(all -> all.put("a", TEXT)));
        int version = zooKeeper.stat(root.child("a").toString()).orElseThrow().getVersion();

        tree.change(root, values(all -> all.put("a", TEXT)));

        assertThat(zooKeeper.stat(root.child("a").toString()).orElseThrow().getVersion())
                .isEqualTo(version);
    }

    @Test
    void changesNothingIfTheEditRefuses() {
        tree.change(root, values(all -> all.put("a", TEXT)));

        assertThatThrownBy(() -> tree.change(root, values(all -> {
                    throw new ConfigException("no");
                })))
                .isInstanceOf(ConfigException.class)
                .hasMessage("no");

        assertThat(znodes()).containsExactly("a \"x\"");
    }

    @Test
    void leavesWhatIsOfOtherSessionsAndWhatIsNoJson() {
        putBad();
        ConfigPath temporary = root.child("drains").child("tmp.x");
        try (var publication = tree.publish(temporary, TEXT)) {
            await().untilAsserted(() -> assertThat(tree.read(temporary)).isPresent());
            tree.change(root, values(all -> all.put("drains/a", TEXT)));

            tree.change(root, values(all -> assertThat(all.remove("drains/a")).isNotNull()));

            assertThat(znodes()).containsExactlyInAnyOrder("bad {", "drains ", "drains/tmp.x \"x\"");
            assertThatThrownBy(() -> tree.change(root, values(all -> all.put("drains/tmp.x", TEXT))))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("belongs to a process that runs");
        }
    }

    @Test
    void replacesWhatIsNoJson() {
        putBad();

        tree.change(root, before -> new ConfigSubtree(new TreeMap<>(Map.of("bad", TEXT)), new TreeMap<>()));

        assertThat(znodes()).containsExactly("bad \"x\"");
    }

    @Test
    void beginsAnewIfAnotherWasQuicker() {
        var tries = new AtomicInteger();

        tree.change(root, before -> {
            if (tries.incrementAndGet() == 1) {
                tree.change(root, push(1));
            }
            return push(2).apply(before);
        });

        assertThat(tries.get()).isEqualTo(2);
        assertThat(znodes()).containsExactly("list [1,2]");
    }

    @Test
    void losesNoneOfManyChangesAtOnce() throws Exception {
        int pushesEach = 20;
        var workers = Executors.newFixedThreadPool(4);
        List<Callable<Void>> work = new ArrayList<>();
        for (int worker = 0; worker < 4; worker++) {
            int first = worker * pushesEach;
            work.add(() -> {
                try (var other = ZooKeeperConfigTree.open(zooKeeper.options())) {
                    for (int i = 0; i < pushesEach; i++) {
                        other.change(root, push(first + i));
                    }
                }
                return null;
            });
        }

        for (Future<Void> done : workers.invokeAll(work)) {
            done.get();
        }
        workers.shutdown();

        List<Integer> list = new ArrayList<>();
        tree.subtree(root).values().get("list").forEach(element -> list.add(element.intValue()));
        assertThat(list).hasSize(4 * pushesEach).doesNotHaveDuplicates();
    }

    @Test
    void pushesOnceHoweverOftenTheConnectionBreaks() throws Exception {
        var disturber = Executors.newSingleThreadExecutor();
        Future<?> disturbance = disturber.submit(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                zooKeeper.dropConnections();
                LockSupport.parkNanos(200_000_000);
            }
        });

        try {
            for (int i = 0; i < 30; i++) {
                tree.change(root, push(i));
            }
        } finally {
            disturbance.cancel(true);
            disturber.shutdown();
        }

        List<Integer> list = new ArrayList<>();
        tree.subtree(root).values().get("list").forEach(element -> list.add(element.intValue()));
        assertThat(list).hasSize(30).doesNotHaveDuplicates();
    }
}
