package logyard.config.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.ConfigTree.Watch;
import logyard.config.Defaults;
import logyard.config.WrittenSubtree;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs.Ids;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TreeWatchTest {
    private static final ConfigPath PLACE = ConfigPath.parse("/place");

    private final TestZooKeeper zooKeeper = TestZooKeeper.started();
    private final Deliveries deliveries = new Deliveries();
    private ZooKeeperConfigTree tree;

    @BeforeEach
    void openTree() {
        tree = ZooKeeperConfigTree.open(zooKeeper.options());
    }

    @AfterEach
    void closeAll() {
        tree.close();
        zooKeeper.close();
    }

    @Test
    void tellsWhatThereIsAndThenEveryChange() {
        tree.set(PLACE, IntNode.valueOf(0));
        tree.set(PLACE.child("a"), IntNode.valueOf(1));
        tree.set(PLACE.child("b").child("c"), IntNode.valueOf(2));
        try (Watch watch = tree.watch(PLACE, deliveries)) {
            assertThat(deliveries.next().values()).hasToString("{=0, a=1, b/c=2}");

            tree.set(PLACE.child("a"), IntNode.valueOf(10));
            assertThat(deliveries.next().values()).hasToString("{=0, a=10, b/c=2}");

            tree.set(PLACE.child("x").child("y"), IntNode.valueOf(3));
            assertThat(deliveries.next().values()).hasToString("{=0, a=10, b/c=2, x/y=3}");

            tree.delete(PLACE.child("b"));
            assertThat(deliveries.next().values()).hasToString("{=0, a=10, x/y=3}");

            tree.delete(PLACE);
            assertThat(deliveries.next()).isEqualTo(ConfigSubtree.EMPTY);
        }
    }

    @Test
    void followsASingleValueThatComesAndGoes() {
        try (Watch watch = tree.watch(ConfigPath.MBUS_IP, deliveries)) {
            assertThat(deliveries.next()).isEqualTo(ConfigSubtree.EMPTY);

            tree.set(ConfigPath.MBUS_IP, new TextNode("10.0.0.1"));
            assertThat(deliveries.next("")).isEqualTo(new TextNode("10.0.0.1"));

            tree.delete(ConfigPath.CLUSTER);
            assertThat(deliveries.next()).isEqualTo(ConfigSubtree.EMPTY);
        }
    }

    @Test
    void bringsChangesInQuickSuccessionTogether() {
        try (Watch watch = tree.watch(PLACE, deliveries)) {
            deliveries.next();

            zooKeeper.asForeigner(client -> client.multi(fiftyPlaces()));
            int states = 1;
            while (deliveries.next().values().size() < 50) {
                states++;
            }
            assertThat(states).isLessThan(10); // one, unless the machine stands still

            tree.set(PLACE.child("marker"), IntNode.valueOf(1));
            assertThat(deliveries.next().values()).hasSize(51);
        }
    }

    private static List<Op> fiftyPlaces() {
        var places = new ArrayList<Op>();
        places.add(Op.create(PLACE.toString(), new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
        for (int i = 0; i < 50; i++) {
            places.add(Op.create(PLACE + "/" + i, "1".getBytes(UTF_8), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
        }
        return places;
    }

    @Test
    void tellsNothingOfAChangeThatChangesNothing() {
        tree.set(PLACE, IntNode.valueOf(1));
        try (Watch watch = tree.watch(PLACE, deliveries)) {
            deliveries.next();

            zooKeeper.put(PLACE.toString(), " 1 ".getBytes(UTF_8));
            tree.set(PLACE.child("marker"), IntNode.valueOf(2));

            assertThat(deliveries.next().values()).hasToString("{=1, marker=2}");
        }
    }

    @Test
    void tellsWhoeverWantsToKnowOfAWriteThatChangesNothing() throws Exception {
        tree.set(PLACE, IntNode.valueOf(1));
        var heard = new LinkedBlockingQueue<WrittenSubtree>();
        try (Watch watch = tree.watchWrites(PLACE, heard::add)) {
            WrittenSubtree before = heard.poll(60, TimeUnit.SECONDS);

            tree.set(PLACE, IntNode.valueOf(1));

            WrittenSubtree after = heard.poll(60, TimeUnit.SECONDS);
            assertThat(after.content()).isEqualTo(before.content());
            assertThat(after.writes().get("")).isGreaterThan(before.writes().get(""));
            assertThat(after.isRemembered()).isFalse();
        }
    }

    @Test
    void namesThePlaceThatHoldsGarbageAndGoesOnWithTheOthers() {
        tree.set(PLACE.child("a"), IntNode.valueOf(1));
        tree.set(PLACE.child("b"), IntNode.valueOf(2));
        try (Watch watch = tree.watch(PLACE, deliveries)) {
            deliveries.next();

            zooKeeper.put(PLACE + "/b", "garbage".getBytes(UTF_8));
            ConfigSubtree spoilt = deliveries.next();
            zooKeeper.put(PLACE + "/b", ("\"" + "x".repeat(65_535) + "\"").getBytes(UTF_8));
            ConfigSubtree tooLong = deliveries.next();

            assertThat(spoilt.values()).hasToString("{a=1}");
            assertThat(spoilt.problems()).containsOnlyKeys("b");
            assertThat(spoilt.problems().get("b")).startsWith("is not JSON: ");
            assertThat(tooLong.values()).hasToString("{a=1}");
            assertThat(tooLong.problems()).hasToString("{b=is 65537 bytes long, more than 65536}");
        }
    }

    @Test
    void isNotBroughtDownByTheLargestValueAServerTakes() {
        String place = PLACE + "/big";
        tree.set(PLACE.child("a"), IntNode.valueOf(1));
        try (Watch watch = tree.watch(PLACE, deliveries)) {
            deliveries.next();

            zooKeeper.put(place, new byte[0]);
            zooKeeper.put(place, new byte[1024 * 1024 - 22 - place.length()]);

            assertThat(deliveries.next().problems()).containsOnlyKeys("big");
            tree.set(PLACE.child("a"), IntNode.valueOf(2));
            assertThat(deliveries.next("a")).isEqualTo(IntNode.valueOf(2));
        }
    }

    @Test
    void hearsNothingOfABrokenConnectionButAllThatChangedMeanwhile() {
        tree.set(PLACE, IntNode.valueOf(1));
        try (Watch watch = tree.watch(PLACE, deliveries)) {
            deliveries.next();

            zooKeeper.dropConnections();
            zooKeeper.put(PLACE + "/meanwhile", "2".getBytes(UTF_8));

            assertThat(deliveries.next().values()).hasToString("{=1, meanwhile=2}");
            tree.set(PLACE.child("later"), IntNode.valueOf(3));
            assertThat(deliveries.next().values()).hasToString("{=1, later=3, meanwhile=2}");
        }
    }

    @Test
    void hearsNothingOfAnExpiredSessionButAllThatChangedMeanwhile() {
        tree.set(PLACE, IntNode.valueOf(1));
        try (Watch watch = tree.watch(PLACE, deliveries)) {
            deliveries.next();

            zooKeeper.expireSessions();
            zooKeeper.put(PLACE + "/meanwhile", "2".getBytes(UTF_8));

            assertThat(deliveries.next().values()).hasToString("{=1, meanwhile=2}");
            tree.set(PLACE.child("later"), IntNode.valueOf(3));
            assertThat(deliveries.next().values()).hasToString("{=1, later=3, meanwhile=2}");
        }
    }

    @Test
    void hearsNothingOfAServerThatWasAwayForLongerThanTheSession() {
        tree.set(PLACE, IntNode.valueOf(1));
        try (Watch watch = tree.watch(PLACE, deliveries)) {
            deliveries.next();

            zooKeeper.stop();
            await().untilAsserted(() -> assertThat(tree.isConnected()).isFalse());
            zooKeeper.start();
            zooKeeper.expireSessions();

            tree.set(PLACE.child("marker"), IntNode.valueOf(2));
            assertThat(deliveries.next().values()).hasToString("{=1, marker=2}");
        }
    }

    @Test
    void goesOnWhenAListenerFails() {
        tree.set(PLACE, IntNode.valueOf(1));
        try (Watch watch = tree.watch(PLACE, state -> {
            deliveries.accept(state);
            throw new IllegalStateException("a bug of the listener");
        })) {
            deliveries.next();

            tree.set(PLACE, IntNode.valueOf(2));

            assertThat(deliveries.next("")).isEqualTo(IntNode.valueOf(2));
        }
    }

    @Test
    void callsOneListenerAfterTheOtherOnANamedThread() {
        var names = new Deliveries();
        try (Watch watch = tree.watch(PLACE, state -> {
            assertThat(Thread.currentThread().getName()).isEqualTo("config-watch");
            names.accept(state);
        })) {
            assertThat(names.next()).isEqualTo(ConfigSubtree.EMPTY);
        }
    }

    @Test
    void leavesOtherWatchesOfTheSamePlaceAlone() throws Exception {
        var others = new Deliveries();
        try (Watch other = tree.watch(PLACE, others)) {
            Watch watch = tree.watch(PLACE, deliveries);
            deliveries.next();
            others.next();

            watch.close();
            tree.set(PLACE, IntNode.valueOf(1));

            assertThat(others.next("")).isEqualTo(IntNode.valueOf(1));
            assertThat(deliveries.isEmpty()).isTrue();
        }
    }

    @Test
    void isSilentOnceClosedAlsoWhileAChangeIsOnItsWay() {
        var marker = new Deliveries();
        Watch watch = tree.watch(PLACE, deliveries);
        deliveries.next();
        var entered = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        Watch busy = tree.watch(
                ConfigPath.parse("/elsewhere"),
                state -> { // on the thread that tells all watches
                    entered.countDown();
                    awaitUninterruptibly(go);
                });
        awaitUninterruptibly(entered);

        tree.set(PLACE, IntNode.valueOf(1));
        watch.close();
        go.countDown();
        busy.close();
        try (Watch next = tree.watch(PLACE, marker)) {
            assertThat(marker.next("")).isEqualTo(IntNode.valueOf(1));
        }

        assertThat(deliveries.isEmpty()).isTrue();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void beginsWithThePackagedDefaultsWhereThereIsNoServer() {
        var ofTheMoment = new Deliveries();
        var nowhere = TestZooKeeper.stopped();
        try (var alone = ZooKeeperConfigTree.open(nowhere.options());
                Watch status = alone.watch(ConfigPath.STATUS, ofTheMoment);
                Watch watch = alone.watch(ConfigPath.DRAINS, deliveries)) {
            assertThat(deliveries.next())
                    .isEqualTo(Defaults.at(ConfigPath.DRAINS).orElseThrow());
            assertThat(ofTheMoment.isEmpty()).isTrue();

            nowhere.start();
            alone.set(ConfigPath.DRAINS.child("mine"), new TextNode("udp://h:1"));

            assertThat(deliveries.next().values()).containsOnlyKeys("mine");
        } finally {
            nowhere.close();
        }
    }

    @Test
    void goesOnWithTheDefaultsWhereItIsNotAllowedToRead() {
        createAsAnother("/proc", "/proc/logyard", "/proc/logyard/config");

        try (Watch watch = tree.watch(ConfigPath.LOGYARD, deliveries)) {
            assertThat(deliveries.next()).isEqualTo(Defaults.all());
        }
    }

    @Test
    void keepsWhatItKnowsWhileAPartIsHiddenFromIt() {
        tree.set(PLACE.child("drains").child("a"), IntNode.valueOf(1));
        try (Watch watch = tree.watch(PLACE, deliveries)) {
            assertThat(deliveries.next().values()).hasToString("{drains/a=1}");

            String drains = PLACE + "/drains";
            zooKeeper.asForeigner(client -> {
                client.addAuthInfo("digest", "another:secret".getBytes(UTF_8));
                client.setACL(drains, Ids.CREATOR_ALL_ACL, -1);
                zooKeeper.dropConnections();
                return true;
            });
            await().untilAsserted(() -> assertThat(tree.isConnected()).isTrue());
            zooKeeper.asForeigner(client -> {
                client.addAuthInfo("digest", "another:secret".getBytes(UTF_8));
                client.setData(drains, "1".getBytes(UTF_8), -1);
                return client.setACL(drains, Ids.OPEN_ACL_UNSAFE, -1);
            });

            assertThat(deliveries.next().values()).hasToString("{drains=1, drains/a=1}");
        }
    }

    private void createAsAnother(String... znodes) {
        zooKeeper.asForeigner(client -> {
            client.addAuthInfo("digest", "another:secret".getBytes(UTF_8));
            for (String znode : znodes) {
                client.create(znode, "1".getBytes(UTF_8), Ids.CREATOR_ALL_ACL, CreateMode.PERSISTENT);
            }
            return true;
        });
    }
}
