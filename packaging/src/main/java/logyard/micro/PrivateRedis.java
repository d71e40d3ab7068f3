package logyard.micro;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A redis-server on loopback, for the built-in drains. It keeps everything in memory, and ends with this process, however
 * that ends: a shell beside it reads from a pipe whose other end is here, and ends it when the pipe is closed.
 */
final class PrivateRedis implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PrivateRedis.class);

    private static final String COMMAND = "redis-server";
    private static final int STOP_SECONDS = 5;
    private static final int START_TRIES = 100;
    private static final int START_PAUSE_MILLIS = 50;

    /**
     * A shell that is killed leaves the inner one, which then ends the server; so there is no way for it to be left behind but
     * to kill both.
     */
    private static final String GUARD = """
            trap '' INT HUP
            exec 3<&0
            "$@" 3<&- &
            server=$!
            (cat <&3; kill "$server") >/dev/null 2>&1 &
            guard=$!
            wait "$server"
            kill -9 "$guard" 2>/dev/null
            """;

    private final Process shell;
    private final int port;
    private volatile boolean closing;

    private PrivateRedis(Process shell, int port) {
        this.shell = shell;
        this.port = port;
    }

    /**
     * Starts one, and waits until it answers, for 5 s at most.
     *
     * @param folder where its log goes
     * @param port 0 for any that is free
     * @return empty if there is no redis-server on this machine, which is logged with what to do
     * @throws IOException if it does not start; the message says why
     */
    static Optional<PrivateRedis> start(Path folder, int port) throws IOException {
        Optional<Path> server = find();
        if (server.isEmpty()) {
            log.warn(
                    "There is no {} in PATH: the drains builtin.* wait for one, and kato history knows this node only;"
                            + " apt-get install redis-server, and start this again",
                    COMMAND);
            return Optional.empty();
        }
        int chosen = port == 0 ? freePort() : port;
        Path output = Files.createDirectories(folder).resolve("redis.log");
        Process shell = new ProcessBuilder(List.of(
                        "sh",
                        "-c",
                        GUARD,
                        "sh",
                        server.get().toString(),
                        "--port",
                        "" + chosen,
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        folder.toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "no",
                        "--daemonize",
                        "no",
                        "--loglevel",
                        "warning"))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        var redis = new PrivateRedis(shell, chosen);
        if (!redis.answers()) {
            redis.close();
            throw new IOException("Cannot start " + COMMAND + " at port " + chosen + ", see " + output
                    + "; --redis-port chooses another");
        }
        shell.onExit().thenRun(() -> {
            if (!redis.closing) {
                log.warn(
                        "The {} has ended, see {}; the drains builtin.* wait until this is started again",
                        COMMAND,
                        output);
            }
        });
        return Optional.of(redis);
    }

    private static Optional<Path> find() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, COMMAND))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Whether it listens; if the port is taken, another does, but then this one has ended. */
    private boolean answers() {
        for (int i = 0; i < START_TRIES; i++) {
            try {
                boolean listens = listens();
                if (shell.waitFor(START_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return false;
                }
                if (listens) {
                    return true;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), START_PAUSE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() throws IOException {
        closing = true;
        shell.getOutputStream().close();
        try {
            if (!shell.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                log.warn("The {} did not end within {} s", COMMAND, STOP_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
