package logyard.kato.log.drain;

import static org.assertj.core.api.Assertions.assertThat;

import logyard.config.ConfigPath;
import logyard.kato.TestKato;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrainDeleteCommandTest {
    private final TestKato cluster = new TestKato()
            .withDrain("mine", "tcp://h:1")
            .withDrain("other", "tcp://h:2")
            .withDrain("builtin.apptail", "tcp://h:3");

    @Test
    void deletesADrain() {
        var result = cluster.kato("log", "drain", "delete", "mine");

        assertThat(result.output()).isEqualTo("Deleted drain mine\n");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).containsExactly("builtin.apptail", "other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nope", "..", "a/b", ""})
    void saysThatThereIsNoSuchDrain(String name) {
        var result = cluster.kato("log", "drain", "delete", name);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).isEqualTo("ERROR: No such drain: " + name + "\n");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).hasSize(3);
    }

    @Test
    void deletesWhatIsBuiltInOnlyByForce() {
        var refused = cluster.kato("log", "drain", "delete", "builtin.apptail");
        var forced = cluster.kato("log", "drain", "delete", "--force", "builtin.apptail");

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("ERROR: names that begin with builtin. ")
                .contains("--force");
        assertThat(forced.output()).isEqualTo("Deleted drain builtin.apptail\n");
    }

    @Test
    void deletesWhatIsNoDrainAtAll() {
        cluster.tree.spoil(ConfigPath.DRAINS.child("bad"), "is not JSON");

        assertThat(cluster.kato("log", "drain", "delete", "bad").output()).isEqualTo("Deleted drain bad\n");
    }
}
