package logyard.core.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class UnixSocketsTest {
    @TempDir
    private Path folder;

    private BusAddresses addresses() {
        return BusAddresses.inFolder(folder.toString());
    }

    private UnixDomainSocketAddress publish() {
        return UnixDomainSocketAddress.of(folder.resolve("pub.sock"));
    }

    @Test
    void areOpenToTheGroupOnlyAndGoneAfterwards() throws Exception {
        try (var core = FakeCore.start(addresses())) {
            for (String name : List.of("pub.sock", "sub.sock", "ack.sock")) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))))
                        .isEqualTo("rw-rw----");
            }
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void replaceTheFileOfACoreThatWasKilled() throws Exception {
        ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(publish())
                .close(); // leaves its file, as a kill does
        assertThat(publish().getPath()).exists();

        try (var core = FakeCore.start(addresses());
                var feed = new Feed(addresses(), "tail")) {
            feed.publish(new StreamId(0, 1), 1);

            assertThat(feed.awaitAcknowledged()).isTrue();
        }
    }

    @Test
    void areNotTakenFromACoreThatLives() {
        try (var core = FakeCore.start(addresses());
                var feed = new Feed(addresses(), "tail");
                var bus = new Bus(addresses())) {
            assertThatThrownBy(() -> Ingest.start(bus, null, null, null))
                    .isInstanceOf(BusException.class)
                    .hasMessage("Cannot serve the bus at ipc://" + folder + "/pub.sock: another process serves it");
            assertThatThrownBy(() -> new Acknowledger(bus, "e")).isInstanceOf(BusException.class);

            feed.publish(new StreamId(0, 1), 1);
            assertThat(feed.awaitAcknowledged()).as("the other goes on").isTrue();
        }
    }

    @Test
    void areNotTakenFromACoreThatDoesNotAnswer() throws Exception {
        List<SocketChannel> waiting = new ArrayList<>();
        try (var busy = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(publish(), 1);
                var bus = new Bus(addresses())) {
            for (int i = 0; i < 2; i++) { // as many as fit into a backlog of 1
                waiting.add(SocketChannel.open(publish()));
            }

            assertThatThrownBy(() -> Ingest.start(bus, null, null, null))
                    .isInstanceOf(BusException.class)
                    .hasMessageEndingWith("another process seems to serve it (Resource temporarily unavailable)");
            assertThat(busy.isOpen()).isTrue();
        } finally {
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void leaveAFileAloneThatIsNoSocket() throws Exception {
        Files.writeString(publish().getPath(), "precious");

        assertThatThrownBy(() -> FakeCore.start(addresses()))
                .isInstanceOf(BusException.class)
                .hasMessage("Cannot serve the bus at ipc://" + folder
                        + "/pub.sock: a file that is no socket is in its place");
        assertThat(publish().getPath()).hasContent("precious");
    }

    @Test
    void sayWhichFolderIsMissing() {
        var missing = BusAddresses.inFolder(folder + "/run");

        assertThatThrownBy(() -> FakeCore.start(missing))
                .isInstanceOf(BusException.class)
                .hasMessageEndingWith("there is no folder " + folder + "/run");
    }

    @Test
    void takeABoundedNumberOfClients() throws Exception {
        List<SocketChannel> clients = new ArrayList<>();
        try (var core = FakeCore.start(addresses());
                var feed = new Feed(addresses(), "tail")) {
            feed.publish(new StreamId(0, 1), 1);
            assertThat(feed.awaitAcknowledged()).isTrue();
            for (int i = 1; i < ClientLimit.MAX_CLIENTS; i++) {
                clients.add(SocketChannel.open(publish()));
                assertThat(isGreeted(clients.get(i - 1))).isTrue();
            }

            try (var oneTooMany = SocketChannel.open(publish())) {
                assertThat(isGreeted(oneTooMany)).isFalse();
            }
            feed.publish(new StreamId(0, 1), 1);
            assertThat(feed.awaitAcknowledged()).isTrue();

            clients.get(0).close();
            await().untilAsserted(() -> {
                try (var another = SocketChannel.open(publish())) {
                    assertThat(isGreeted(another)).isTrue();
                }
            });
        } finally {
            for (SocketChannel client : clients) {
                client.close();
            }
        }
    }

    /** Whether the first bytes of ZeroMQ's greeting come, and not the end. */
    private static boolean isGreeted(SocketChannel client) {
        try {
            return client.read(ByteBuffer.allocate(10)) > 0;
        } catch (IOException e) {
            return false;
        }
    }
}
