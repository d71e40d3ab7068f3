package logyard.kato.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.net.ServerSocket;
import java.nio.file.Path;
import logyard.config.ConfigPath;
import logyard.kato.TestKato;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorCommandTest {
    @ParameterizedTest
    @CsvSource({
        "zk1:2182,       zk1, 2182",
        "zk1,            zk1, 2181",
        "' 10.0.0.1 ',   10.0.0.1, 2181",
        "[::1]:2182,     ::1, 2182",
        "[::1],          ::1, 2181"
    })
    void readsTheAddressOfAServer(String address, String host, int port) {
        assertThat(Server.parse(address, 2181)).isEqualTo(new Server(host, port));
    }

    @Test
    void tellsWhetherSomebodyListens() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
            assertThat(new Server("127.0.0.1", port).problem()).isEmpty();
        }
        assertThat(new Server("127.0.0.1", port).problem()).isPresent();
        assertThat(new Server("no-such-host.invalid", 1).problem()).contains("its name is not known here");
    }

    /** It says so at once: there is nobody to wait for. */
    @Test
    void saysWhatToDoWithoutZooKeeper() {
        var result = new TestKato()
                .kato(
                        "--set",
                        "zk.connect=127.0.0.1:1",
                        "--set",
                        "state.dir=/no/state",
                        "--set",
                        "zk.acl=open",
                        "doctor");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("FAIL  state.dir   there is no folder /no/state\n")
                .containsPattern("FAIL  zookeeper   cannot be reached at 127.0.0.1:1 .*\\n +→ start it there");
    }

    @Test
    void saysARemedyOnceToAllThatItMends(@TempDir Path run) {
        var result = new TestKato()
                .kato(
                        "--set",
                        "zk.connect=127.0.0.1:1",
                        "--set",
                        "bus.publish=ipc://" + run.resolve("pub.sock"),
                        "--set",
                        "bus.subscribe=ipc://" + run.resolve("sub.sock"),
                        "--set",
                        "bus.acknowledge=ipc://" + run.resolve("ack.sock"),
                        "doctor");

        assertThat(result.out())
                .containsPattern(
                        "/pub.sock: no core runs here\nFAIL .*/sub.sock: no core runs here\nFAIL .*/ack.sock: no core"
                                + " runs here\n +→ systemctl ");
    }

    @Test
    void tellsOfDrainsThatDoNotRun() throws Exception {
        var kato = new TestKato();
        ConfigPath shown = ConfigPath.STATUS.child(TestKato.NODE);
        kato.tree.set(shown.child("away"), status("RETRYING", "dial tcp: refused"));
        kato.tree.set(shown.child("over"), status("FATAL", "retry limit exceeded"));
        kato.tree.set(shown.child("well"), status("RUNNING", ""));
        kato.tree.set(ConfigPath.LOGYARD, TextNode.valueOf("a tree"));

        try (var zooKeeper = new ServerSocket(0)) {
            var result = kato.kato(
                    "--set", "zk.connect=127.0.0.1:" + zooKeeper.getLocalPort(), "--set", "zk.acl=open", "doctor");

            assertThat(result.status()).isEqualTo(1);
            assertThat(result.out())
                    .contains("WARN  drains      away is RETRYING[3], dial tcp: refused: what it wants is kept")
                    .contains("FAIL  drains      over is FATAL[3], retry limit exceeded: it sends nothing any more")
                    .contains("OK    drains      1 runs on this node");
        }
    }

    private static ObjectNode status(String name, String error) {
        ObjectNode status =
                JsonNodeFactory.instance.objectNode().put("name", name).put("rev", 3);
        return error.isEmpty() ? status : status.put("error", error);
    }

    @Test
    void namesTheSettingsThatAreNotThereAndTheRemedy() {
        var result = new TestKato().kato("--conf", "/no/such/settings", "doctor");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .startsWith(
                        "ERROR: there is no file /no/such/settings: name one that exists by --conf or $LOGYARD_CONF")
                .doesNotContain("Exception");
    }

    @Test
    void refusesSettingsThatNoDaemonCanUse() {
        var result = new TestKato().kato("--set", "journal.max_bytes=many", "doctor");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("ERROR: journal.max_bytes must be a size such as 512MiB, got \"many\"");
        assertThat(result.out()).contains("OK    java        ").contains("max_user_watches is ");
    }
}
