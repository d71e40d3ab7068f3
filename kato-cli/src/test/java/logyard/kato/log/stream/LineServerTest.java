package logyard.kato.log.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import logyard.kato.command.CommandFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LineServerTest {
    private static final String HERE = "127.0.0.1";

    /** What came in: lines, and notices in parentheses. */
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    private final LineServer server = LineServer.open(HERE, () -> 0, new Received());

    private final class Received implements LineServer.Lines {
        @Override
        public LineServer.Sender connected(String address) {
            return new LineServer.Sender() {
                @Override
                public void line(String line) {
                    received.add(line);
                }

                @Override
                public void left() {
                    received.add("(" + address + " has left)");
                }
            };
        }

        @Override
        public void notice(String text) {
            received.add("(" + text + ")");
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Socket connect() throws IOException {
        String[] address = server.address().split(":");
        return new Socket(address[0], Integer.parseInt(address[1]));
    }

    private static void send(Socket node, String text) throws IOException {
        node.getOutputStream().write(text.getBytes(UTF_8));
    }

    private String next() throws InterruptedException {
        return received.poll(60, TimeUnit.SECONDS);
    }

    @Test
    void handsOnTheLinesOfAllNodes() throws Exception {
        try (Socket one = connect();
                Socket other = connect()) {
            send(one, "a 1\na ");
            assertThat(next()).isEqualTo("a 1");
            send(other, "b 1\n");
            assertThat(next()).isEqualTo("b 1");
            send(one, "2\n");
            assertThat(next()).isEqualTo("a 2");
        }
        assertThat(server.wasConnected()).isTrue();
    }

    /** The original ended for all of them, or crashed (09 F-21). */
    @Test
    void goesOnWhenANodeLeaves() throws Exception {
        try (Socket staying = connect()) {
            try (Socket leaving = connect()) {
                send(leaving, "a 1\nhalf a li");
                assertThat(next()).isEqualTo("a 1");
            }
            assertThat(next()).isEqualTo("(127.0.0.1 has left)");

            send(staying, "b 1\n");
            assertThat(next()).isEqualTo("b 1");
        }
    }

    @Test
    void goesOnWhenANodeBreaksItsConnection() throws Exception {
        try (Socket staying = connect()) {
            try (Socket breaking = connect()) {
                breaking.setSoLinger(true, 0);
            }
            assertThat(next()).isEqualTo("(127.0.0.1 has left)");

            send(staying, "b 1\n");
            assertThat(next()).isEqualTo("b 1");
        }
    }

    @Test
    void takesGarbageFromOneWithoutHarmToOthers() throws Exception {
        try (Socket garbage = connect();
                Socket node = connect()) {
            byte[] noise = new byte[3 * LineReader.MAX_BYTES];
            new Random(1).nextBytes(noise);
            for (int i = 0; i < noise.length; i++) {
                noise[i] = noise[i] == '\n' ? 0 : noise[i];
            }
            garbage.getOutputStream().write(noise);
            send(garbage, "\n");
            assertThat(next()).startsWith("(127.0.0.1: a line was longer than");

            send(node, "b 1\n");
            assertThat(next()).isEqualTo("b 1");
        }
    }

    @Test
    void triesOtherPortsUntilOneIsFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = List.of(taken.getLocalPort(), taken.getLocalPort(), 0).iterator();

            try (LineServer found = LineServer.open(HERE, ports::next, new Received())) {
                assertThat(found.address()).startsWith(HERE + ":").isNotEqualTo(HERE + ":" + taken.getLocalPort());
            }
            assertThat(ports.hasNext()).isFalse();
        }
    }

    @Test
    void givesUpWhenNoPortIsFree() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var ports = IntStream.range(0, 50).map(i -> taken.getLocalPort()).iterator();

            assertThatThrownBy(() -> LineServer.open(HERE, ports::next, new Received()))
                    .isInstanceOf(CommandFailedException.class)
                    .hasMessageStartingWith("cannot listen at 127.0.0.1 on any of 50 ports from 7000 to 7999: ")
                    .hasMessageContaining("node.ip");
            assertThat(ports.hasNext()).isFalse();
        }
    }

    @Test
    void listensEverywhereIfItsAddressIsNotOfThisHost() throws Exception {
        try (LineServer behindNat = LineServer.open("192.0.2.1", () -> 0, new Received())) {
            String[] address = behindNat.address().split(":");

            try (Socket node = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(address[1]))) {
                send(node, "a 1\n");
                assertThat(next()).isEqualTo("a 1");
            }
            assertThat(address[0]).isEqualTo("192.0.2.1");
        }
    }

    @Test
    void waitsForTheNodesToSayGoodbye() throws Exception {
        Socket node = connect();
        send(node, "a 1\n");
        assertThat(next()).isEqualTo("a 1");

        long before = System.nanoTime();
        server.awaitGoodbyes(Duration.ofMillis(50));
        long waited = System.nanoTime() - before;
        node.close();
        server.awaitGoodbyes(Duration.ofMinutes(1));

        assertThat(waited).isGreaterThan(Duration.ofMillis(49).toNanos());
    }

    @Test
    void endsItsConnectionsWhenClosed() throws Exception {
        try (Socket node = connect()) {
            send(node, "a 1\n");
            assertThat(next()).isEqualTo("a 1");

            server.close();

            node.setSoTimeout(60_000);
            assertThat(node.getInputStream().read()).isEqualTo(-1);
            await().untilAsserted(() -> assertThatThrownBy(this::connect).isInstanceOf(IOException.class));
        }
        assertThat(received).isEmpty();
    }
}
