package logyard.kato.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import logyard.config.ConfigPath;
import logyard.kato.TestKato;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What kato shows of settings that are secrets, or hold some. */
class SecretsTest {
    private final TestKato cluster = new TestKato();

    private TestKato.Result config(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "config";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return cluster.kato(command);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            cluster          | redis/password    | -hunter2
            cluster          | credentials/redis | hunter2
            cluster          | credentials       | {"main":"hunter2","more":[{"x":"hunter2"}]}
            cluster          | redis/passphrase  | hunter2
            cluster          | smtp/pass         | 5hunter2
            cluster          | note              | token="hunter2" and more
            cloud_controller | other             | natsuser:hunter2@127.0.0.1:4
            logyard          | drainformats/x    | token=hunter2 {{.text}}
            logyard          | drains/x          | tcp://h:1?filter=a&format=token%3Dhunter2+{{.text}}
            """)
    void areShownOnlyIfAsked(String component, String key, String value) {
        String set = config("set", component, key, "--", value).out();

        assertThat(set).contains("***").doesNotContain("hunter2");
        for (String form : new String[] {"--yaml", "--json", "--flat"}) {
            for (String[] which : new String[][] {{}, {component}, {component, key}}) {
                String[] words = new String[which.length + 2];
                words[0] = "get";
                words[1] = form;
                System.arraycopy(which, 0, words, 2, which.length);
                assertThat(config(words).output()).contains("***").doesNotContain("hunter2");
            }
        }
        assertThat(config("get", "--show-secrets", component, key).output()).contains("hunter2");
    }

    @Test
    void areNoneForTheNameOfADrainOrALog() {
        cluster.withDrain("token", "udp://127.0.0.1:9");
        cluster.tree.set(ConfigPath.SYSTAIL.child("log_files").child("secret"), TextNode.valueOf("/s/logs/a.log"));

        assertThat(config("get").output()).contains("udp://127.0.0.1:9").contains("/s/logs/a.log");
    }

    @Test
    void areShownNeitherWhenTheyAreAddedToAListNorWhenTheyAreTakenAway() {
        assertThat(config("push", "cluster", "secrets", "hunter2").output())
                .isEqualTo("Pushed to cluster secrets: \"***\"\n");
        assertThat(config("pop", "cluster", "secrets").output()).isEqualTo("Popped from cluster secrets: \"***\"\n");
    }

    @Test
    void areNotRepeatedByWhatIsSaidOfThem() {
        config("set", "cluster", "credentials/redis", "hunter2");

        assertThat(config("set", "cluster", "credentials/redis", "5").err())
                .contains("text \"***\", got a number \"***\"")
                .doesNotContain("hunter2");
        assertThat(cluster.withInput("hunter2")
                        .kato("config", "set", "--json", "cluster", "credentials/redis")
                        .err())
                .startsWith("ERROR: the value must be JSON, got something else\n");
        assertThat(config("set", "cloud_controller", "mbus", "natsuser:hunter2@127.0.0.1:4")
                        .err())
                .contains("***@127.0.0.1:4")
                .doesNotContain("hunter2");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            [{{.text}} token="hunter2"]
            token=hunter2 {{.text}}
            {"password":"hunter2","text":"{{.text}}"}
            """)
    void areShownInNoFormatOfADrain(String format) {
        for (TestKato.Result result : new TestKato.Result[] {
            cluster.kato("log", "drain", "add", "x", "tcp://127.0.0.1:1", "-f", format),
            cluster.kato("log", "drain", "list"),
            cluster.kato("log", "drain", "list", "--json"),
            cluster.kato("log", "drain", "add", "--dry-run", "--force", "x", "tcp://127.0.0.1:1", "-f", format),
            cluster.logyardCli("list"),
            cluster.logyardCli("add", "-json", "-uri", "tcp://127.0.0.1:1", "-o", "format=" + format, "y")
        }) {
            assertThat(result.status()).isZero();
            assertThat(result.out()).contains("***").doesNotContain("hunter2");
        }
    }

    @Test
    void areNoneOnceTheyAreHidden() {
        cluster.kato("log", "drain", "add", "x", "tcp://127.0.0.1:1", "-f", "token=hunter2 {{.text}}");
        String list = cluster.kato("log", "drain", "list").output();
        String shown = list.substring(list.indexOf('\t') + 1).strip();

        assertThat(config("set", "logyard", "drains/x", shown).err()).contains("holds *** where a secret belongs");
    }

    @ParameterizedTest
    @CsvSource({"redis:/u:hunter2@127.0.0.1:1/", "u:hunter2@127.0.0.1:1", "redis://u:hunter2/x@127.0.0.1:1"})
    void areNotShownOfAUriWithASlip(String uri) {
        var result = cluster.kato("log", "drain", "add", "x", uri);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out() + result.err()).contains("***@127.0.0.1:1").doesNotContain("hunter2");
    }
}
