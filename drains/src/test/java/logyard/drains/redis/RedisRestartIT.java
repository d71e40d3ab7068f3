package logyard.drains.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import logyard.drains.Certificates;
import logyard.drains.OpenResources;
import logyard.drains.SupervisedDrain;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Redis that is ended and started again while events come in: 20 times, or as often as {@code -Dlogyard.restarts} says.
 */
class RedisRestartIT {
    private static final Logger log = LoggerFactory.getLogger(RedisRestartIT.class);
    private static final int RESTARTS = Integer.getInteger("logyard.restarts", 20);
    private static final int EVENTS_PER_ROUND = 300;

    /** So many restarts later every thread runs that restarts need. */
    private static final int WARM_UP = 3;

    /** What can be on its way when Redis ends: three batches, each smaller than what comes in one round here. */
    private static final int MAX_REPEATS_PER_RESTART = 3 * EVENTS_PER_ROUND;

    @TempDir
    Path folder;

    private int written;

    /** Events come in for a while; Redis ends somewhere in the middle of it. */
    private Thread writing(SupervisedDrain drain) {
        return new Thread(
                () -> {
                    for (int i = 0; i < EVENTS_PER_ROUND; i++) {
                        try {
                            drain.event("systail.n.1", "{\"n\":" + written++ + "}");
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                        LockSupport.parkNanos(50_000);
                    }
                },
                "writer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis", "rediss"})
    @Timeout(1800)
    void losesNothing(String scheme) throws Exception {
        boolean tls = scheme.equals("rediss");
        int tlsPort = RedisServer.freePort();
        Path data = Files.createDirectory(folder.resolve("redis"));
        try (RedisServer server = RedisServer.start(data, arguments(data, tls, tlsPort));
                var type = new RedisDrainType();
                var drain = new SupervisedDrain(
                        Files.createDirectory(folder.resolve("journal")),
                        type,
                        scheme + "://127.0.0.1:" + (tls ? tlsPort + "?ca=ca.pem&" : server.port() + "?")
                                + "key=all&limit=1000000",
                        SupervisedDrain.impatient(),
                        data)) {
            await().untilAsserted(() -> assertThat(drain.state()).isEqualTo("RUNNING"));
            OpenResources held = OpenResources.now();
            for (int i = 0; i < RESTARTS; i++) {
                held = i == WARM_UP ? OpenResources.now() : held;
                restartWhileWriting(server, drain, i);
            }

            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(
                            () -> assertThat(drain.status().cursor().pending()).isZero());
            assertThat(drain.status().cursor().matched()).isEqualTo(written);
            assertThat(drain.status().cursor().account().delivered()).isEqualTo(written);
            check(server, drain);
            held.awaitNoMore();
        }
    }

    private static String[] arguments(Path data, boolean tls, int tlsPort) throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("--appendonly", "yes", "--appendfsync", "always", "--auto-aof-rewrite-percentage", "0"));
        if (tls) {
            new Certificates(data, "ca").issue("redis", "ip:127.0.0.1");
            arguments.addAll(List.of("--tls-port", "" + tlsPort, "--tls-auth-clients", "no"));
            arguments.addAll(List.of("--tls-cert-file", data + "/redis.pem", "--tls-key-file", data + "/redis.key"));
            arguments.addAll(List.of("--tls-ca-cert-file", data + "/ca.pem"));
        }
        return arguments.toArray(String[]::new);
    }

    private void restartWhileWriting(RedisServer server, SupervisedDrain drain, int round) throws Exception {
        Thread writer = writing(drain);
        writer.start();
        LockSupport.parkNanos((5 + round * 7 % 20) * 1_000_000L);
        if (round % 2 == 0) {
            server.kill();
        } else {
            server.stop();
        }
        server.start();
        writer.join();
        await().untilAsserted(() -> assertThat(drain.state()).isEqualTo("RUNNING"));
    }

    private void check(RedisServer server, SupervisedDrain drain) throws Exception {
        List<Integer> received = new ArrayList<>();
        try (RedisClient redis = server.client()) {
            for (String element : redis.list("all")) {
                received.add(Integer.valueOf(element.replaceAll("\\D", "")));
            }
        }
        Collections.reverse(received);
        var distinct = new HashSet<>(received);
        int repeats = received.size() - distinct.size();
        log.info("{} restarts, {} events, {} lost, {} repeated", RESTARTS, written, written - distinct.size(), repeats);
        log.info(
                "Sent again, whether or not they had arrived: {}",
                drain.status().repeated());

        assertThat(distinct).hasSize(written);
        assertThat(repeats)
                .isLessThanOrEqualTo(RESTARTS * MAX_REPEATS_PER_RESTART)
                .isLessThanOrEqualTo((int) drain.status().repeated());
        int next = 0;
        for (int n : received) { // after a repeat the order is that of the first time
            assertThat(n).isLessThanOrEqualTo(next);
            next = n + 1;
        }
    }
}
