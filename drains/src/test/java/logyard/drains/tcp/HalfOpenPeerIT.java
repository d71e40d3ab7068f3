package logyard.drains.tcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static logyard.drains.Batches.on;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import logyard.core.drain.Drain;
import logyard.drains.Batches;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A target in a network namespace of its own whose answers stop coming, as if its cable was pulled. Needs root. */
class HalfOpenPeerIT {
    private static final String HOST = "10.213.77.1";
    private static final String TARGET = "10.213.77.2";
    private static final int PORT = 5000;
    private static final String READER = "import socket, threading\n"
            + "s = socket.create_server(('" + TARGET + "', " + PORT + "))\n"
            + "print('listening', flush=True)\n"
            + "def read(c):\n"
            + "    while c.recv(65536): pass\n"
            + "while True: threading.Thread(target=read, args=(s.accept()[0],), daemon=True).start()\n";

    private final String namespace = "logyard-" + ProcessHandle.current().pid();
    private final String cable = "ly" + ProcessHandle.current().pid();
    private final TcpDrainType type = new TcpDrainType();
    private Process target;

    @BeforeEach
    void connect() throws Exception {
        assertThat(System.getProperty("user.name"))
                .as("who runs this test: it makes a network namespace")
                .isEqualTo("root");
        run("ip netns add " + namespace);
        run("ip link add " + cable + " type veth peer name eth0 netns " + namespace);
        run("ip addr add " + HOST + "/24 dev " + cable);
        run("ip link set " + cable + " up");
        inside("ip addr add " + TARGET + "/24 dev eth0");
        inside("ip link set eth0 up");
        target = new ProcessBuilder("ip", "netns", "exec", namespace, "/usr/bin/python3", "-c", READER)
                .redirectErrorStream(true)
                .start();
        assertThat(target.inputReader(UTF_8).readLine()).isEqualTo("listening");
    }

    @AfterEach
    void disconnect() throws Exception {
        type.close();
        if (target != null) {
            target.destroyForcibly().waitFor();
        }
        run("ip netns del " + namespace);
    }

    private static void run(String command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command.split(" ")).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, output).isZero();
    }

    private void inside(String command) throws IOException, InterruptedException {
        run("ip netns exec " + namespace + " " + command);
    }

    private Drain open() throws Exception {
        return type.open(Batches.spec("tcp://" + TARGET + ":" + PORT), Batches.allowing())
                .get(60, SECONDS);
    }

    @Test
    void isNoticedWithTrafficAndWithout() throws Exception {
        Drain idle = open();
        Drain writing = open();
        on(writing, () -> writing.write(Batches.of("{\"n\":1}"))).get(60, SECONDS);

        inside("ip route add blackhole " + HOST + "/32");
        on(writing, () -> writing.write(Batches.of("{\"n\":2}"))).get(60, SECONDS);

        assertThatThrownBy(() -> writing.failure().toCompletableFuture().get(120, SECONDS))
                .hasMessageContaining("the target does not answer any more");
        assertThatThrownBy(() -> idle.failure().toCompletableFuture().get(120, SECONDS))
                .hasMessageContaining("the target does not answer any more");
    }
}
