package logyard.kato.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.kato.TestKato;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigGetCommandTest {
    private final TestKato cluster = new TestKato();

    @BeforeEach
    void fill() {
        cluster.withDrain("mine", "tcp://me:pw@h:1/?token=abc");
        cluster.tree.set(ConfigPath.SYSTAIL.child("max_record_size"), IntNode.valueOf(4096));
        cluster.tree.set(ConfigPath.SYSTAIL.child("log_files").child("dea"), TextNode.valueOf(""));
        cluster.tree.set(ConfigPath.MBUS_IP, TextNode.valueOf("10.0.0.1"));
        cluster.tree.set(ConfigPath.CLUSTER.child("api").child("password"), TextNode.valueOf("geheim"));
    }

    private String get(String... arguments) {
        String[] command =
                Stream.concat(Stream.of("config", "get"), Stream.of(arguments)).toArray(String[]::new);
        return cluster.kato(command).output();
    }

    @Test
    void showsAComponentAsYaml() {
        assertThat(get("systail"))
                .isEqualTo("log_files:\n  dea: \"\"\nmax_record_size: 4096\n")
                .isEqualTo(get("--yaml", "systail"))
                .isEqualTo(get("systail", "/"));
    }

    @Test
    void showsTheSameAsJson() {
        assertThat(get("systail", "-j"))
                .isEqualTo("{\"log_files\":{\"dea\":\"\"},\"max_record_size\":4096}\n")
                .isEqualTo(get("--json", "systail"));
    }

    @Test
    void showsOneValueOnEachLineAfterItsPlaceInTheTree() {
        assertThat(get("--flat", "systail")).isEqualTo("""
                        /proc/logyard/config/systail/log_files/dea ""
                        /proc/logyard/config/systail/max_record_size 4096
                        """).isEqualTo(get("-f", "systail"));
    }

    @Test
    void showsASingleValue() {
        assertThat(get("systail", "max_record_size")).isEqualTo("4096\n");
        assertThat(get("cluster", "mbusip")).isEqualTo("\"10.0.0.1\"\n");
        assertThat(get("cluster", "mbusip", "--flat")).isEqualTo("/cluster/config/mbusip \"10.0.0.1\"\n");
    }

    @Test
    void showsTheWholeTreeWithoutSecrets() {
        assertThat(get()).isEqualTo("""
                cluster:
                  api:
                    password: "***"
                  mbusip: "10.0.0.1"
                logyard:
                  drains:
                    mine: "tcp://***@h:1/?token=***"
                systail:
                  log_files:
                    dea: ""
                  max_record_size: 4096
                """);
        assertThat(get("--flat")).contains("/proc/logyard/config/drains/mine \"tcp://***@h:1/?token=***\"\n");
        assertThat(get("logyard", "drains/mine")).doesNotContain("pw", "abc");
        assertThat(get("--show-secrets")).contains("tcp://me:pw@h:1/?token=abc").contains("geheim");
    }

    @Test
    void showsTheSettingsOfThisNode() {
        assertThat(get("local", "-j"))
                .contains("\"node.ip\":\"10.0.0.5\"")
                .contains("\"zk.connect\":\"127.0.0.1:2181\"");
        assertThat(get("local", "node.ip")).isEqualTo("\"10.0.0.5\"\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sysatil                  | there is no component sysatil; did you mean systail?
            nonsense                 | there is no component nonsense (there are logyard, systail, apptail, cloud_events, cluster, cloud_controller, local)
            systail/log_files        | the component and its key are two words, got systail/log_files; did you mean systail log_files?
            systail log_flies        | there is no log_flies in systail; did you mean log_files?
            systail log_files/dae    | there is no log_files/dae in systail; did you mean dea?
            systail max_record_size/x| there is no max_record_size/x in systail
            systail a/../b           | a key must not be empty, ".", "..", or hold
            local node.pi            | there is no node.pi in local; did you mean node.ip?
            """)
    void saysWhatThereIsNotAndWhatWasMeant(String words, String error) {
        var result = cluster.kato(("config get " + words).split(" "));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("ERROR: " + error.replace("\"..\",", "\"..\""));
    }

    @Test
    void namesWhatIsNoJson() {
        cluster.tree.spoil(ConfigPath.SYSTAIL.child("bad"), "is not JSON: x");

        var result = cluster.kato("config", "get", "systail");

        assertThat(result.status()).isZero();
        assertThat(result.err()).isEqualTo("WARN: systail bad is not JSON: x\n");
        assertThat(result.out()).contains("max_record_size");
    }

    @Test
    void letsNothingReachTheTerminalAsAnEscapeSequence() {
        cluster.tree.set(ConfigPath.CLUSTER.child("x"), TextNode.valueOf("\u001b]0;x\u0007\u009b"));

        for (String form : new String[] {"--yaml", "--json", "--flat"}) {
            assertThat(get("cluster", form)).doesNotContain("\u001b", "\u0007", "\u009b");
        }
    }
}
