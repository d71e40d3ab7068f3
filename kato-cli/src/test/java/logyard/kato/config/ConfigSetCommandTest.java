package logyard.kato.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.stream.Stream;
import logyard.config.ConfigPath;
import logyard.config.ConfigSubtree;
import logyard.config.Defaults;
import logyard.kato.TestKato;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigSetCommandTest {
    private final TestKato cluster = new TestKato();

    @BeforeEach
    void fill() {
        Defaults.all()
                .values()
                .forEach((key, value) -> cluster.tree.set(ConfigPath.parse(ConfigPath.LOGYARD + "/" + key), value));
        cluster.tree.set(ConfigPath.LOGYARD, Defaults.MARK);
        cluster.tree.set(ConfigPath.MBUS_IP, TextNode.valueOf("10.0.0.1"));
    }

    private TestKato.Result config(String... arguments) {
        return cluster.kato(
                Stream.concat(Stream.of("config"), Stream.of(arguments)).toArray(String[]::new));
    }

    private JsonNode at(String path) {
        return cluster.tree.read(ConfigPath.parse(path)).orElse(null);
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private ConfigSubtree everything() {
        return cluster.tree.subtree(ConfigPath.ROOT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            systail max_record_size      | many             | max_record_size must be a whole number, got "many"
            systail max_record_size      | 0                | max_record_size must be 1 to 1048576 bytes, got 0
            systail max_record_size      | 1.5              | max_record_size must be a whole number, got 1.5
            systail log_files/dea        | x.log            | log_files/dea: the path must be absolute or empty, got "x.log"
            systail log_files/a.b        | /x               | log_files/a.b: a name has letters, digits, _ and - only, got "a.b"
            systail log_files            | hello            | log_files must be an object, got "hello"
            systail log_files/dea/x      | y                | log_files/dea holds a value, so nothing can be below it, got log_files/dea/x
            systail log_flies/dea        | /x               | unknown key log_flies; did you mean log_files?; --force sets it all the same
            systail /                    | 5                | the settings of a component must be an object, got 5
            systail max_record_size      | null             | max_record_size cannot be null; kato config del removes it
            apptail read_limit           | -5               | read_limit must be 1 MB or more, got -5
            apptail max_lines_burst      | 65536            | max_lines_burst must be 1 to 65535, got 65536
            logyard drains/mine          | nonsense         | drains/mine: unknown drain type: nonsense (there are
            logyard drains/mine          | tcp://h          | drains/mine: tcp://h needs a host and a port
            logyard drains/mine          | tcp://h:1/?format={{.x | drains/mine: format is no template
            logyard drains/mine          | tcp://***@h:1    | drains/mine holds *** where a secret belongs, got tcp://***@h:1
            logyard drains/tmp.x         | tcp://h:1        | names that begin with tmp. are for drains that end
            logyard drains/builtin.x     | tcp://h:1        | names that begin with builtin. are of drains that come with Logyard
            logyard drains/a b           | tcp://h:1        | the name of a drain must begin with
            logyard drainformats/x       | {{.x             | drainformats/x: format is no template
            logyard drainformats/json    | {{.x}}           | drainformats/json: a format cannot be called "json"
            logyard retrylimits/x        | 10 hours         | invalid duration: retrylimits/x must be like 25m or 24h, got "10 hours"
            logyard retrylimits/x        | 20m              | invalid retry limit: retrylimits/x must be longer than 20m0s, got "20m"
            logyard drians/x             | tcp://h:1        | unknown key drians; did you mean drains?
            logyard drains/a/b           | tcp://h:1        | nothing can be below it
            cloud_events events/g/t      | {"regex":"x"}    | events/g/t/substring is missing
            cloud_events events/g/t/severity | ERROR        | events/g/t/substring is missing
            cloud_events events/g/t      | {"substring":"x","regex":"("} | events/g/t: regex is none that RE2 knows: error parsing regexp: missing closing )
            cloud_events events/g/t      | {"substring":"x","regex":"(((x{99}){99}){99})"} | events/g/t: regex is too large
            cloud_events events/g/t      | {"substring":"x","regex":"x","format":"$1"} | events/g/t: format names $1
            cloud_events events/g/t      | {"substring":"x","regex":"x","sample":"y"} | events/g/t/sample must give this event, but it does not hold the substring; --force sets it all the same
            cloud_events events/dea/t    | {"substring":"START_INSTANCE","regex":"x"} | events/dea/t: the substring "START_INSTANCE" is that of dea_start, too
            cloud_events events          | 5                | events must be an object of groups, got 5
            cluster mbusip               | a b              | mbusip must be an address or host name, such as 10.0.0.1, got "a b"
            cluster mbusip               | 5                | mbusip must be an address
            cloud_controller mbus        | tcp://h          | mbus must be a URI such as nats://10.0.0.1:4222/, got "tcp://h"
            local node.ip                | 10.0.0.5         | local settings are those of a node
            systail/log_files            | {}               | the component and its key are two words
            """)
    void refusesWhatTheReaderCouldNotUseAndWritesNothing(String place, String value, String error) {
        cluster.withDrain("a", "tcp://h:1");
        ConfigSubtree before = everything();
        String[] words = place.split(" ", 2);

        var result = words.length == 2 ? config("set", words[0], words[1], value) : config("set", words[0], value, "x");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("ERROR: ").contains(error).doesNotContain("bug");
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void takesWhatOnlyLooksLikeJsonAsTextWhereTextBelongs() {
        config("set", "logyard", "drainformats/j", "{\"msg\":\"{{.text}}\"}").output();
        config("set", "logyard", "drainformats/n", "42").output();
        config("set", "systail", "log_files/empty", "").output();
        config("set", "cluster", "count", "42").output();
        config("set", "cluster", "text", "\"42\"").output();

        assertThat(at("/proc/logyard/config/drainformats/j")).isEqualTo(new TextNode("{\"msg\":\"{{.text}}\"}"));
        assertThat(at("/proc/logyard/config/drainformats/n")).isEqualTo(new TextNode("42"));
        assertThat(at("/proc/logyard/config/systail/log_files/empty")).isEqualTo(new TextNode(""));
        assertThat(at("/cluster/config/count")).isEqualTo(json("42"));
        assertThat(at("/cluster/config/text")).isEqualTo(json("\"42\""));
    }

    @Test
    void readsTheValueFromItsInput() {
        cluster.withInput("/var/log/x.log\n");
        config("set", "systail", "log_files/x").output();

        assertThat(at("/proc/logyard/config/systail/log_files/x")).isEqualTo(new TextNode("/var/log/x.log"));
    }

    @Test
    void givesBackWhatGetShows() {
        ConfigSubtree before = everything();
        for (String component : new String[] {"systail", "apptail", "cloud_events", "logyard", "cluster"}) {
            cluster.withInput(config("get", component).output());
            config("set", "--yaml", component, "/").output();
            cluster.withInput(config("get", "--json", component).output());
            config("set", component, "/").output();
        }

        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{} {}", "{\"a\":1,\"a\":2}", ""})
    void refusesAsMistypedWhatIsNotOfTheFormAskedFor(String value) {
        var result = config("set", "--json", "cluster", "x", value);

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).startsWith("ERROR: the value must be JSON, got ");
    }

    @Test
    void setsUnknownKeysAndOtherTypesOnlyByForce() {
        assertThat(config("set", "systail", "new_key", "5").status()).isEqualTo(1);
        assertThat(config("set", "cluster", "mbusip/x", "5").status()).isEqualTo(1);
        config("set", "cluster", "n", "5").output();
        assertThat(config("set", "cluster", "n", "text").err())
                .isEqualTo(
                        "ERROR: n is of another type, a number 5, got text \"text\"; --force sets it all the same\n");

        config("set", "--force", "systail", "new_key", "5").output();
        config("set", "cluster", "n", "text", "--force").output();
        config("set", "--force", "logyard", "drains/builtin.x", "tcp://h:1?format=json")
                .output();

        assertThat(at("/proc/logyard/config/systail/new_key")).isEqualTo(json("5"));
        assertThat(at("/cluster/config/n")).isEqualTo(json("\"text\""));
        assertThat(cluster.drain("builtin.x")).isEqualTo("tcp://h:1?format=json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            systail max_record_size | many
            systail log_files/a.b   | /x
            cluster mbusip/x        | 5
            cluster a/./b           | 5
            cluster /               | 5
            logyard drains/x        | nonsense
            cluster x               | {"a/b":1}
            cluster x               | {"":1}
            """)
    void neverWritesByForceWhatWouldBreakTheTreeOrItsReaders(String place, String value) {
        ConfigSubtree before = everything();

        var result = config("set", "--force", place.split(" ")[0], place.split(" ")[1], value);

        assertThat(result.status()).isEqualTo(1);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void warnsOfWhatTakesActionsOutOfTheHistory() {
        assertThat(config("set", "systail", "max_record_size", "2199").err())
                .startsWith("WARN: max_record_size is below 2200")
                .contains("missing in the history");
        assertThat(config("set", "systail", "max_record_size", "100").err())
                .as("known already")
                .isEmpty();
        assertThat(config("set", "systail", "max_record_size", "2200").err()).isEmpty();
        assertThat(config("set", "systail", "log_files/kato", "/dev/null").err())
                .startsWith("WARN: log_files/kato does not name the log of kato");
        assertThat(config("set", "systail", "log_files/kato", "").err()).isEmpty();
        assertThat(config("del", "systail", "log_files/kato").err()).contains("missing in the history");
    }

    @Test
    void mendsOneValueWhileAnotherIsStillWrong() {
        cluster.tree.set(ConfigPath.SYSTAIL.child("log_files").child("a.b"), TextNode.valueOf("/x"));
        cluster.tree.spoil(ConfigPath.SYSTAIL.child("log_files").child("bad"), "is not JSON");

        config("set", "systail", "max_record_size", "5000").output();
        config("set", "systail", "log_files/bad", "/x").output();

        assertThat(at("/proc/logyard/config/systail/max_record_size")).isEqualTo(json("5000"));
        assertThat(at("/proc/logyard/config/systail/log_files/bad")).isEqualTo(json("\"/x\""));
    }

    @Test
    void setsASpecByForceWhoseSampleDoesNotGiveItsEvent() {
        config("set", "--force", "cloud_events", "events/g/t", "{\"substring\":\"x\",\"regex\":\"x\",\"sample\":\"y\"}")
                .output();

        config("set", "cloud_events", "events/g/t/severity", "ERROR").output();

        assertThat(at("/proc/logyard/config/cloud_events/events/g/t").get("severity"))
                .as("a sample that was wrong before does not stand in the way")
                .isEqualTo(new TextNode("ERROR"));
    }

    @Test
    void changesAFieldOfASpecThatIsOneValue() {
        config("set", "cloud_events", "events/kato/kato_action/severity", "WARNING")
                .output();

        assertThat(at("/proc/logyard/config/cloud_events/events/kato/kato_action")
                        .get("severity"))
                .isEqualTo(new TextNode("WARNING"));
        assertThat(config("get", "cloud_events", "events/kato/kato_action/severity")
                        .output())
                .isEqualTo("\"WARNING\"\n");
    }

    @Test
    void deletesOnlyWhatIsThereAndNotInUse() {
        cluster.withDrain("a", "tcp://h:1?format=event");

        assertThat(config("del", "systail", "log_files/dpgk").err())
                .isEqualTo("ERROR: there is no systail log_files/dpgk; did you mean dpkg?\n");
        assertThat(config("del", "logyard", "drainformats/event").err())
                .startsWith("ERROR: drainformats/event is in use by the drain a");
        assertThat(config("del", "logyard", "drains/builtin.apptail").status()).isEqualTo(1);
        assertThat(config("del", "systail", "/").status()).isEqualTo(1);
        assertThat(config("del", "systail", "log_files").out()).isEqualTo("Deleted systail log_files\n");
        assertThat(config("del", "--force", "logyard", "drains/builtin.apptail").status())
                .isZero();
        assertThat(cluster.tree.names(ConfigPath.SYSTAIL)).containsExactly("max_record_size");
    }

    @Test
    void deletesWhatAllNodesNeedOnlyByForce() {
        config("set", "cluster", "mbusip", "10.0.0.1").output();

        assertThat(config("del", "cluster", "mbusip").err())
                .isEqualTo(
                        "ERROR: mbusip is needed by all nodes and has no default; --force deletes it all the same\n");
        assertThat(config("set", "cluster", "/", "{\"x\":1}").status()).isEqualTo(1);
        assertThat(config("del", "--force", "cluster", "mbusip").output()).isEqualTo("Deleted cluster mbusip\n");
    }

    @Test
    void editsLists() {
        config("push", "cluster", "dns/servers", "10.0.0.2").output();
        config("push", "cluster", "dns/servers", "{\"a\": 1}").output();

        assertThat(at("/cluster/config/dns/servers")).isEqualTo(json("[\"10.0.0.2\",{\"a\":1}]"));
        assertThat(config("pop", "cluster", "dns/servers").output())
                .isEqualTo("Popped from cluster dns/servers: {\"a\":1}\n");
        assertThat(config("pop", "cluster", "dns/servers").output())
                .isEqualTo("Popped from cluster dns/servers: \"10.0.0.2\"\n");
        assertThat(config("pop", "cluster", "dns/servers").err())
                .isEqualTo("ERROR: cluster dns/servers is empty: there is nothing to pop\n");
        assertThat(config("push", "cluster", "mbusip", "x").err())
                .isEqualTo("ERROR: mbusip must be a list for this, got \"10.0.0.1\"\n");
        assertThat(config("pop", "cluster", "nothing").status()).isEqualTo(1);
        assertThat(config("push", "systail", "log_files", "x").status()).isEqualTo(1);
    }

    @Test
    void showsNoSecrets() {
        assertThat(config("set", "logyard", "drains/mine", "tcp://me:pw@h:1?token=abc")
                        .output())
                .isEqualTo("Set logyard drains/mine: \"tcp://***@h:1?token=***\"\n");
        assertThat(cluster.drain("mine")).contains("me:pw").contains("abc");
    }

    @Test
    void warnsThatDefaultsAreStillToCome() {
        var fresh = new TestKato();

        var result = fresh.kato("config", "set", "systail", "log_files", "{\"a\":\"/a\"}");
        var imported = fresh.kato("config", "import", "--defaults");
        var again = fresh.kato("config", "set", "systail", "log_files", "{\"a\":\"/a\"}");

        assertThat(result.status()).isZero();
        assertThat(result.err()).startsWith("WARN: no core has come to this cluster yet");
        assertThat(imported.output()).matches("Imported \\d+ defaults\n");
        assertThat(again.err()).doesNotContain("no core has come");
        assertThat(fresh.tree.names(ConfigPath.SYSTAIL.child("log_files"))).containsExactly("a");
    }

    @Test
    void importsWhatIsMissingAndByForceAll() {
        config("del", "systail", "log_files/dpkg").output();
        config("set", "systail", "log_files/dea", "/x").output();

        assertThat(config("import", "--defaults").output()).isEqualTo("Imported 1 default\n");
        assertThat(at("/proc/logyard/config/systail/log_files/dea")).isEqualTo(json("\"/x\""));
        assertThat(config("import", "--defaults", "--force").output()).isEqualTo("Imported 1 default\n");
        assertThat(at("/proc/logyard/config/systail/log_files/dea")).isEqualTo(json("\"\""));
    }

    @Test
    void confirmsTheTree() {
        assertThat(config("confirm").output()).isEqualTo("Confirmed the configuration as it stands, with 3 drains\n");
        assertThat(cluster.tree.confirmations()).isEqualTo(1);
    }
}
