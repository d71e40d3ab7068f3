package logyard.kato.logyardcli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import logyard.config.ConfigPath;
import logyard.kato.TestKato;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogyardCliTest {
    private final TestKato cluster = new TestKato();

    @Test
    void addsADrainWithExactlyWhatIsGiven() {
        var result = cluster.logyardCli(
                "add",
                "-uri",
                "tcp://10.0.0.9:7100",
                "-filter",
                "systail.dea",
                "--filter=apptail",
                "-o",
                "a=b=c",
                "mine");

        assertThat(result.output())
                .isEqualTo("Added drain mine: tcp://10.0.0.9:7100?a=b%3Dc&filter=systail.dea&filter=apptail\n");
    }

    @Test
    void addsNeitherAPrefixNorAFormatOfItsOwn() {
        assertThat(cluster.logyardCli("add", "--json", "--uri=tcp://me:pw@h:1", "mine")
                        .output())
                .isEqualTo("{\"name\":\"mine\",\"uri\":\"tcp://***@h:1\"}\n");
        assertThat(cluster.drain("mine")).isEqualTo("tcp://me:pw@h:1");
    }

    @Test
    void keepsTheRulesOfKato() {
        cluster.withDrain("mine", "tcp://h:1");

        var refused = cluster.logyardCli("add", "-uri", "tcp://h:2", "mine");
        cluster.logyardCli("add", "-force", "-uri", "tcp://h:2", "mine").output();

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("command error: there is a drain mine already; --force replaces it\nUsage: add ")
                .contains("-uri");
        assertThat(cluster.drain("mine")).isEqualTo("tcp://h:2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "add -uri tcp://h:1",
                "add -uri tcp://h:1 one two",
                "add one",
                "add -uri h:1 one",
                "add -uri tcp://h:1 -o x one",
                "add -uri tcp://h:1 -o x=1 -o x=2 one",
                "delete",
                "delete nope",
                "status -prefix",
                "status -prefix a b",
                "stream nonsense",
                "recv -json"
            })
    void saysWhyACommandFailed(String command) {
        var result = cluster.logyardCli(command.split(" "));

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("command error: ").contains("\nUsage: ");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"add -nonsense", "list -json extra -x", "recv -filter", "status --yaml"})
    void exitsWith2OnAWrongFlag(String command) {
        var result = cluster.logyardCli(command.split(" "));

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("Usage: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "-x"})
    void showsItsUsageIfItKnowsNoSuchCommand(String command) {
        var result = command.isEmpty() ? cluster.logyardCli() : cluster.logyardCli(command);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("Usage: logyard-cli COMMAND [FLAGS] [ARGUMENTS]\n")
                .contains("\n  recv ", "\n  stream ", "\n  list ", "\n  add ", "\n  delete ", "\n  status ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-h", "-help", "--help"})
    void helps(String flag) {
        assertThat(cluster.logyardCli(flag).output()).startsWith("Usage: logyard-cli");
        assertThat(cluster.logyardCli("add", flag).output())
                .startsWith("Usage: add ")
                .contains("-uri");
    }

    @Test
    void deletesUpToTheFirstThereIsNoneOf() {
        cluster.withDrain("a", "tcp://h:1").withDrain("b", "tcp://h:1").withDrain("c", "tcp://h:1");

        var result = cluster.logyardCli("delete", "a", "nope", "b");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEqualTo("Deleted drain a\n");
        assertThat(result.err()).startsWith("command error: No such drain: nope\n");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).containsExactly("b", "c");
        assertThat(cluster.logyardCli("delete", "-json", "b", "c").output()).isEqualTo("{}\n");
    }

    @Test
    void listsAsKato() {
        cluster.withDrain("b", "tcp://me:pw@h:2").withDrain("a", "tcp://h:1");

        assertThat(cluster.logyardCli("list").output())
                .isEqualTo("a                   \ttcp://h:1\nb                   \ttcp://***@h:2\n");
        assertThat(cluster.logyardCli("list", "-json", "-show-secrets").output())
                .isEqualTo("{\"a\":\"tcp://h:1\",\"b\":\"tcp://me:pw@h:2\"}\n");
    }

    @Test
    void showsStatusesByTheBeginningOfTheirNames() throws Exception {
        cluster.withDrain("app.1", "tcp://h:1").withDrain("app.2", "tcp://h:1").withDrain("b", "tcp://h:1");
        cluster.tree.set(
                ConfigPath.STATUS.child("10.0.0.5").child("app.1"),
                new JsonMapper().readTree("{\"name\":\"RUNNING\",\"rev\":3}"));
        cluster.tree.set(ConfigPath.NODES.child("10.0.0.5"), new JsonMapper().readTree("{}"));

        assertThat(cluster.logyardCli("status", "-prefix", "app.").output())
                .isEqualTo("app.1               \t10.0.0.5\tRUNNING[3]\napp.2               \t10.0.0.5\tUNKNOWN[0]\n");
        assertThat(cluster.logyardCli("status", "-json", "-notrunning", "app.1", "b")
                        .output())
                .isEqualTo("{\"b\":{\"10.0.0.5\":{\"name\":\"UNKNOWN\",\"rev\":\"0\"}}}\n");
    }

    /** As Go's flag package reads them. */
    @Test
    void takesSwitchesWithAValue() {
        cluster.withDrain("a", "tcp://h:1");

        assertThat(cluster.logyardCli("list", "-json=true").output()).isEqualTo("{\"a\":\"tcp://h:1\"}\n");
        assertThat(cluster.logyardCli("list", "--json=F").output()).isEqualTo("a                   \ttcp://h:1\n");
        assertThat(cluster.logyardCli("list", "-json=perhaps").status()).isEqualTo(2);
        assertThat(cluster.logyardCli("delete", "--", "-json=true").err()).contains("No such drain: -json=true");
    }

    @Test
    void hidesSecretsInWhatItSaysOfWrongFlags() {
        var result = cluster.logyardCli("add", "-url=tcp://me:hunter2@h:1", "x");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).doesNotContain("hunter2");
    }
}
