package logyard.kato.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import logyard.config.ConfigPath;
import logyard.config.Defaults;
import logyard.kato.TestKato;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TestCommandTest {
    private static final ConfigPath EVENTS = ConfigPath.CLOUD_EVENTS.child("events");

    private final TestKato cluster = new TestKato();

    @BeforeEach
    void fill() {
        Defaults.at(ConfigPath.CLOUD_EVENTS)
                .orElseThrow()
                .values()
                .forEach(
                        (key, value) -> cluster.tree.set(ConfigPath.parse(ConfigPath.CLOUD_EVENTS + "/" + key), value));
        cluster.tree.set(ConfigPath.LOGYARD, Defaults.MARK);
    }

    private TestKato.Result test(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "events";
        all[1] = "test";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return cluster.kato(all);
    }

    private static JsonNode json(String text) throws Exception {
        return new JsonMapper().readTree(text);
    }

    @Test
    void showsControlCharactersAsJsonDoes() {
        var result = cluster.kato("events", "test", "--json", "dea", "ERROR -- \u001b[2J\u202e");

        assertThat(result.out()).contains("\\u001b[2J\\u202e").doesNotContain("^[", "<U+");
    }

    @Test
    void showsTheEventAndWhyItIsOne() {
        String out = test("kato", "[info] (1) INVOKE kato start").output();

        assertThat(out).startsWith("""
                Specs for lines of kato:
                  kato_action        its substring "INVOKE-ADMIN-ACTION" is not in the line
                  kato_action_plain  its substring "INVOKE " is at column 12 and comes first, so this spec decides: its regex INVOKE (.+) is found
                Specs for lines of every log (__all__), which are not asked, as one above has decided:
                  error     its substring "ERROR" is not in the line
                  timeline  its substring "TIMELINE" is not in the line
                  warning   its substring "WARN" is not in the line
                event.kato_action {"type":"kato_action","desc":"kato start","severity":"INFO","info":null,"process":"kato","text":"kato start","node_id":"10.0.0.5","unix_time":""");
    }

    @Test
    void showsWhyThereIsNone() {
        var result = test("dea", "a WARNING then ERROR -- x");

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).contains("""
                Specs for lines of every log (__all__):
                  error     its substring "ERROR" is at column 16, but that of another spec comes first
                  timeline  its substring "TIMELINE" is not in the line
                  warning   its substring "WARN" is at column 3 and comes first, so this spec decides: its regex WARN -- (.+?)(, data: .+)?$ is not found
                no event
                """);
    }

    @Test
    void showsWhatTheHandlerMissed() {
        var result = test("kato", "INVOKE-ADMIN-ACTION {broken");

        assertThat(result.status()).isEqualTo(3);
        assertThat(result.out())
                .endsWith("\nThe spec that decides fails: invalid character 'b' looking for beginning of object key"
                        + " string\nno event\n");
    }

    @Test
    void showsWhoMayGiveAnEvent() throws Exception {
        cluster.tree.set(
                EVENTS.child("__all__").child("timeline"),
                json("{\"substring\":\"TIMELINE\",\"regex\":\"TIMELINE\",\"processes\":[\"cc\",\"cc_ng\"]}"));

        assertThat(test("dea", "TIMELINE").out())
                .contains("  timeline  only lines of cc, cc_ng may give it\n", "no event");
        assertThat(test("cc", "TIMELINE").out()).contains("event.timeline {");
    }

    @Test
    void tellsThatALogHasNoSpecsOfItsOwnOrMayNotHave() {
        assertThat(test("app", "x").out())
                .startsWith("Specs for lines of app: there are none\nSpecs for lines of every log");
        assertThat(test("cloud_events", "ERROR -- x").out())
                .isEqualTo("Lines of cloud_events itself never give an event\nno event\n");
    }

    @Test
    void warnsOfSpecsThatAreLeftOut() throws Exception {
        cluster.tree.set(EVENTS.child("dea").child("mine"), json("{\"substring\":\"x\",\"regex\":\"(\"}"));

        var result = test("--json", "dea", "ERROR -- x");

        assertThat(result.status()).isZero();
        assertThat(result.err())
                .startsWith("WARN: this spec is left out: events/dea/mine: regex is none that RE2 knows");
    }

    @Test
    void showsTheEventAloneAsJson() throws Exception {
        assertThat(json(test("--json", "dea", "ERROR -- x\u001b").output()).path("desc"))
                .isEqualTo(new TextNode("x\u001b"));
        assertThat(test("--json", "dea", "x").out()).isEqualTo("null\n");
        assertThat(test("--json", "kato", "INVOKE-ADMIN-ACTION [").err())
                .isEqualTo("WARN: the spec that decides fails: unexpected end of JSON input\n");
    }

    @Test
    void usesThePackagedSpecsBeforeTheFirstCoreCame() {
        cluster.tree.delete(ConfigPath.LOGYARD);

        var result = test("--json", "dea", "ERROR -- x");

        assertThat(result.status()).isZero();
        assertThat(result.err())
                .isEqualTo("WARN: there is no configuration in ZooKeeper yet; these are the packaged specs\n");
    }

    @Test
    void refusesANameThatNoLogHas() {
        var result = test("a.b", "x");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err()).startsWith("ERROR: no log can be called \"a.b\"");
    }
}
