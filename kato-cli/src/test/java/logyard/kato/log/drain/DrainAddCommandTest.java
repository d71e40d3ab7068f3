package logyard.kato.log.drain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.kato.TestKato;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DrainAddCommandTest {
    private final TestKato cluster = new TestKato();

    private TestKato.Result add(String... arguments) {
        String[] command = Stream.concat(Stream.of("log", "drain", "add"), Stream.of(arguments))
                .toArray(String[]::new);
        return cluster.kato(command);
    }

    @Test
    void saysWhereInATemplateTheMistakeIs() {
        var result = add("-f", "{{.name}}\n{{.text | nofunc}}", "mine", "tcp://h:1");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("ERROR: ").contains(":2:10: function \"nofunc\" not defined");
    }

    @Test
    void addsTheDrainOfTheManual() {
        String uri = "udp://logs.splunk.com:1235/?filter=apptail&filter=systail&format=json";

        var result = add("-f", "json", "-p", "apptail,systail", "app_sys_splunk", "udp://logs.splunk.com:1235/");

        assertThat(result.output()).isEqualTo("Added drain app_sys_splunk: " + uri + "\n");
        assertThat(cluster.drain("app_sys_splunk")).isEqualTo(uri);
    }

    /** The other one: no format is given, and all prefixes are of one stream that has one of its own. */
    @Test
    void takesTheFormatOfTheStream() {
        cluster.tree.set(
                ConfigPath.DRAIN_FORMATS.child("systail"), TextNode.valueOf("{{.name}}@{{.node_id}}: {{.text}}"));
        String uri = "udp://logs.papertrailapp.com:12345?filter=systail.kato&format=systail";

        var result = add("--prefix", "systail.kato", "mydrain", "udp://logs.papertrailapp.com:12345");

        assertThat(result.output()).isEqualTo("Added drain mydrain: " + uri + "\n");
        assertThat(cluster.drain("mydrain")).isEqualTo(uri);
    }

    @Test
    void takesATemplate() {
        add("-f", "{{.name}}: {{.text}}", "mine", "tcp://h:1").output();

        assertThat(cluster.drain("mine"))
                .isEqualTo("tcp://h:1?filter=systail&format=%7B%7B.name%7D%7D%3A+%7B%7B.text%7D%7D");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{.x", "{{nofunc}}", "broken"})
    void refusesATemplateThatIsNone(String format) {
        cluster.tree.set(ConfigPath.DRAIN_FORMATS.child("broken"), TextNode.valueOf("{{.x"));

        var result = add("-f", format, "mine", "tcp://h:1");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("ERROR: ").contains("template");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
    }

    @Test
    void addsAFileDrainWithItsParameter() {
        add("-f", "raw", "debug", "file:///s/logs/debug-1.log", "overwrite=1").output();

        assertThat(cluster.drain("debug"))
                .isEqualTo("file:///s/logs/debug-1.log?filter=systail&format=raw&overwrite=1");
    }

    @Test
    void keepsEqualsSignsInValues() {
        add("-f", "json", "mine", "redis://localhost:6379", "key=a=b").output();

        assertThat(cluster.drain("mine")).isEqualTo("redis://localhost:6379?filter=systail&format=json&key=a%3Db");
    }

    @Test
    void showsNoSecrets() {
        var result = add("-f", "json", "mine", "tcp://me:secret@h:1", "token=abc");

        assertThat(result.output()).isEqualTo("Added drain mine: tcp://***@h:1?filter=systail&format=json&token=***\n");
        assertThat(cluster.drain("mine")).contains("me:secret").contains("token=abc");
    }

    @Test
    void replacesADrainOnlyByForce() {
        cluster.withDrain("mine", "tcp://old:1");

        var refused = add("-f", "json", "mine", "tcp://new:1");
        String kept = cluster.drain("mine");
        add("-f", "json", "--force", "mine", "tcp://new:1").output();

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).isEqualTo("ERROR: there is a drain mine already; --force replaces it\n");
        assertThat(kept).isEqualTo("tcp://old:1");
        assertThat(cluster.drain("mine")).isEqualTo("tcp://new:1?filter=systail&format=json");
    }

    @Test
    void protectsWhatIsBuiltIn() {
        var refused = add("-f", "json", "builtin.mine", "tcp://h:1");
        add("-f", "json", "--force", "builtin.apptail", "tcp://h:1").output();

        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err())
                .startsWith("ERROR: names that begin with builtin. ")
                .contains("--force");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).containsExactly("builtin.apptail");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tmp.mine", "-x", ".x", "a b", "a/b", "..", "é", "a\u001b[31m"})
    void refusesNamesThatAreNone(String name) {
        var result = add("-f", "json", "--force", "--", name, "tcp://h:1");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("ERROR: ").contains("name").doesNotContain("\u001b");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
    }

    @Test
    void takesNamesOf128Characters() {
        assertThat(add("-f", "json", "x".repeat(128), "tcp://h:1").status()).isZero();
        assertThat(add("-f", "json", "x".repeat(129), "tcp://h:1").status()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            h:1                          | Not an URI: h:1
            ''                           | URI cannot be empty
            syslog://h:1                 | unknown drain type: syslog://h:1
            tcp://h                      | needs a host and a port
            tcp://h:bad/                 | the port must be a number, got "bad"
            tcp://h:1/?x=%zz             | is no escape
            file:///etc/passwd           | /etc/passwd is not below [/s/logs]
            redis://h:1/?limit=many      | limit must be a number from 1 to 1000000, got "many"
            tcp://h:1/?format=json       | format is given twice
            """)
    void refusesADrainThatCouldNeverWork(String uri, String reason) {
        var result = add("-f", "json", "mine", uri);

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("ERROR: ").contains(reason);
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
    }

    /** The original ignored it, and so does a drain that there is already; who adds one hears of it. */
    @Test
    void warnsOfParametersThatMeanNothing() {
        var result = add("-f", "json", "mine", "tcp://h:1", "colour=red", "limit=3");

        assertThat(result.status()).isZero();
        assertThat(result.err())
                .isEqualTo("WARN: tcp drains ignore \"colour\"; they know key, limit, overwrite, token\n");
    }

    /** As by {@code -p "$PREFIX"} with a variable that is not set. */
    @Test
    void warnsOfAnEmptyPrefix() {
        var result = add("-f", "json", "-p", "", "mine", "tcp://h:1");

        assertThat(result.status()).isZero();
        assertThat(result.err()).contains("-p \"\" means every event", "-p systail");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).containsExactly("mine");
    }

    @ParameterizedTest
    @CsvSource({"a b", "'a\tb'"})
    void refusesAPrefixThatIsNone(String prefix) {
        var result = add("-f", "json", "-p", prefix, "mine", "tcp://h:1");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).contains("without blanks");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit", "=5", "filter=x"})
    void refusesParametersThatAreNone(String parameter) {
        var result = add("-f", "json", "mine", "tcp://h:1", parameter);

        assertThat(result.status()).isNotZero();
        assertThat(result.err()).startsWith("ERROR: ");
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
    }

    @Test
    void refusesWhatIsGivenTwice() {
        assertThat(add("mine", "tcp://h:1", "limit=1", "limit=2").err()).isEqualTo("""
                ERROR: limit is given twice
                See kato log drain add --help
                """);
        assertThat(add("-f", "json", "mine", "tcp://h:1", "format=raw").status())
                .isEqualTo(2);
    }

    @Test
    void refusesAFormatThatDoesNotExist() {
        cluster.tree.set(ConfigPath.DRAIN_FORMATS.child("systail"), TextNode.valueOf("{{.text}}"));

        var result = add("-f", "sytail", "mine", "tcp://h:1");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo(
                        "ERROR: there is no format \"sytail\" (there are json, raw, rfc3164, rfc5424, systail), and a template would hold"
                                + " a field such as {{.text}}\n");
    }

    @Test
    void saysWhenNoDrainTypeIsInstalled() {
        cluster.withoutDrainTypes();

        var result = add("-f", "json", "mine", "tcp://h:1");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .isEqualTo("ERROR: there are no drain types: the jar logyard-drains is not on the class path of this"
                        + " process\n");
    }

    @Test
    void takesAnArgumentThatBeginsWithAnAtSignAsItIs() {
        add("-f", "json", "mine", "tcp://h:1", "key=@x").output();

        assertThat(cluster.drain("mine")).endsWith("&key=%40x");
    }

    @Test
    void showsWhatItWouldAddAndAddsNothing() {
        cluster.tree.set(ConfigPath.RUNNING.child("10.0.0.5").child("logyard"), TextNode.valueOf("1"));
        cluster.tree.set(ConfigPath.RUNNING.child("10.0.0.6").child("systail"), TextNode.valueOf("1"));

        var result = add("--dry-run", "-f", "json", "mine", "tcp://me:secret@h:1");

        assertThat(result.output()).isEqualTo("""
                Would add drain mine: tcp://***@h:1?filter=systail&format=json
                On node 10.0.0.5
                On node 10.0.0.6, when its core runs again
                """);
        assertThat(cluster.tree.names(ConfigPath.DRAINS)).isEmpty();
    }

    @Test
    void refusesWithoutAddingWhatItWouldRefuseToAdd() {
        cluster.withDrain("mine", "tcp://old:1");

        assertThat(add("--dry-run", "mine", "tcp://h:1").status()).isEqualTo(1);
        assertThat(add("--dry-run", "other", "tcp://h").status()).isEqualTo(1);
        assertThat(add("--dry-run", "--force", "mine", "tcp://h:1").out()).contains("In place of: tcp://old:1\n");
        assertThat(cluster.drain("mine")).isEqualTo("tcp://old:1");
    }
}
