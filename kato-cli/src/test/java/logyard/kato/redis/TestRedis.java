package logyard.kato.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.RedisClient;

/** A real redis-server, which keeps nothing. */
public final class TestRedis implements AutoCloseable {
    private final int port;
    private final Process process;
    private final RedisClient client;

    private TestRedis(int port, Process process, RedisClient client) {
        this.port = port;
        this.process = process;
        this.client = client;
    }

    /**
     * Starts one.
     *
     * @param login of the test itself, as in a URI
     * @param arguments further ones of redis-server, such as a password
     */
    public static TestRedis start(Path folder, String login, String... arguments) {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of("redis-server", "--port", "" + port, "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", folder.toString(), "--save", ""));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new AssertionError("These tests need a Redis: apt-get install redis-server", e);
        }
        var client = RedisClient.create("redis://" + login + "127.0.0.1:" + port);
        var redis = new TestRedis(port, process, client);
        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(client.ping()).isEqualTo("PONG"));
        return redis;
    }

    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    public int port() {
        return port;
    }

    /** As the drain does: the newest is the first. */
    public void push(String list, String... elements) {
        client.lpush(list, elements);
    }

    @Override
    public void close() throws InterruptedException {
        client.close();
        process.destroyForcibly();
        process.waitFor();
    }
}
