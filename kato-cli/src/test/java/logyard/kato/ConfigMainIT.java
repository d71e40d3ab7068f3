package logyard.kato;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.zookeeper.DaemonOptions;
import logyard.config.zookeeper.TestZooKeeper;
import logyard.config.zookeeper.ZooKeeperConfigTree;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kato config} as operators run it, with a real ZooKeeper. */
class ConfigMainIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    private final TestZooKeeper zooKeeper = TestZooKeeper.stopped();
    private final List<ChildProcess> started = new ArrayList<>();

    @BeforeEach
    void startZooKeeper() {
        zooKeeper.start();
    }

    @AfterEach
    void stopAll() {
        started.forEach(ChildProcess::close);
        zooKeeper.close();
    }

    private ChildProcess config(String... command) {
        String[] arguments = Stream.concat(
                        Stream.of("--set", "zk.connect=" + zooKeeper.connect(), "--set", "zk.acl=open", "config"),
                        Stream.of(command))
                .toArray(String[]::new);
        var process = ChildProcess.start(folder, KatoMain.class, Map.of(), arguments);
        started.add(process);
        return process;
    }

    private ZooKeeperConfigTree node() {
        return ZooKeeperConfigTree.open(
                zooKeeper.options(Duration.ofSeconds(1)), new DaemonOptions("logyard", folder, true));
    }

    @Test
    void losesNothingOfWhatSeveralProcessesPushAtOnce() throws Exception {
        List<ChildProcess> pushes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            pushes.add(config("push", "cluster", "list", String.valueOf(i)));
        }

        for (ChildProcess push : pushes) {
            assertThat(push.awaitEnd()).as(push.err()).isZero();
        }

        try (var tree = ZooKeeperConfigTree.open(zooKeeper.options())) {
            JsonNode list = tree.read(ConfigPath.CLUSTER.child("list")).orElseThrow();
            List<Integer> found = new ArrayList<>();
            list.forEach(element -> found.add(element.intValue()));
            assertThat(found).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
        }
    }

    @Test
    void makesANodeObeyATreeThatWasMadeAnew() throws Exception {
        var heard = new AtomicReference<>(ConfigSubtree.EMPTY);
        try (var node = node();
                var watch = node.watch(ConfigPath.DRAINS, heard::set)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(heard.get().values()).containsKey("builtin.apptail"));
            node.set(ConfigPath.DRAINS.child("mine"), TextNode.valueOf("tcp://h:1"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(heard.get().values()).containsKey("mine"));
            zooKeeper.wipe();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(node.suspicion()).isPresent());
            ChildProcess tooEarly = config("confirm");
            assertThat(tooEarly.awaitEnd()).isEqualTo(1);
            assertThat(tooEarly.err()).contains("kato config import --defaults");

            assertThat(config("import", "--defaults").awaitEnd()).isZero();
            await().during(Duration.ofSeconds(1))
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(heard.get().values()).containsKey("mine"));
            ChildProcess confirm = config("confirm");
            assertThat(confirm.awaitEnd()).as(confirm.err()).isZero();

            assertThat(confirm.out()).isEqualTo("Confirmed the configuration as it stands, with 3 drains\n");
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(heard.get().values())
                            .containsKey("builtin.apptail")
                            .doesNotContainKey("mine"));
            assertThat(node.suspicion()).isEmpty();
        }
    }
}
