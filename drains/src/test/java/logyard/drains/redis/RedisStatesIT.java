package logyard.drains.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import logyard.drains.SupervisedDrain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator sees of a Redis that takes nothing, and what comes of the events meanwhile. */
class RedisStatesIT {
    @TempDir
    Path folder;

    private final RedisDrainType type = new RedisDrainType();
    private RedisServer server;
    private RedisClient redis;
    private SupervisedDrain drain;

    @BeforeEach
    void start() throws IOException {
        server = RedisServer.start(Files.createDirectory(folder.resolve("redis")));
        redis = server.client();
    }

    @AfterEach
    void stop() throws Exception {
        drain.close();
        type.close();
        redis.close();
        server.close();
    }

    private void run(String login, String parameters) throws IOException {
        drain = new SupervisedDrain(
                Files.createDirectory(folder.resolve("journal")),
                type,
                "redis://" + login + server.address() + parameters,
                Clock.systemUTC());
    }

    private void awaitState(String state) {
        await().untilAsserted(() -> assertThat(drain.state()).startsWith(state));
    }

    private void awaitRetrying(String reason) {
        awaitState("RETRYING: redis " + server.address() + ": " + reason);
    }

    private void assertDeliversOnce(String key, String... values) {
        await().untilAsserted(() -> assertThat(redis.list(key)).containsExactly(values));
        await().untilAsserted(
                        () -> { // Redis has them before its answer is here
                            assertThat(drain.status().cursor().account().delivered())
                                    .isEqualTo(values.length);
                            assertThat(drain.status().cursor().pending()).isZero();
                        });
    }

    @Test
    void waitsWhileRedisCannotSave() throws Exception {
        run("", "?key=k");
        awaitState("RUNNING");
        redis.call("CONFIG", "SET", "stop-writes-on-bgsave-error", "yes", "save", "1 1");
        makeSavesFail();

        drain.event("systail.a.1", "1");
        awaitRetrying("MISCONF Redis is configured to save RDB snapshots");

        redis.call("CONFIG", "SET", "stop-writes-on-bgsave-error", "no");
        assertDeliversOnce("k", "1\n");
    }

    /** Root may write anywhere, so the folder has to go: there is no other that is of no use to root. */
    private void makeSavesFail() throws IOException {
        Files.delete(folder.resolve("redis/redis.log"));
        Files.delete(folder.resolve("redis"));
        redis.call("SET", "unrelated", "1");
        await().untilAsserted(() -> {
            redis.call("BGSAVE");
            assertThat(new String((byte[]) redis.call("INFO", "persistence"), UTF_8))
                    .contains("rdb_last_bgsave_status:err");
        });
    }

    @Test
    void waitsWhileRedisIsFull() throws Exception {
        run("", "?key=k");
        awaitState("RUNNING");
        redis.call("SET", "filling", "x".repeat(1 << 20));
        redis.call("CONFIG", "SET", "maxmemory-policy", "noeviction", "maxmemory", "1mb");

        drain.event("systail.a.1", "1");
        awaitRetrying("OOM command not allowed when used memory > 'maxmemory'");

        redis.call("CONFIG", "SET", "maxmemory", "0");
        assertDeliversOnce("k", "1\n");
    }

    @Test
    void waitsForTheRightPassword() throws Exception {
        redis.call("CONFIG", "SET", "requirepass", "other");
        run(":word@", "?key=k");
        drain.event("systail.a.1", "1");
        awaitRetrying("WRONGPASS ");

        redis.call("CONFIG", "SET", "requirepass", "word");

        assertDeliversOnce("k", "1\n");
    }

    @Test
    void waitsWhileAKeyIsNoList() throws Exception {
        redis.call("SET", "systail.b.1", "text");
        run("", "");
        awaitState("RUNNING");
        drain.event("systail.a.1", "1");
        drain.event("systail.b.1", "2");
        awaitRetrying("list systail.b.1: WRONGTYPE Operation against a key holding the wrong kind of value");

        redis.call("DEL", "systail.b.1");

        await().untilAsserted(() -> assertThat(redis.list("systail.b.1")).containsExactly("2\n"));
        assertThat(redis.list("systail.a.1")).containsExactly("1\n");
    }

    @Test
    void waitsWhileRedisIsAway() throws Exception {
        run("", "?key=k");
        awaitState("RUNNING");
        server.stop();
        drain.event("systail.a.1", "1");
        awaitState("RETRYING: dial tcp " + server.address() + ": connection refused");

        server.start();

        redis = server.client();
        assertDeliversOnce("k", "1\n");
    }
}
