package logyard.config.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.ConfigTree.Publication;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Changes all the time while connections break, sessions expire and the server restarts, in an order drawn by lot. */
class TreeUnderFireTest {
    private static final ConfigPath STATUS = ConfigPath.STATUS.child("10.0.0.5").child("mine");

    @TempDir
    private Path folder;

    private final TestZooKeeper zooKeeper = TestZooKeeper.started();

    @AfterEach
    void stopZooKeeper() {
        zooKeeper.close();
    }

    @RepeatedTest(2)
    void endsUpWithWhatIsTrueAndNeverLosesWhatStays(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        List<ConfigSubtree> heard = new CopyOnWriteArrayList<>();
        try (var daemon = ZooKeeperConfigTree.open(zooKeeper.options(), new DaemonOptions("core", folder, false));
                var kato = ZooKeeperConfigTree.open(zooKeeper.options())) {
            kato.set(ConfigPath.DRAINS.child("stays"), IntNode.valueOf(0));
            daemon.watch(ConfigPath.DRAINS, heard::add);
            Publication status = daemon.publish(STATUS, IntNode.valueOf(0));
            await().untilAsserted(() -> assertThat(heard).isNotEmpty());

            SortedMap<String, JsonNode> truth = new TreeMap<>(Map.of("stays", IntNode.valueOf(0)));
            for (int round = 1; round <= 7; round++) {
                disturb(random);
                change(kato, truth, random, IntNode.valueOf(round));
                status.update(IntNode.valueOf(round));
            }

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                assertThat(heard.get(heard.size() - 1).values()).isEqualTo(truth);
                assertThat(zooKeeper.data(STATUS.toString()).map(data -> new String(data, UTF_8)))
                        .contains("7");
            });
            assertThat(heard).allSatisfy(state -> assertThat(state.values()).containsKey("stays"));
            assertThat(zooKeeper.stat(STATUS.toString()).map(Stat::getEphemeralOwner))
                    .isNotEqualTo(0L);
            assertThat(daemon.suspicion()).isEmpty();
        }
    }

    private void disturb(Random random) {
        switch (random.nextInt(4)) {
            case 0 -> zooKeeper.dropConnections();
            case 1 -> zooKeeper.expireSessions();
            case 2 -> {
                zooKeeper.stop();
                zooKeeper.start();
            }
            default -> {}
        }
    }

    private static void change(
            ZooKeeperConfigTree kato, SortedMap<String, JsonNode> truth, Random random, JsonNode value) {
        for (int i = 0; i < 5; i++) {
            String name = "drain" + random.nextInt(10);
            if (random.nextInt(3) == 0) {
                kato.delete(ConfigPath.DRAINS.child(name));
                truth.remove(name);
            } else {
                kato.set(ConfigPath.DRAINS.child(name), value);
                truth.put(name, value);
            }
        }
    }
}
