package logyard.kato.log.drain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import logyard.config.ConfigPath;
import logyard.kato.TestKato;
import org.junit.jupiter.api.Test;

class DrainListCommandTest {
    private final TestKato cluster = new TestKato();

    /** The three of every cluster. */
    private void addBuiltIns() {
        cluster.withDrain(
                        "builtin.katohistory",
                        "redis://stackato-core:6464/?filter=event.kato_action&limit=256&key=kato_history")
                .withDrain("builtin.apptail", "redis://stackato-core:6464/?filter=apptail&limit=400")
                .withDrain(
                        "builtin.cloudevents", "redis://stackato-core:6464/?filter=event&limit=256&key=cloud_events");
    }

    @Test
    void listsAsTheOriginalInTheOrderOfTheNames() {
        addBuiltIns();

        assertThat(cluster.kato("log", "drain", "list").output()).isEqualTo("""
                builtin.apptail     \tredis://stackato-core:6464/?filter=apptail&limit=400
                builtin.cloudevents \tredis://stackato-core:6464/?filter=event&limit=256&key=cloud_events
                builtin.katohistory \tredis://stackato-core:6464/?filter=event.kato_action&limit=256&key=kato_history
                """);
    }

    @Test
    void showsOneJsonObject() {
        cluster.withDrain("b", "tcp://h:2").withDrain("a", "tcp://h:1");

        assertThat(cluster.kato("log", "drain", "list", "-j").output())
                .isEqualTo("{\"a\":\"tcp://h:1\",\"b\":\"tcp://h:2\"}\n")
                .isEqualTo(cluster.kato("log", "drain", "list", "--json").output());
    }

    @Test
    void showsTheSameAsYaml() {
        cluster.withDrain("b", "tcp://h:2").withDrain("a", "tcp://h:1/?filter=" + "x".repeat(100));

        assertThat(cluster.kato("log", "drain", "list", "-y").output())
                .isEqualTo("a: \"tcp://h:1/?filter=" + "x".repeat(100) + "\"\nb: \"tcp://h:2\"\n")
                .isEqualTo(cluster.kato("log", "drain", "list", "--yaml").output());
    }

    @Test
    void showsNothingWhereThereIsNothing() {
        assertThat(cluster.kato("log", "drain", "list").output()).isEmpty();
        assertThat(cluster.kato("log", "drain", "list", "-j").output()).isEqualTo("{}\n");
        assertThat(cluster.kato("log", "drain", "list", "-y").output()).isEqualTo("{}\n");
    }

    @Test
    void showsSecretsOnlyIfAsked() {
        cluster.withDrain("mine", "tcp://me:pw@h:1/?token=abc");

        assertThat(cluster.kato("log", "drain", "list").output())
                .isEqualTo("mine                \ttcp://***@h:1/?token=***\n");
        assertThat(cluster.kato("log", "drain", "list", "-j").output()).doesNotContain("pw", "abc");
        assertThat(cluster.kato("log", "drain", "list", "--show-secrets").output())
                .isEqualTo("mine                \ttcp://me:pw@h:1/?token=abc\n");
    }

    @Test
    void letsNothingInTheTreeReachTheTerminalAsAnEscapeSequence() {
        cluster.withDrain("mine", "tcp://\u001b]0;x\u0007h:1\u009b");
        cluster.tree.set(ConfigPath.DRAINS.child("number"), IntNode.valueOf(5));

        assertThat(cluster.kato("log", "drain", "list").output())
                .isEqualTo("mine                \ttcp://^[]0;x^Gh:1M-^[\nnumber              \t5\n");
        assertThat(cluster.kato("log", "drain", "list", "-j").output())
                .isEqualTo("{\"mine\":\"tcp://\\u001B]0;x\\u0007h:1\\u009b\",\"number\":\"5\"}\n");
        assertThat(cluster.kato("log", "drain", "list", "-y").output()).doesNotContain("\u001b", "\u009b");
    }
}
