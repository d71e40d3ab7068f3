package logyard.drains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import logyard.core.drain.DrainType;
import logyard.drains.file.FileDrainType;
import logyard.drains.tcp.TcpDrainType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Many restarts, many changes, many drains. Each run of all tests does a few; the long form is {@code
 * -Dlogyard.restarts=1000 -Dlogyard.changes=1000 -Dlogyard.drains=1000}.
 */
class ManyDrainsTest {
    private static final Logger log = LoggerFactory.getLogger(ManyDrainsTest.class);

    private static final int RESTARTS = Integer.getInteger("logyard.restarts", 50);
    private static final int CHANGES = Integer.getInteger("logyard.changes", 100);
    private static final int DRAINS = Integer.getInteger("logyard.drains", 100);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private Sink sink;

    @BeforeEach
    void open() throws IOException {
        sink = new Sink();
    }

    @AfterEach
    void close() throws InterruptedException {
        sink.close();
    }

    private SupervisedDrains drains(Clock clock) throws IOException {
        return drains(Map.of(), clock);
    }

    private SupervisedDrains drains(Map<String, String> defined, Clock clock) throws IOException {
        List<DrainType> types = List.of(new TcpDrainType(), new UdpDrainType(), new FileDrainType());
        return new SupervisedDrains(Files.createDirectory(folder.resolve("journal")), types, defined, clock, folder);
    }

    private String tcp() {
        return "tcp://127.0.0.1:" + sink.port();
    }

    @Test
    @Timeout(1800)
    void restartsLeaveNothingBehind() throws IOException {
        try (SupervisedDrains drains = drains(SupervisedDrain.impatient())) {
            drains.define("tcp", tcp());
            restart(drains, 3);
            OpenResources before = OpenResources.now();

            restart(drains, RESTARTS);

            before.awaitNoMore();
            log.info("{} restarts: {} before and after", RESTARTS, before);
        }
    }

    /** Ends the connection, and with it the run, again and again; the drains of other types are made anew. */
    private void restart(SupervisedDrains drains, int times) {
        for (int i = 0; i < times; i++) {
            int revision = revision(drains);
            sink.endConnections();
            drains.define("udp", "udp://127.0.0.1:9?format=f" + i);
            drains.define("file", "file://" + folder.resolve("all.log") + "?format=f" + i);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
                assertThat(revision(drains)).isGreaterThanOrEqualTo(revision + 3);
                assertThat(drains.running()).isEqualTo(3);
            });
        }
    }

    private static int revision(SupervisedDrains drains) {
        await().until(() -> drains.status().containsKey("tcp")
                && drains.status().get("tcp").state().label().equals("RUNNING"));
        return drains.status().get("tcp").revision();
    }

    @Test
    @Timeout(1800)
    void changesOfOthersCostADrainNothing() throws Exception {
        Path witness = folder.resolve("witness.log");
        var random = new Random(7);
        try (SupervisedDrains drains = drains(Clock.systemUTC());
                var dead = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String deadTarget = "tcp://127.0.0.1:" + dead.getLocalPort(); // accepts, and never reads
            drains.define("witness", "file://" + witness + "?filter=systail");
            drains.define("witness-tcp", tcp() + "?filter=systail");
            await().until(() -> drains.running() == 2);
            int all = 20 * CHANGES;
            for (int i = 0; i < all; i++) {
                drains.event("systail.a.1", Integer.toString(i));
                if (i % 20 == 0) {
                    change(drains, random, deadTarget);
                    LockSupport.parkNanos(5_000_000);
                }
            }

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(drains.status()
                                    .get("witness")
                                    .cursor()
                                    .account()
                                    .delivered())
                            .isEqualTo(all));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(drains.status()
                                    .get("witness-tcp")
                                    .cursor()
                                    .account()
                                    .delivered())
                            .isEqualTo(all));
            assertThat(Files.readAllLines(witness))
                    .isEqualTo(
                            IntStream.range(0, all).mapToObj(Integer::toString).toList());
            for (String name : List.of("witness", "witness-tcp")) {
                assertThat(drains.status().get(name).revision()).isEqualTo(3);
                assertThat(drains.status().get(name).repeated()).isZero();
            }
            log.info("{} changes of others during {} events: 0 lost, 0 repeated", CHANGES, all);
        }
    }

    private void change(SupervisedDrains drains, Random random, String dead) {
        String name = "other" + random.nextInt(30);
        switch (random.nextInt(6)) {
            case 0 -> drains.delete(name);
            case 1 -> drains.define(name, "tcp://127.0.0.1:1?filter=systail"); // nobody listens
            case 2 -> drains.define(name, dead + "?filter=systail&format=f" + random.nextInt());
            case 3 -> drains.define(name, "udp://127.0.0.1:9?filter=event.x&format=f" + random.nextInt());
            case 4 -> drains.define(name, "nonsense://" + random.nextInt());
            default -> drains.define(name, "file://" + folder.resolve(name) + "?format=f" + random.nextInt());
        }
    }

    @Test
    @Timeout(1800)
    void eachOfManyDrainsGetsWhatItWants() throws IOException {
        OpenResources before = OpenResources.now();
        Map<String, String> defined = IntStream.range(0, DRAINS)
                .boxed()
                .collect(Collectors.toMap(i -> "d" + i, i -> tcp() + "?filter=systail.n" + i + "."));
        try (SupervisedDrains drains = drains(defined, Clock.systemUTC())) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(drains.running()).isEqualTo(DRAINS));
            for (int i = 0; i < 10 * DRAINS; i++) {
                drains.event("systail.n" + i % DRAINS + ".1", "{}");
            }

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(sink.lines()).isEqualTo(10L * DRAINS));

            // Two for each connection, since the target is in this process; and what all share.
            OpenResources now = OpenResources.now();
            assertThat(now.descriptors() - before.descriptors()).isLessThanOrEqualTo(2 * DRAINS + 60);
            assertThat(now.threads() - before.threads()).isLessThanOrEqualTo(6);
            log.info("{} tcp drains: {} before, {} with them and their targets", DRAINS, before, now);
        }
    }
}
