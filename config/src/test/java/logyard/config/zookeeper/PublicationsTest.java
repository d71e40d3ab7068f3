package logyard.config.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.node.IntNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import logyard.config.ConfigPath;
import logyard.config.ConfigTree.Publication;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class PublicationsTest {
    private static final ConfigPath STATUS = ConfigPath.STATUS.child("10.0.0.5").child("mine");
    private static final ConfigPath BUSY = ConfigPath.STATUS.child("10.0.0.5").child("busy");

    private final TestZooKeeper zooKeeper = TestZooKeeper.started();
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
    void areThereAsLongAsTheyAreOpen() {
        Publication publication = tree.publish(STATUS, IntNode.valueOf(1));
        awaitShown("1");
        assertThat(owner()).isNotZero();

        publication.close();

        await().untilAsserted(() -> assertThat(shown()).isEmpty());
        assertThat(zooKeeper.stat(STATUS.parent().toString())).isPresent();
    }

    @Test
    void areGoneWithTheTree() {
        tree.publish(STATUS, IntNode.valueOf(1));
        awaitShown("1");

        tree.close();

        await().untilAsserted(() -> assertThat(shown()).isEmpty());
    }

    @Test
    void showTheNewestOfManyValuesWithFewWrites() {
        Publication publication = tree.publish(STATUS, IntNode.valueOf(0));
        awaitShown("0");

        Instant begin = Instant.now();
        for (int i = 1; i <= 1000; i++) {
            publication.update(IntNode.valueOf(i));
        }

        awaitShown("1000");
        long seconds = Duration.between(begin, Instant.now()).toSeconds();
        assertThat(zooKeeper.stat(STATUS.toString()).map(Stat::getVersion).orElseThrow())
                .isLessThanOrEqualTo((int) seconds + 1);
    }

    /** Sooner than another that was written just before, and has to wait. */
    @Test
    void areWrittenAtOnceAfterASecondOfQuiet() {
        Publication publication = tree.publish(STATUS, IntNode.valueOf(0));
        awaitShown("0");
        publication.update(IntNode.valueOf(1));
        awaitShown("1");
        long quietSince = stat(STATUS).getMtime();
        await().until(() -> System.currentTimeMillis() > quietSince + 1100);
        Publication busy = tree.publish(BUSY, IntNode.valueOf(0));
        await().untilAsserted(() -> assertThat(zooKeeper.stat(BUSY.toString())).isPresent());

        publication.update(IntNode.valueOf(2));
        busy.update(IntNode.valueOf(1));

        await().untilAsserted(() -> assertThat(stat(BUSY).getVersion()).isEqualTo(1));
        assertThat(stat(STATUS).getVersion()).isEqualTo(2);
        assertThat(stat(STATUS).getMzxid()).isLessThan(stat(BUSY).getMzxid());
    }

    private Stat stat(ConfigPath path) {
        return zooKeeper.stat(path.toString()).orElseThrow();
    }

    @Test
    void comeBackAfterTheSessionExpired() {
        Publication publication = tree.publish(STATUS, IntNode.valueOf(1));
        awaitShown("1");
        long before = owner();

        zooKeeper.expireSessions();

        await().untilAsserted(() -> assertThat(owner()).isNotIn(0L, before));
        awaitShown("1");
        publication.update(IntNode.valueOf(2));
        awaitShown("2");
    }

    /** Two nodes with one address would go on replacing each other's without end, and nobody would know why. */
    @Test
    void sayOnceThatAnotherProcessTakesTheirPlaceAgainAndAgain() {
        var log = (Logger) LoggerFactory.getLogger(Publications.class);
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        log.addAppender(logged);
        try (var rival = ZooKeeperConfigTree.open(zooKeeper.options())) {
            Publication own = tree.publish(STATUS, IntNode.valueOf(0));
            awaitShown("0");
            Publication other = rival.publish(STATUS, IntNode.valueOf(100));
            awaitShown("100");
            for (int i = 1; i <= 3; i++) {
                own.update(IntNode.valueOf(i));
                awaitShown(String.valueOf(i));
                other.update(IntNode.valueOf(100 + i));
                awaitShown(String.valueOf(100 + i));
            }
        } finally {
            log.detachAppender(logged);
        }

        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .as("once by each of the two")
                .hasSize(2)
                .allMatch(line -> line.contains(STATUS + ": does a second node have the same node.ip?"));
    }

    @Test
    void tellThatTheyWereGoneAndAreThereAgain() {
        var putBack = new AtomicInteger();
        Publication publication = tree.publish(STATUS, IntNode.valueOf(1), putBack::incrementAndGet);
        awaitShown("1");
        zooKeeper.dropConnections();
        publication.update(IntNode.valueOf(2));
        awaitShown("2");
        assertThat(putBack).hasValue(0);

        zooKeeper.expireSessions();
        await().untilAsserted(() -> assertThat(putBack).hasValue(1));
        assertThat(tree.delete(STATUS)).isTrue();
        publication.update(IntNode.valueOf(3));

        awaitShown("3");
        await().untilAsserted(() -> assertThat(putBack).hasValue(2));
    }

    @Test
    void surviveABrokenConnectionUntouched() {
        Publication publication = tree.publish(STATUS, IntNode.valueOf(1));
        awaitShown("1");
        Stat before = zooKeeper.stat(STATUS.toString()).orElseThrow();

        zooKeeper.dropConnections();
        publication.update(IntNode.valueOf(2));
        awaitShown("2");

        Stat after = zooKeeper.stat(STATUS.toString()).orElseThrow();
        assertThat(after.getCzxid()).isEqualTo(before.getCzxid());
        assertThat(after.getVersion()).isEqualTo(1);
    }

    @Test
    void waitForAServerThatIsDown() {
        zooKeeper.stop();
        await().untilAsserted(() -> assertThat(tree.isConnected()).isFalse());

        Publication publication = tree.publish(STATUS, IntNode.valueOf(1));
        publication.update(IntNode.valueOf(2));
        Publication withdrawn = tree.publish(ConfigPath.RUNNING.child("gone"), IntNode.valueOf(1));
        withdrawn.close();
        zooKeeper.start();

        awaitShown("2");
        assertThat(zooKeeper.stat("/proc/logyard/running/gone")).isEmpty();
    }

    @Test
    void areWithdrawnWhenTheServerIsBack() {
        Publication publication = tree.publish(STATUS, IntNode.valueOf(1));
        awaitShown("1");
        zooKeeper.stop();
        await().untilAsserted(() -> assertThat(tree.isConnected()).isFalse());

        publication.close();
        zooKeeper.start();

        await().untilAsserted(() -> assertThat(shown()).isEmpty());
        await().untilAsserted(() -> assertThat(tree.isConnected()).isTrue());
    }

    @Test
    void replaceWhatTheProcessLeftBehindBeforeItsRestart() {
        var killed = ZooKeeperConfigTree.open(zooKeeper.options());
        killed.publish(STATUS, IntNode.valueOf(1));
        awaitShown("1");
        long before = owner();

        tree.publish(STATUS, IntNode.valueOf(2));
        awaitShown("2");
        killed.close();

        assertThat(owner()).isNotIn(0L, before);
        awaitShown("2");
    }

    @Test
    void replaceALastingValueInTheirPlace() {
        tree.set(STATUS, IntNode.valueOf(1));

        tree.publish(STATUS, IntNode.valueOf(2));

        awaitShown("2");
        assertThat(owner()).isNotZero();
    }

    @Test
    void areReplacedByALaterOneInTheSamePlace() {
        Publication first = tree.publish(STATUS, IntNode.valueOf(1));
        awaitShown("1");
        first.close();
        Publication second = tree.publish(STATUS, IntNode.valueOf(2));

        first.update(IntNode.valueOf(3));
        second.update(IntNode.valueOf(4));

        awaitShown("4");
    }

    private void awaitShown(String json) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(shown()).contains(json));
    }

    private Optional<String> shown() {
        return zooKeeper.data(STATUS.toString()).map(data -> new String(data, UTF_8));
    }

    private long owner() {
        return zooKeeper.stat(STATUS.toString()).map(Stat::getEphemeralOwner).orElse(0L);
    }
}
