package logyard.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real daemons, a real log file, a real target: what is written arrives, whatever happens. */
class WholePathIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The whole run has 50 ({@code -Dlogyard.kills=50}); a few belong to every test run. */
    private static final int KILLS = Integer.getInteger("logyard.kills", 4);

    @TempDir
    Path folder;

    private TestNode node;
    private Receiver receiver;

    @BeforeEach
    void open() throws IOException {
        node = TestNode.create(folder, "app");
        receiver = new Receiver();
    }

    @AfterEach
    void close() throws IOException, InterruptedException {
        node.close();
        receiver.close();
    }

    private void runWithDrain() throws IOException {
        node.start();
        node.drain("target", "tcp://127.0.0.1:" + receiver.port() + "?filter=systail.app", "RUNNING");
    }

    private void awaitAll(int lines) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(receiver.distinct()).isEqualTo(lines));
    }

    /** Nothing is dropped, and the numbers are those of the test. */
    private void assertAccount(int lines) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var status = node.status("target");
            assertThat(status.path("dropped").asLong()).isZero();
            assertThat(status.path("delivered").asLong()).isEqualTo(lines);
        });
    }

    @Test
    void aLineArrivesAsAnEvent() throws IOException {
        runWithDrain();

        Files.writeString(node.log("app"), "INFO -- Ready\n", StandardOpenOption.APPEND);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(receiver.others())
                                .singleElement()
                                .asString()
                                .startsWith(
                                        "{\"name\":\"app\",\"text\":\"INFO -- Ready\",\"node_id\":\"127.0.0.1\",\"unix_time\":"));
        assertAccount(1);
    }

    @Test
    void aBurstOfAHundredThousandLinesArrivesWhole() throws IOException, InterruptedException {
        runWithDrain();
        try (var lines = new NumberedLines(node.log("app"))) {
            lines.write(100_000);

            awaitAll(100_000);
        }

        assertThat(receiver.repeated()).isZero();
        assertThat(receiver.outOfOrder()).isZero();
        assertAccount(100_000);
    }

    @Test
    void aTargetThatIsDownForAWhileMissesNothing() throws IOException, InterruptedException {
        runWithDrain();
        try (var lines = new NumberedLines(node.log("app"))) {
            lines.start(2_000);
            await().until(() -> receiver.distinct() > 2_000);
            receiver.goDown();
            int writtenBefore = lines.written();
            await().atMost(PATIENCE).until(() -> lines.written() > writtenBefore + 12_000);
            node.awaitState("target", "RETRYING");
            receiver.comeBack();
            await().atMost(PATIENCE).until(() -> lines.written() > writtenBefore + 16_000);

            lines.close();
            awaitAll(lines.written());
            assertThat(receiver.outOfOrder()).isZero();
            assertAccount(lines.written());
        }
    }

    @Test
    void killingTheCoreOrSystailAtAnyMomentLosesNothing() throws IOException, InterruptedException {
        runWithDrain();
        long unconfirmedPerKill = (256 << 10) / 150;
        try (var lines = new NumberedLines(node.log("app"))) {
            lines.start(3_000);
            for (int i = 0; i < KILLS; i++) {
                String victim = i % 2 == 0 ? "logyard" : "systail";
                int at = lines.written() + ThreadLocalRandom.current().nextInt(500, 4_000);
                await().atMost(PATIENCE).until(() -> lines.written() > at);
                node.kill(victim);
                node.start(victim);
            }

            lines.close();
            awaitAll(lines.written());
            System.out.printf(
                    "%d kills: written %d, delivered %d, lost 0, repeated %d, out of order %d%n",
                    KILLS, lines.written(), receiver.distinct(), receiver.repeated(), receiver.outOfOrder());
            assertThat(receiver.outOfOrder()).isZero();
            assertThat(receiver.repeated()).isLessThan(KILLS * (unconfirmedPerKill + 9_000));
            assertAccount(lines.written());
        }
    }

    @Test
    void stoppingInOrderLosesAndRepeatsNothing() throws IOException, InterruptedException {
        runWithDrain();
        try (var lines = new NumberedLines(node.log("app"))) {
            lines.start(3_000);
            await().until(() -> receiver.distinct() > 1_000);

            assertThat(node.stop("systail")).isZero();
            assertThat(node.stop("logyard")).isZero();
            node.start();

            lines.close();
            awaitAll(lines.written());
            assertThat(receiver.repeated()).isZero();
            assertThat(receiver.outOfOrder()).isZero();
            assertAccount(lines.written());
        }
    }

    @Test
    void logsFlowWithoutZooKeeper() throws IOException, InterruptedException {
        runWithDrain();
        node.stop("systail");
        node.stop("logyard");
        node.zooKeeper().stop();

        node.launch("logyard");
        node.launch("systail");
        try (var lines = new NumberedLines(node.log("app"))) {
            lines.write(1_000);

            awaitAll(1_000);
        }
    }
}
