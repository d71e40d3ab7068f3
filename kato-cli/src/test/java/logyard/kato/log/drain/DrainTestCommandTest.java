package logyard.kato.log.drain;

import static org.assertj.core.api.Assertions.assertThat;

import logyard.kato.TestKato;
import org.junit.jupiter.api.Test;

class DrainTestCommandTest {
    private final TestKato cluster = new TestKato();

    @Test
    void showsEachStepAndSendsALineThatSaysWhatItIs() {
        cluster.withDrain("mine", "tcp://me:secret@h:1?filter=systail.dea&format={{.name}}:+{{.text}}");

        String shown = cluster.kato("log", "drain", "test", "mine").output();

        assertThat(shown)
                .startsWith("Trying from this machine (10.0.0.5), as ")
                .containsPattern("check +\\d+\\.\\d{3} s  tcp://\\*\\*\\*@h:1")
                .containsPattern("connect +\\d+\\.\\d{3} s  connected")
                .containsPattern(
                        "s  kato: This is a test of the drain mine, sent with kato log drain test by \\S+ on 10.0.0.5")
                .doesNotContain("secret");
    }

    @Test
    void takesAUriOfADrainThatDoesNotExist() {
        assertThat(cluster.kato("log", "drain", "test", "udp://h:1").output()).contains("send ");
    }

    @Test
    void saysWhichStepFailedAndWhy() {
        var result = cluster.kato("log", "drain", "test", "tcp://me:secret@broken:1");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).containsPattern("connect +\\d+\\.\\d{3} s  FAILED");
        assertThat(result.err()).isEqualTo("ERROR: connect failed: refused by tcp://***@broken:1; mend it\n");
    }

    @Test
    void tellsItAsJson() {
        var result = cluster.kato("log", "drain", "test", "--json", "tcp://broken:1");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("\"ok\"", "false", "\"step\"", "\"connect\"");
    }

    @Test
    void refusesWhatIsNoDrain() {
        assertThat(cluster.kato("log", "drain", "test", "none").err()).isEqualTo("ERROR: No such drain: none\n");
        assertThat(cluster.kato("log", "drain", "test", "tcp://h").err())
                .startsWith("ERROR: check failed: ")
                .contains("needs a host and a port");
    }
}
