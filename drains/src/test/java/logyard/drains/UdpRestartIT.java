package logyard.drains;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.BitSet;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP receiver that goes away and comes back while events come in: 10 times, or as often as {@code -Dlogyard.restarts}
 * says. What is sent meanwhile is lost, that is UDP; but nothing else is, and the drain notices nothing that stops it.
 */
class UdpRestartIT {
    private static final Logger log = LoggerFactory.getLogger(UdpRestartIT.class);
    private static final int RESTARTS = Integer.getInteger("logyard.restarts", 10);
    private static final int BEFORE = 100;
    private static final int AWAY = 50;

    /** About 5,000 events/s, so that what a receive buffer holds is never the limit. */
    private static final long PAUSE_NANOS = 200_000;

    @TempDir
    Path folder;

    private final BitSet arrived = new BitSet();
    private int repeats;
    private int written;

    @Test
    @Timeout(1800)
    void losesWhatIsSentWhileNobodyListensAndNoMore() throws Exception {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        var away = new BitSet();
        try (var type = new UdpDrainType();
                var drain = new SupervisedDrain(
                        folder,
                        type,
                        "udp://127.0.0.1:" + address.getPort() + "?filter=systail&format=%7B%7B.n%7D%7D",
                        Clock.systemUTC())) {
            await().untilAsserted(() -> assertThat(drain.state()).isEqualTo("RUNNING"));
            OpenResources held = OpenResources.now();
            for (int round = 0; round < RESTARTS; round++) {
                try (var receiver = new Receiver(address)) {
                    write(drain, BEFORE);
                    await().untilAsserted(() -> assertThat(arrived()).isEqualTo(written - away.cardinality()));
                }
                int before = written;
                write(drain, AWAY);
                awaitSent(drain);
                away.set(before, written);
            }

            log.info("{} restarts, {} events, {} lost", RESTARTS, written, written - arrived());
            synchronized (arrived) {
                assertThat(arrived.intersects(away)).isFalse();
                assertThat(repeats).isZero();
            }
            assertThat(written - arrived()).isEqualTo(away.cardinality());
            assertThat(drain.state()).isEqualTo("RUNNING");
            assertThat(drain.status().revision()).isEqualTo(3);
            assertThat(drain.status().cursor().account().delivered()).isEqualTo(written);
            held.awaitNoMore();
        }
    }

    private int arrived() {
        synchronized (arrived) {
            return arrived.cardinality();
        }
    }

    private static int freePort() throws SocketException {
        try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void write(SupervisedDrain drain, int events) throws IOException {
        for (int i = 0; i < events; i++) {
            drain.event("systail.n.1", "{\"n\":" + written++ + "}");
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void awaitSent(SupervisedDrain drain) {
        await().untilAsserted(() ->
                assertThat(drain.status().cursor().account().delivered()).isEqualTo(written));
    }

    /** Reads from when it is made to when it is closed. */
    private final class Receiver implements AutoCloseable {
        private final DatagramSocket socket;
        private final Thread thread = new Thread(this::read, "udp-receiver");

        Receiver(InetSocketAddress address) throws SocketException {
            socket = new DatagramSocket(address);
            thread.start();
        }

        private void read() {
            var packet = new DatagramPacket(new byte[64], 64);
            try {
                while (true) {
                    socket.receive(packet);
                    String text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                    note(Integer.parseInt(text.strip()));
                }
            } catch (IOException e) {
                // It was closed.
            }
        }

        private void note(int number) {
            synchronized (arrived) {
                repeats += arrived.get(number) ? 1 : 0;
                arrived.set(number);
            }
        }

        @Override
        public void close() throws InterruptedException {
            socket.close();
            thread.join();
        }
    }
}
