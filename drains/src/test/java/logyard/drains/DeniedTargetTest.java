package logyard.drains;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import logyard.core.daemon.IpNetwork;
import logyard.core.drain.DeniedTargets;
import logyard.core.drain.Drain;
import logyard.core.drain.DrainEnvironment;
import logyard.core.drain.DrainType;
import logyard.core.drain.InvalidDrainException;
import logyard.core.drain.Steps;
import logyard.drains.redis.RedisDrainType;
import logyard.drains.tcp.TcpDrainType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code drain.denied_targets}: where a node does not send to, whatever a drain's URI says and its name leads to. */
class DeniedTargetTest {
    private static final int QUIET_MILLIS = 200;

    static Stream<Arguments> types() {
        return Stream.of(
                Arguments.of(new TcpDrainType(), "tcp"),
                Arguments.of(new TcpDrainType(), "tls"),
                Arguments.of(new TcpDrainType(), "syslog+tls"),
                Arguments.of(new UdpDrainType(), "udp"),
                Arguments.of(new RedisDrainType(), "redis"),
                Arguments.of(new RedisDrainType(), "rediss"));
    }

    @ParameterizedTest
    @MethodSource("types")
    void anAddressIsRefusedWhenTheDrainIsAdded(DrainType type, String scheme) {
        try (type) {
            assertThatThrownBy(() -> type.check(Batches.spec(scheme + "://127.0.0.1:1"), denying("127.0.0.0/8")))
                    .isInstanceOf(InvalidDrainException.class)
                    .hasMessageContaining("127.0.0.1 (127.0.0.0/8 is one of drain.denied_targets");
        }
    }

    @ParameterizedTest
    @MethodSource("types")
    void aNameThatLeadsThereIsNotConnectedTo(DrainType type, String scheme) throws IOException {
        try (type;
                var target = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var spec = Batches.spec(scheme + "://localhost:" + target.getLocalPort());
            DrainEnvironment environment = denying("127.0.0.0/8,::1");

            type.check(spec, environment);

            assertThatThrownBy(() -> type.open(spec, environment).get(60, SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("drain.denied_targets");
            target.setSoTimeout(QUIET_MILLIS);
            assertThatThrownBy(target::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void theCoresAliasLeadsRoundNothing() {
        var environment = new DrainEnvironment(
                List.of(), () -> "127.0.0.1", Path.of("/nowhere"), denied("127.0.0.0/8"), Steps.UNSEEN);
        try (var type = new RedisDrainType()) {
            assertThatThrownBy(() -> type.open(Batches.spec("redis://stackato-core:6464"), environment)
                            .get(60, SECONDS))
                    .hasMessageContaining("drain.denied_targets");
        }
    }

    @Test
    void aNameThatMovesThereIsNotFollowed() throws Exception {
        var address = new AtomicReference<>(InetAddress.getByName("127.0.0.2"));
        try (var moving = new UdpDrainType(
                        host -> CompletableFuture.completedFuture(List.of(address.get())), Duration.ofMillis(20));
                var before = new DatagramSocket(new InetSocketAddress("127.0.0.2", 0));
                var denied = new DatagramSocket(new InetSocketAddress("127.0.0.3", before.getLocalPort()))) {
            Drain drain = moving.open(Batches.spec("udp://target:" + before.getLocalPort()), denying("127.0.0.3"))
                    .get(60, SECONDS);
            address.set(InetAddress.getByName("127.0.0.3"));
            denied.setSoTimeout(QUIET_MILLIS);

            drain.executor().execute(() -> drain.write(Batches.of("one")));
            assertThatThrownBy(() -> denied.receive(new DatagramPacket(new byte[99], 99)))
                    .isInstanceOf(SocketTimeoutException.class);
            drain.executor().execute(() -> drain.write(Batches.of("two")));

            before.setSoTimeout(60_000);
            assertThat(received(before)).isEqualTo("one\n");
            assertThat(received(before)).isEqualTo("two\n");
        }
    }

    private static String received(DatagramSocket socket) throws IOException {
        var packet = new DatagramPacket(new byte[99], 99);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static DrainEnvironment denying(String networks) {
        return new DrainEnvironment(List.of(), () -> "", Path.of("/nowhere"), denied(networks), Steps.UNSEEN);
    }

    private static DeniedTargets denied(String networks) {
        return new DeniedTargets(Stream.of(networks.split(","))
                .map(text -> IpNetwork.parse(text).orElseThrow())
                .toList());
    }
}
