package logyard.kato.log.gap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Clock;
import java.util.Optional;
import logyard.config.ConfigPath;
import logyard.config.InMemoryConfigTree;
import org.junit.jupiter.api.Test;

class AwaitedNodesTest {
    private static final String REMEDY =
            "; do their firewalls let them reach the ports 7000-7999 here, and is node.ip the address by which they do?";

    private final InMemoryConfigTree tree = new InMemoryConfigTree();
    private final AwaitedNodes nodes = new AwaitedNodes(tree, "tmp.x", "10.0.0.5:7342", "7000-7999", Clock.systemUTC());

    private void run(String node) {
        tree.set(ConfigPath.RUNNING.child(node).child("logyard"), TextNode.valueOf(""));
    }

    private void show(String node, String state, String error) {
        var status = JsonNodeFactory.instance.objectNode().put("name", state);
        tree.set(ConfigPath.STATUS.child(node).child("tmp.x"), error.isEmpty() ? status : status.put("error", error));
    }

    @Test
    void saysWhichNodesDoNotSendThoughOthersDo() {
        for (String node : new String[] {"10.0.0.6", "10.0.0.7", "10.0.0.8"}) {
            run(node);
        }
        show("10.0.0.6", "RUNNING", "");
        show("10.0.0.7", "RETRYING", "connection refused");

        assertThat(nodes.complaints(true, Optional.empty()))
                .containsExactly(
                        "10.0.0.7 does not send yet: its drain is RETRYING (connection refused)" + REMEDY,
                        "10.0.0.8 does not send yet: its core has not heard of the drain" + REMEDY);
        assertThat(nodes.complaints(true, Optional.of("10.0.0.6"))).isEmpty();
        assertThat(nodes.complaints(true, Optional.of("10.0.0.8"))).hasSize(1);
    }

    @Test
    void saysWhoseJournalGoesBackLessFarThanIsAsked() {
        run("10.0.0.6");
        run("10.0.0.7");
        show("10.0.0.6", "RUNNING", "");
        tree.set(
                ConfigPath.STATUS.child("10.0.0.7").child("tmp.x"),
                JsonNodeFactory.instance.objectNode().put("name", "RUNNING").put("begins", 1366280102));

        assertThat(nodes.shortMemories(Optional.empty()))
                .containsExactly(
                        "10.0.0.7 has nothing from before 2013-04-18 10:15:02: its journal does not go back further");
        assertThat(nodes.shortMemories(Optional.of("10.0.0.6"))).isEmpty();
    }

    /** Of a node that is gone, an empty place stays behind. */
    @Test
    void awaitsNoNodeThatIsGone() {
        tree.set(ConfigPath.RUNNING.child("10.0.0.7"), TextNode.valueOf(""));
        tree.set(ConfigPath.RUNNING.child("10.0.0.8").child("systail"), TextNode.valueOf(""));

        assertThat(nodes.complaints(true, Optional.empty())).isEmpty();
        assertThat(nodes.complaints(false, Optional.empty()))
                .containsExactly(
                        "no node has connected to 10.0.0.5:7342 yet: no core runs; start logyard on the nodes");
    }

    @Test
    void saysWhatMayBeTheReasonThatNobodyComes() {
        run("10.0.0.7");
        show("10.0.0.7", "RETRYING", "x");

        assertThat(nodes.complaints(false, Optional.empty()))
                .containsExactly("no node has connected to 10.0.0.5:7342 yet: cores run on 10.0.0.7" + REMEDY);
    }

    @Test
    void saysThatZooKeeperIsAwayIfThatMayBeTheReason() {
        run("10.0.0.7");
        tree.disconnect();

        assertThat(nodes.complaints(false, Optional.empty()))
                .containsExactly("no node has connected to 10.0.0.5:7342 yet: ZooKeeper cannot be reached");
        assertThat(nodes.complaints(true, Optional.empty())).isEmpty();
    }
}
