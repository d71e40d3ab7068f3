package logyard.kato.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import logyard.config.ConfigPath;
import logyard.kato.TestKato;
import org.junit.jupiter.api.Test;

class ProcessReadyCommandTest {
    private static final String OTHER = "10.0.0.6";

    private final TestKato cluster = new TestKato();

    private void register(String process, String state) {
        cluster.tree.set(
                ConfigPath.RUNNING.child(OTHER).child(process),
                JsonNodeFactory.instance.objectNode().put("pid", 1).put("state", state));
    }

    private TestKato.Result ready(String... more) {
        String[] command = new String[more.length + 4];
        System.arraycopy(new String[] {"process", "ready", "-n", OTHER}, 0, command, 0, 4);
        System.arraycopy(more, 0, command, 4, more.length);
        return cluster.kato(command);
    }

    private void assertNotReady(TestKato.Result result, String why) {
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("NOT READY\n");
        assertThat(result.err()).isEqualTo("not ready on 10.0.0.6: " + why + "\n");
    }

    @Test
    void followsTheStateOfAProcess() {
        register("logyard", "STARTING");
        assertNotReady(ready("logyard"), "logyard (STARTING)");
        assertNotReady(ready("systail"), "systail (not registered)");

        register("logyard", "RUNNING");
        assertThat(ready("logyard").output()).isEqualTo("READY\n");
    }

    @Test
    void wantsAllThatIsRegisteredAndTheCore() {
        register("systail", "STARTING");
        assertNotReady(ready("all"), "logyard (not registered), systail (STARTING)");

        register("logyard", "RUNNING");
        assertNotReady(ready("all"), "systail (STARTING)");

        register("systail", "RUNNING");
        assertThat(ready("all").output()).isEqualTo("READY\n");
        assertThat(ready().output()).isEqualTo("READY\n");
    }

    @Test
    void waitsForEverUntilItIsReady() throws Exception {
        register("logyard", "STARTING");
        var result = CompletableFuture.supplyAsync(() -> ready("--block", "0", "all"));
        register("systail", "STARTING");
        register("logyard", "RUNNING");
        assertThat(result).isNotDone();

        register("systail", "RUNNING");

        assertThat(result.get(60, TimeUnit.SECONDS).output()).isEqualTo("READY\n");
    }

    @Test
    void waitsForAProcessThatIsNotThereYet() throws Exception {
        var result = CompletableFuture.supplyAsync(() -> ready("--block", "3600", "systail"));
        register("logyard", "RUNNING");

        register("systail", "RUNNING");

        assertThat(result.get(60, TimeUnit.SECONDS).output()).isEqualTo("READY\n");
    }

    @Test
    void waitsForZooKeeperToo() throws Exception {
        cluster.tree.disconnect();
        var result = CompletableFuture.supplyAsync(() -> ready("--block", "0", "logyard"));

        cluster.tree.reconnect();
        register("logyard", "RUNNING");

        assertThat(result.get(60, TimeUnit.SECONDS).output()).isEqualTo("READY\n");
    }

    @Test
    void givesUpInTheEnd() {
        register("logyard", "STARTING");
        assertNotReady(ready("--block", "1", "logyard"), "logyard (STARTING)");

        cluster.tree.disconnect();
        TestKato.Result unreachable = ready("--block", "1", "logyard");
        assertThat(unreachable.status()).isEqualTo(1);
        assertThat(unreachable.err()).startsWith("ERROR: ZooKeeper could not be reached within 1 s");
    }

    @Test
    void refusesWhatIsMistyped() {
        register("logyard", "RUNNING");

        assertThat(ready("logyrd").err())
                .isEqualTo(
                        "ERROR: there is no process logyrd; there are all, apptail, cloud_events, logyard, systail\n");
        assertThat(ready("--block", "-1", "logyard").status()).isEqualTo(2);
        assertThat(cluster.kato("process", "ready", "-n", "10.0.0.9", "logyard").err())
                .startsWith("ERROR: no node 10.0.0.9 has run Logyard yet; there are ");
    }
}
