package logyard.drains;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import logyard.core.drain.DrainType;
import logyard.drains.file.FileDrainType;
import logyard.drains.tcp.TcpDrainType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code kato log drain test} does with each type. */
class ProbeTest {
    @TempDir
    private Path folder;

    private final Probe probe = new Probe();

    private void probe(DrainType type, String uri) throws Exception {
        probe.run(type, uri, folder);
    }

    @Test
    void sendsOneLineOverTcp() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            probe(new TcpDrainType(), "tcp://127.0.0.1:" + server.getLocalPort());

            assertThat(new String(server.accept().getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("a test\n");
        }
        assertThat(probe.begun()).containsExactly("open", "resolve", "connect", "send", "close");
    }

    @Test
    void framesTheLineAsTheDrainDoes() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            probe(new TcpDrainType(), "tcp://127.0.0.1:" + server.getLocalPort() + "?framing=octet");

            assertThat(new String(server.accept().getInputStream().readAllBytes(), UTF_8))
                    .isEqualTo("6 a test");
        }
    }

    @Test
    void failsInTheStepThatDoesNotWork() throws Exception {
        int port;
        try (var server = new ServerSocket(0)) {
            port = server.getLocalPort();
        }

        assertThatThrownBy(() -> probe(new TcpDrainType(), "tcp://127.0.0.1:" + port))
                .hasCauseInstanceOf(IOException.class)
                .hasMessageContaining("connection refused");
        assertThat(probe.begun()).last().isEqualTo("connect");
    }

    @Test
    void sendsADatagram() throws Exception {
        probe(new UdpDrainType(), "udp://127.0.0.1:9");

        assertThat(probe.begun()).containsExactly("open", "resolve", "open", "send", "close");
    }

    @Test
    void appendsToAFileThatIsThereAndEmptiesItNot() throws Exception {
        Path file = Files.writeString(folder.resolve("all.log"), "before\n");

        probe(new FileDrainType(), "file://" + file + "?overwrite=1");

        assertThat(file).hasContent("before\na test\n");
        assertThat(probe.begun()).containsExactly("folder", "open", "write", "sync");
    }

    @Test
    void leavesNoFileBehindThatWasNotThere() throws Exception {
        probe(new FileDrainType(), "file://" + folder.resolve("all.log"));

        assertThat(folder).isEmptyDirectory();
    }
}
