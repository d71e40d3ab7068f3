package logyard.kato.log.app.drain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Files;
import java.nio.file.Path;
import logyard.config.ConfigPath;
import logyard.kato.TestKato;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AppDrainCommandsTest {
    private static final ConfigPath QUOTA = ConfigPath.APPTAIL.child("max_drains_per_app");

    private final TestKato cluster = new TestKato();

    @BeforeEach
    void setFormats() {
        cluster.tree.set(ConfigPath.DRAIN_FORMATS.child("apptail"), TextNode.valueOf("{{.text}}"));
    }

    private TestKato.Result add(String guid, String name, String uri, String... options) {
        String[] words = new String[options.length + 7];
        System.arraycopy(new String[] {"log", "app", "drain", "add", guid, name, uri}, 0, words, 0, 7);
        System.arraycopy(options, 0, words, 7, options.length);
        return cluster.kato(words);
    }

    @Test
    void addsADrainThatGetsTheLinesOfTheApplicationAndNothingElse() {
        assertThat(add("7", "mine", "tcp://10.0.0.9:1").output())
                .isEqualTo("Added drain appdrain.7.mine: tcp://10.0.0.9:1?filter=apptail.7+&format=apptail\n");
        assertThat(cluster.drain("appdrain.7.mine")).isEqualTo("tcp://10.0.0.9:1?filter=apptail.7+&format=apptail");
    }

    @Test
    void sendsJsonIfAskedToOrIfThereIsNoFormat() {
        assertThat(add("7", "mine", "udp://10.0.0.9:1", "--json").output())
                .endsWith("?filter=apptail.7+&format=json\n");

        cluster.tree.delete(ConfigPath.DRAIN_FORMATS.child("apptail"));
        assertThat(add("7", "other", "udp://10.0.0.9:1").output()).endsWith("?filter=apptail.7+\n");
    }

    @Test
    void keepsSchemeHostAndPortOnly() {
        TestKato.Result result = add(
                "7",
                "mine",
                "TCP://me:hunter2@10.0.0.9:1/x?filter=systail&format=raw&token=hunter3&max_conn_age=1h#hunter4");

        assertThat(result.status()).isZero();
        assertThat(cluster.drain("appdrain.7.mine")).isEqualTo("tcp://10.0.0.9:1?filter=apptail.7+&format=apptail");
        assertThat(result.err())
                .isEqualTo("WARN: left out the user, the path, \"token\", \"max_conn_age\", \"format\", \"filter\", the"
                        + " fragment: drains of applications have a scheme, a host and a port\n");
        assertThat(result.out() + result.err()).doesNotContain("hunter");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file:///s/logs/x        | drains of applications are syslog+tls, tcp, tls, udp, got file:///s/logs/x",
                "redis://10.0.0.9:1             | drains of applications are",
                "nonsense                | not a URI such as tcp://logs.example.com:1234, got \"nonsense\"",
                "redis://:hunter2@10.0.0.9:1    | got redis://***@10.0.0.9:1"
            })
    void refusesWhatIsNoTargetOfAnApplication(String uri, String reason) {
        TestKato.Result result = add("7", "mine", uri);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("ERROR: ").contains(reason).doesNotContain("hunter2");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1,127.0.0.1,127.0.0.0/8 is one of appdrain.denied_targets",
        "localhost,127.0.0.1,127.0.0.0/8 is one of appdrain.denied_targets",
        "0.0.0.0,0.0.0.0,0.0.0.0/8 is one of appdrain.denied_targets",
        "169.254.169.254,169.254.169.254,169.254.0.0/16 is one of drain.denied_targets"
    })
    void refusesATargetThatIsDenied(String host, String address, String reason) {
        TestKato.Result result = add("7", "mine", "tcp://" + host + ":1");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("ERROR: " + host + ": drains may not send to ");
        assertThat(result.err()).containsAnyOf(address + " (" + reason, "::1 (::1 is one of appdrain.denied_targets");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
    }

    @Test
    void addsWhatOnlyNodesKnow() {
        assertThat(add("7", "mine", "tcp://no.such.host.invalid:1").status()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "", "../x", "_x"})
    void refusesWhatIsNoName(String name) {
        TestKato.Result result = add("7", name, "udp://10.0.0.9:1");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("the name of a drain must begin with a letter or digit");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"7.8", "a b", "*", "7/8"})
    void refusesWhatIsNoGuid(String guid) {
        assertThat(add(guid, "mine", "udp://10.0.0.9:1").err())
                .contains("the GUID of an application has 1 to 128 letters, digits, dashes and underscores");
    }

    @Test
    void replacesItsOwnOnlyIfForced() {
        add("7", "mine", "udp://10.0.0.9:1");

        assertThat(add("7", "mine", "udp://10.0.0.9:2").err())
                .isEqualTo("ERROR: there is a drain appdrain.7.mine already; --force replaces it\n");
        assertThat(add("7", "mine", "udp://10.0.0.9:2", "--force").status()).isZero();
        assertThat(cluster.drain("appdrain.7.mine")).startsWith("udp://10.0.0.9:2?");
    }

    @Test
    void hasSoManyAsAreAllowed() {
        cluster.tree.set(QUOTA, IntNode.valueOf(2));
        add("7", "one", "udp://10.0.0.9:1");
        add("7", "two", "udp://10.0.0.9:1");
        add("70", "other", "udp://10.0.0.9:1");

        TestKato.Result third = add("7", "three", "udp://10.0.0.9:1");

        assertThat(third.status()).isEqualTo(1);
        assertThat(third.err())
                .isEqualTo(
                        "ERROR: the application 7 may have 2 drains and would have 3; delete one (kato log app drain list"
                                + " 7), or allow more: kato config set apptail max_drains_per_app 3\n");
        cluster.tree.set(QUOTA, IntNode.valueOf(1));
        assertThat(add("7", "two", "udp://10.0.0.9:2", "--force").status())
                .as("one that is there is none more")
                .isZero();
        assertThat(cluster.kato("config", "set", "apptail", "max_drains_per_app", "3")
                        .status())
                .isZero();
        assertThat(add("7", "three", "udp://10.0.0.9:1").status()).isZero();
    }

    @Test
    void hasTenIfNothingElseIsSet() {
        for (int i = 0; i < 10; i++) {
            assertThat(add("7", "d" + i, "udp://10.0.0.9:1").status()).isZero();
        }

        assertThat(add("7", "more", "udp://10.0.0.9:1").err()).contains("may have 10 drains");
        assertThat(cluster.drain("appdrain.7.more")).isNull();
    }

    @Test
    void listsItsOwn() {
        add("7", "mine", "udp://10.0.0.9:1");
        add("70", "other", "udp://10.0.0.9:1");
        cluster.withDrain("appdrain.7.old", "tcp://10.0.0.9:3?filter=apptail.7")
                .withDrain("appdrain.7.operators", "tcp://10.0.0.9:3?filter=systail")
                .withDrain("mine", "tcp://10.0.0.9:3?filter=apptail.7");

        assertThat(cluster.kato("log", "app", "drain", "list", "7").output()).isEqualTo("""
                        mine                \tudp://10.0.0.9:1?filter=apptail.7+&format=apptail
                        old                 \ttcp://10.0.0.9:3?filter=apptail.7
                        """);
        assertThat(cluster.kato("log", "app", "drain", "list", "70", "--json").output())
                .isEqualTo("{\"other\":\"udp://10.0.0.9:1?filter=apptail.70+&format=apptail\"}\n");
        assertThat(cluster.kato("log", "app", "drain", "list", "8").output()).isEmpty();
    }

    @Test
    void deletesItsOwn() {
        add("7", "mine", "udp://10.0.0.9:1");

        assertThat(cluster.kato("log", "app", "drain", "delete", "7", "mine").output())
                .isEqualTo("Deleted drain appdrain.7.mine\n");
        assertThat(cluster.drain("appdrain.7.mine")).isNull();
        assertThat(cluster.kato("log", "app", "drain", "delete", "7", "mine").err())
                .isEqualTo("ERROR: the application 7 has no drain \"mine\"\n");
    }

    @Test
    void touchesNoneOfOthers() {
        cluster.withDrain("appdrain.7.operators", "tcp://10.0.0.9:3?filter=systail&filter=apptail.7")
                .withDrain("appdrain.7.1.mine", "tcp://10.0.0.9:3?filter=apptail.71")
                .withDrain("appdrain.70.mine", "tcp://10.0.0.9:3?filter=apptail.70")
                .withDrain("builtin.apptail", "redis://10.0.0.9:1?filter=apptail");
        var before = cluster.tree.children(ConfigPath.DRAINS);

        for (String name : new String[] {"operators", "1.mine", "../builtin.apptail", "0.mine", ""}) {
            assertThat(cluster.kato("log", "app", "drain", "delete", "7", name).status())
                    .as(name)
                    .isEqualTo(1);
        }
        assertThat(add("7", "operators", "udp://10.0.0.9:1", "--force").err())
                .isEqualTo("ERROR: the drain appdrain.7.operators is not the application's own; take another name\n");

        assertThat(cluster.tree.children(ConfigPath.DRAINS)).isEqualTo(before);
    }

    @Test
    void changesAreInTheHistoryWithoutSecrets(@TempDir Path folder) throws Exception {
        cluster.withLogs(folder);
        add("7", "mine", "tcp://me:hunter2@10.0.0.9:1?token=hunter3");
        cluster.kato("log", "app", "drain", "list", "7");
        cluster.kato("log", "app", "drain", "delete", "7", "mine");

        assertThat(Files.readAllLines(folder.resolve("kato.log")))
                .satisfiesExactly(
                        added -> assertThat(added)
                                .contains("log app drain add 7 mine tcp://***@10.0.0.9:1?token=***")
                                .contains("succeeded")
                                .doesNotContain("hunter"),
                        deleted -> assertThat(deleted).contains("log app drain delete 7 mine"));
    }
}
