package logyard.apptail.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

/** A real nats-server of its own, on a port that stays the same when it is started again. */
public final class NatsServer implements AutoCloseable {
    private final int port;
    private Process process;

    private NatsServer(int port) {
        this.port = port;
    }

    /** One that is not started yet. */
    public static NatsServer stopped() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return new NatsServer(socket.getLocalPort());
        }
    }

    /** One that runs. */
    public static NatsServer start() throws IOException {
        NatsServer server = stopped();
        server.run();
        return server;
    }

    /** Starts it, and waits until it listens. */
    public void run() throws IOException {
        try {
            process = new ProcessBuilder("nats-server", "-a", "127.0.0.1", "-p", Integer.toString(port))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException("These tests need a NATS server: apt-get install nats-server", e);
        }
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .untilAsserted(() -> {
                    assertThat(process.isAlive()).isTrue();
                    assertThat(listens()).isTrue();
                });
    }

    private boolean listens() {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** As by kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public String uri() {
        return "nats://127.0.0.1:" + port + "/";
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }
}
