package logyard.config.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import logyard.config.ConfigException;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.Defaults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a daemon that knew a tree when the server is wiped, emptied or set back. */
class TreeGuardTest {
    private static final ConfigPath MINE = ConfigPath.DRAINS.child("mine");
    private static final ConfigPath OTHER = ConfigPath.DRAINS.child("other");
    private static final TextNode URI = new TextNode("udp://h:1");

    @TempDir
    private Path folder;

    private final Deliveries deliveries = new Deliveries();
    private TestZooKeeper zooKeeper;
    private ZooKeeperConfigTree daemon;
    private ZooKeeperConfigTree kato;

    @BeforeEach
    void knowATree() {
        zooKeeper = TestZooKeeper.started();
        kato = openKato();
        kato.seed();
        kato.delete(ConfigPath.DRAINS);
        kato.set(MINE, URI);
        startDaemon();
        assertThat(deliveries.next().values()).isEqualTo(Map.of("mine", URI));
    }

    @AfterEach
    void closeAll() {
        kato.close();
        daemon.close();
        zooKeeper.close();
    }

    @Test
    void startsFromTheSnapshotWithoutAServer() {
        daemon.close();
        zooKeeper.stop();

        startDaemon();

        assertThat(deliveries.next().values()).isEqualTo(Map.of("mine", URI));
        assertThat(daemon.suspicion()).isEmpty();
        zooKeeper.start();
        kato.set(OTHER, URI);
        assertThat(deliveries.next().values()).containsOnlyKeys("mine", "other");
    }

    @Test
    void doesNotStartATemporaryDrainFromTheSnapshot() {
        try (var temporary = kato.publish(ConfigPath.DRAINS.child("tmp.x"), URI)) {
            assertThat(deliveries.next().values()).containsOnlyKeys("mine", "tmp.x");
            kato.set(OTHER, URI);
            assertThat(deliveries.next().values()).containsOnlyKeys("mine", "other", "tmp.x");
            daemon.close();
            zooKeeper.stop();

            startDaemon();

            assertThat(deliveries.next().values()).containsOnlyKeys("mine", "other");
        }
    }

    /** As each time a "kato log tail" ends. */
    @Test
    void obeysTheDeletionOfWhatWasAddedLast() {
        kato.set(OTHER, URI);
        assertThat(deliveries.next().values()).containsOnlyKeys("mine", "other");

        kato.delete(OTHER);

        assertThat(deliveries.next().values()).containsOnlyKeys("mine");
        assertThat(daemon.suspicion()).isEmpty();
    }

    @Test
    void keepsItsDrainsWhenTheServerIsWipedWhileItRuns() {
        zooKeeper.wipe();
        awaitSuspicion("/proc/logyard/config has vanished");

        assertThat(deliveries.isEmpty()).isTrue();
        assertThat(zooKeeper.stat(ConfigPath.LOGYARD.toString()))
                .as("not seeded")
                .isEmpty();
        assertThat(daemon.suspicion().orElseThrow()).endsWith("kato config confirm");
        reopenKato();
        assertThatThrownBy(() -> kato.confirm())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("kato config import");
    }

    @Test
    void keepsItsDrainsWhenTheServerWasWipedWhileItWasDown() {
        daemon.close();
        zooKeeper.wipe();

        startDaemon();

        assertThat(deliveries.next().values()).isEqualTo(Map.of("mine", URI));
        awaitSuspicion("/proc/logyard/config has vanished");
        assertThat(zooKeeper.stat(ConfigPath.LOGYARD.toString()))
                .as("not seeded")
                .isEmpty();
    }

    @Test
    void obeysAnotherTreeOnlyOnceItIsConfirmed() {
        zooKeeper.wipe();
        reopenKato();
        kato.seed();
        awaitSuspicion("/proc/logyard/config was made anew");
        assertThat(deliveries.isEmpty()).isTrue();

        kato.confirm();

        assertThat(deliveries.next()).isEqualTo(Defaults.at(ConfigPath.DRAINS).orElseThrow());
        assertThat(daemon.suspicion()).isEmpty();
    }

    @Test
    void remembersAcrossARestartWhatWasConfirmed() {
        zooKeeper.wipe();
        reopenKato();
        kato.seed();
        awaitSuspicion("/proc/logyard/config was made anew");
        kato.confirm();
        deliveries.next();
        await().untilAsserted(() -> assertThat(daemon.suspicion()).isEmpty());
        daemon.close();

        startDaemon();

        assertThat(deliveries.next().values()).containsKey("builtin.apptail");
        kato.set(MINE, URI);
        assertThat(deliveries.next().values()).containsKeys("builtin.apptail", "mine");
    }

    @Test
    void isNotTakenInByADeletedTree() {
        kato.delete(ConfigPath.LOGYARD);
        awaitSuspicion("/proc/logyard/config has vanished");

        kato.set(OTHER, URI);
        awaitSuspicion("/proc/logyard/config was made anew");
        assertThat(deliveries.isEmpty()).isTrue();

        kato.confirm();
        assertThat(deliveries.next().values()).containsOnlyKeys("other");
    }

    @Test
    void isNotTakenInByAnEmptiedTreeUntilThatIsConfirmed() {
        for (String name : zooKeeper.children(ConfigPath.LOGYARD.toString())) {
            kato.delete(ConfigPath.LOGYARD.child(name));
        }
        awaitSuspicion("/proc/logyard/config was emptied");
        assertThat(deliveries.isEmpty()).isTrue();

        kato.confirm();

        assertThat(deliveries.next()).isEqualTo(ConfigSubtree.EMPTY);
    }

    @Test
    void obeysTheDeletionOfEveryDrain() {
        kato.delete(MINE);
        assertThat(deliveries.next()).isEqualTo(ConfigSubtree.EMPTY);

        kato.set(OTHER, URI);
        assertThat(deliveries.next().values()).containsOnlyKeys("other");
        assertThat(daemon.suspicion()).isEmpty();
    }

    @Test
    void keepsWhatItKnowsWhenTheServerIsSetBack() {
        Path backup = folder.resolve("backup");
        zooKeeper.backUp(backup);
        kato.set(OTHER, URI);
        assertThat(deliveries.next().values()).containsOnlyKeys("mine", "other");

        zooKeeper.restore(backup);
        awaitSuspicion("it is older than what this node has seen");
        assertThat(deliveries.isEmpty()).isTrue();

        reopenKato();
        kato.confirm();
        assertThat(deliveries.next().values()).containsOnlyKeys("mine");
        assertThat(daemon.suspicion()).isEmpty();
    }

    @Test
    void isNotTakenInByAnOldConfirmationInAServerThatIsSetBack() {
        kato.confirm();
        kato.set(ConfigPath.DRAINS.child("third"), URI);
        deliveries.next();
        Path backup = folder.resolve("backup");
        zooKeeper.backUp(backup);
        kato.set(OTHER, URI);
        deliveries.next();

        zooKeeper.restore(backup);
        awaitSuspicion("it is older than what this node has seen");

        reopenKato();
        kato.set(ConfigPath.DRAINS.child("fourth"), URI);
        daemon.close();
        startDaemon();
        assertThat(deliveries.next().values()).containsOnlyKeys("mine", "other", "third");
        awaitSuspicion("it is older than what this node has seen");
    }

    @Test
    void obeysWhateverIsThereIfItKnowsNothing() {
        zooKeeper.wipe();
        reopenKato();
        kato.set(OTHER, URI);
        var others = new Deliveries();

        try (var newcomer =
                ZooKeeperConfigTree.open(zooKeeper.options(), new DaemonOptions("newcomer", folder, false))) {
            newcomer.watch(ConfigPath.DRAINS, others);

            assertThat(others.next().values()).containsOnlyKeys("other");
            assertThat(newcomer.suspicion()).isEmpty();
        }
    }

    @Test
    void holdsOnToWhatItKnowsOfTheClusterToo() {
        kato.set(ConfigPath.MBUS_IP, new TextNode("10.0.0.1"));
        var mbusIp = new Deliveries();
        daemon.watch(ConfigPath.MBUS_IP, mbusIp);
        assertThat(mbusIp.next("")).isEqualTo(new TextNode("10.0.0.1"));

        zooKeeper.wipe();
        awaitSuspicion("/proc/logyard/config has vanished");

        assertThat(mbusIp.isEmpty()).isTrue();
    }

    @Test
    void neverFillsUpATreeThatWasConfirmedAsItStood() {
        zooKeeper.wipe();
        reopenKato();
        kato.set(OTHER, URI);
        kato.confirm();
        assertThat(deliveries.next().values()).containsOnlyKeys("other");

        try (var newcomer =
                ZooKeeperConfigTree.open(zooKeeper.options(), new DaemonOptions("newcomer", folder, true))) {
            var others = new Deliveries();
            newcomer.watch(ConfigPath.DRAINS, others);

            assertThat(others.next().values()).containsOnlyKeys("other");
            assertThat(newcomer.children(ConfigPath.DRAINS)).containsOnlyKeys("other");
        }
    }

    @Test
    void doesNotObeyATreeOfANewerLogyard() {
        kato.set(ConfigPath.LOGYARD, JsonNodeFactory.instance.objectNode().put("schema", 2));
        kato.set(OTHER, URI);

        awaitSuspicion("its schema 2 is of a newer Logyard");

        assertThat(deliveries.isEmpty()).isTrue();
    }

    @Test
    void obeysAgainWhenTheRightTreeIsBack() {
        Path backup = folder.resolve("backup");
        zooKeeper.backUp(backup);
        zooKeeper.wipe();
        awaitSuspicion("/proc/logyard/config has vanished");

        zooKeeper.restore(backup);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(daemon.suspicion()).isEmpty());
        reopenKato();
        kato.set(OTHER, URI);

        assertThat(deliveries.next().values()).containsOnlyKeys("mine", "other");
    }

    private void awaitSuspicion(String reason) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(daemon.suspicion())
                        .hasValueSatisfying(suspicion -> assertThat(suspicion).startsWith(reason)));
    }

    private void startDaemon() {
        daemon = ZooKeeperConfigTree.open(
                zooKeeper.options(Duration.ofSeconds(1)), new DaemonOptions("logyard", folder, true));
        daemon.watch(ConfigPath.DRAINS, deliveries);
    }

    private ZooKeeperConfigTree openKato() {
        return ZooKeeperConfigTree.open(zooKeeper.options());
    }

    /** A server that knows less than its client refuses it until the client gives its session up. */
    private void reopenKato() {
        kato.close();
        kato = openKato();
    }
}
