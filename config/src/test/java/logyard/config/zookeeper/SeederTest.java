package logyard.config.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.Defaults;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeederTest {
    private static final ConfigPath APPTAIL_DRAIN = ConfigPath.DRAINS.child("builtin.apptail");

    @TempDir
    private Path folder;

    private TestZooKeeper zooKeeper;

    @BeforeEach
    void startZooKeeper() {
        zooKeeper = TestZooKeeper.started();
    }

    @AfterEach
    void stopZooKeeper() {
        zooKeeper.close();
    }

    @Test
    void fillsATreeThatWasNeverFilled() {
        var deliveries = new Deliveries();

        try (var core = daemon("logyard", true)) {
            core.watch(ConfigPath.DRAINS, deliveries);

            assertThat(deliveries.next())
                    .isEqualTo(Defaults.at(ConfigPath.DRAINS).orElseThrow());
            await().untilAsserted(() -> assertThat(content(core)).isEqualTo(Defaults.all()));
            assertThat(zooKeeper.data(ConfigPath.LOGYARD.toString()).map(data -> new String(data, UTF_8)))
                    .contains("{\"schema\":1}");
        }
    }

    @Test
    void fillsItOnceHoweverManyTryAtOnce() throws Exception {
        List<ZooKeeperConfigTree> cores = IntStream.range(0, 5)
                .mapToObj(i -> ZooKeeperConfigTree.open(zooKeeper.options()))
                .toList();
        var threads = Executors.newFixedThreadPool(5);
        List<Callable<Boolean>> seeds = new ArrayList<>();
        cores.forEach(core -> seeds.add(core::seed));

        var won = new ArrayList<Boolean>();
        for (var result : threads.invokeAll(seeds)) {
            won.add(result.get());
        }

        assertThat(won).containsOnlyOnce(true);
        assertThat(content(cores.get(0))).isEqualTo(Defaults.all());
        assertThat(zooKeeper.stat(ConfigPath.DRAINS.toString()).map(Stat::getPzxid))
                .as("the drains were made with the tree")
                .isEqualTo(zooKeeper.stat(ConfigPath.LOGYARD.toString()).map(Stat::getCzxid));
        threads.shutdown();
        cores.forEach(ZooKeeperConfigTree::close);
    }

    @Test
    void neverBringsBackWhatWasDeleted() {
        try (var core = daemon("logyard", true)) {
            core.seed();
            core.delete(APPTAIL_DRAIN);
        }
        var deliveries = new Deliveries();

        for (String process : List.of("logyard", "a-core-of-another-node")) {
            try (var core = daemon(process, true)) {
                core.watch(ConfigPath.DRAINS, deliveries);

                assertThat(deliveries.next().values()).containsOnlyKeys("builtin.cloudevents", "builtin.katohistory");
            }
        }
    }

    @Test
    void addsToWhatWasPutThereBeforeTheFirstCoreCame() {
        var deliveries = new Deliveries();
        try (var kato = ZooKeeperConfigTree.open(zooKeeper.options());
                var core = daemon("logyard", true)) {
            kato.set(APPTAIL_DRAIN, new TextNode("udp://h:1"));
            kato.set(ConfigPath.DRAINS.child("mine"), new TextNode("udp://h:2"));

            core.watch(ConfigPath.DRAINS, deliveries);

            await().untilAsserted(() -> assertThat(core.children(ConfigPath.DRAINS))
                    .hasSize(4)
                    .containsEntry("builtin.apptail", new TextNode("udp://h:1"))
                    .containsEntry("mine", new TextNode("udp://h:2")));
            assertThat(core.seed()).isFalse();
        }
    }

    @Test
    void leavesTheRateLimitOf2013InForce() {
        try (var kato = ZooKeeperConfigTree.open(zooKeeper.options());
                var core = daemon("logyard", true)) {
            kato.set(ConfigPath.APPTAIL.child("rate_limit"), IntNode.valueOf(400));

            core.seed();

            assertThat(content(core).below("apptail").values())
                    .containsKeys("rate_limit", "max_lines_burst")
                    .doesNotContainKey("max_lines_per_second");
        }
    }

    @Test
    void leavesItToTheCore() {
        var deliveries = new Deliveries();
        try (var systail = daemon("systail", false)) {
            systail.watch(ConfigPath.SYSTAIL, deliveries);
            assertThat(deliveries.next())
                    .isEqualTo(Defaults.at(ConfigPath.SYSTAIL).orElseThrow());
            assertThat(zooKeeper.stat(ConfigPath.LOGYARD.toString())).isEmpty();

            try (var core = daemon("logyard", true)) {
                core.watch(ConfigPath.DRAINS, state -> {});
                await().untilAsserted(() -> assertThat(content(core)).isEqualTo(Defaults.all()));
            }
            systail.set(ConfigPath.SYSTAIL.child("log_files").child("new"), new TextNode(""));

            assertThat(deliveries.next().values()).containsKeys("log_files/dea", "log_files/new");
        }
    }

    @Test
    void needsOnlyASmallPartOfTheLargestPossibleRequest() {
        int bytes = Defaults.all().values().entrySet().stream()
                .mapToInt(entry ->
                        entry.getKey().length() + entry.getValue().toString().length() + 200)
                .sum();

        assertThat(bytes).isLessThan(1_000_000 / 4);
    }

    private static ConfigSubtree content(ZooKeeperConfigTree tree) {
        var content = new Deliveries();
        try (var watch = tree.watch(ConfigPath.LOGYARD, content)) {
            ConfigSubtree all = content.next();
            var values = new java.util.TreeMap<>(all.values());
            values.remove("");
            return new ConfigSubtree(values, all.problems());
        }
    }

    private ZooKeeperConfigTree daemon(String process, boolean seeds) {
        return ZooKeeperConfigTree.open(zooKeeper.options(), new DaemonOptions(process, folder, seeds));
    }
}
