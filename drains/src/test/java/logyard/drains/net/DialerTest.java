package logyard.drains.net;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainSpec.HostAndPort;
import org.junit.jupiter.api.Test;

class DialerTest {
    /** With so many connections that nobody takes, Linux drops what else wants to connect to a queue of one. */
    private static final int MORE_THAN_WAIT = 4;

    @Test
    void anAddressThatDoesNotAnswerLeavesTimeForTheOthers() throws Exception {
        InetAddress silent = InetAddress.getByName("127.0.0.5");
        InetAddress healthy = InetAddress.getByName("127.0.0.6");
        List<Socket> waiting = new ArrayList<>();
        Network network = Network.share();
        try (var full = new ServerSocket(0, 1, silent);
                var open = new ServerSocket(full.getLocalPort(), 5, healthy)) {
            fill(full, waiting);
            var dialer = new Dialer(
                    host -> CompletableFuture.completedFuture(List.of(silent, healthy)),
                    network.loops().tcp(),
                    new DrainEnvironment(List.of(), () -> ""));

            SocketChannel channel = dialer.dial(
                            new HostAndPort("two.example", open.getLocalPort()), bootstrap -> {}, pipeline -> {})
                    .get(60, SECONDS);

            assertThat(channel.remoteAddress().getAddress()).isEqualTo(healthy);
            channel.close().sync();
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
            network.close();
        }
    }

    private static void fill(ServerSocket server, List<Socket> waiting) throws IOException {
        for (int i = 0; i < MORE_THAN_WAIT; i++) {
            var socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(server.getLocalSocketAddress(), 200);
            } catch (java.net.SocketTimeoutException e) {
                return; // full
            }
        }
    }
}
