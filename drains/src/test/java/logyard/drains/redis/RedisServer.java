package logyard.drains.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real redis-server, as a process of its own on a port of its own. */
public final class RedisServer implements AutoCloseable {
    private final Path folder;
    private final int port = freePort();
    private final List<String> arguments;
    private Process process;

    private RedisServer(Path folder, List<String> arguments) {
        this.folder = folder;
        this.arguments = arguments;
    }

    /** Starts one in a folder; it saves nothing unless the arguments say so. */
    public static RedisServer start(Path folder, String... arguments) {
        var server = new RedisServer(folder, List.of(arguments));
        server.start();
        return server;
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Starts it again, as it was, with what it saved. */
    void start() {
        List<String> command = new ArrayList<>(List.of("redis-server", "--port", "" + port, "--bind", "127.0.0.1"));
        command.addAll(List.of("--dir", folder.toString(), "--save", "", "--loglevel", "warning"));
        command.addAll(arguments);
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("redis.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new AssertionError("These tests need a Redis: apt-get install redis-server", e);
        }
        await("redis-server to answer; see " + folder.resolve("redis.log")).untilAsserted(() -> {
            try (RedisClient client = client()) {
                assertThat(client.call("PING"))
                        .matches(answer -> !answer.toString().startsWith("-LOADING"));
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    RedisClient client() throws IOException {
        return new RedisClient(port);
    }

    /** Ends it as an operator does. */
    void stop() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    /** Ends it as a power failure does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** Lets it hang, or go on. */
    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
