package logyard.core.sieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneOffset;
import java.util.Optional;
import logyard.core.event.ByteBuilder;
import logyard.core.sieve.handler.HandlerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SieveTest {
    private final Sieve packaged = Specs.packaged();

    private static String seen(Optional<CloudEvent> event) {
        return event.map(e -> e.type() + " " + e.severity() + " " + e.description())
                .orElse("none");
    }

    @Test
    void usesEveryPackagedSpecAndEachGivesItsSample() {
        assertThat(packaged.problems()).isEmpty();
        assertThat(packaged.size()).isEqualTo(30);
        assertThat(packaged.sampleProblems()).isEmpty();
    }

    /** The tables of spec 06 §7 and §10, with the types of 2013 among them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            dea         | x ERROR -- boom                         | error ERROR boom
            dea         | ERROR -- a, data: b, data: c            | error ERROR a
            dea         | ERROR: no dashes                        | none
            dea         | a WARNING then ERROR -- x               | none
            dea         | xERROR -- WARN -- y                     | error ERROR WARN -- y
            logyard     | 2013/04/18 10:15:02 WARN -- retrying now. | warning WARNING retrying now.
            supervisord | INFO success: memcached_node entered RUNNING state, process has ... | process_start INFO Process 'memcached_node' started on a node
            supervisord | INFO stopped: mysql_node (terminated by SIGKILL) (x) y | process_stop WARNING Process 'mysql_node' stopped on a node (terminated by SIGKILL) (x)
            supervisord | INFO spawned: 'dea' with pid 12         | none
            supervisord | dea stopped ERROR -- z                  | error ERROR z
            supervisord | exited: dea (exit status 0; expected)   | process_exit ERROR Process 'dea' crashed on a node (exit status 0; expected)
            kato        | [info] (1) INVOKE kato start            | kato_action INFO kato start
            kato        | [info] (1) INVOKE-ADMIN-ACTION {"command": "kato start","status": "failed"} | kato_action INFO kato start (failed)
            kato        | INVOKE-ADMIN-ACTION {"command":"a","status":"ERROR -- b"} | kato_action INFO a (ERROR -- b)
            redis_node  | [2012-11-01] redis_node_1 - pid=1 DEBUG -- MaaS-Node: Successfully provisioned service for request {} | service_provision INFO Provisioned a new service on redis_node_1
            nginx       | GET /error 404                          | none
            nginx_error | 23:29:20 [error] 8474#0: refused        | nginx_error ERROR nginx error: 8474#0: refused
            kernel      | [1.2] uwsgi invoked oom-killer: gfp     | oom_killer WARNING OOM action: uwsgi invoked oom-killer
            cloud_controller_ng | INFO -- TIMELINE {"message":"Created app","app":{"guid":"g"},"instance_index":-1} | timeline INFO Created app
            dea         | EVENT -- START_INSTANCE {"app_name":"env","app_id":6,"dea_id":"h"} | dea_start INFO Starting application 'env' on DEA h
            stager      | EVENT -- STAGING_COMPLETED {"app_name":"env"} | stager_end INFO Completed staging application 'env'
            dea         | EVENT -- INSTANCE_EXITED {"app_name":"c","dea_id":"h","uptime":2310000,"exitcode":-1} | app_exited INFO Application 'c' exited on DEA h with exit code -1 after uptime 2310000
            any         | ``                                      | none
            """)
    void recognizesWhatThePackagedSpecsSay(String process, String text, String event) {
        assertThat(seen(Specs.recognize(packaged, process, text))).isEqualTo(event);
    }

    @Test
    void saysWhatALineLacksThatASpecRecognises() {
        SystailLine line = SystailLine.of("kato", "INVOKE-ADMIN-ACTION {broken", "n", 0);

        assertThatThrownBy(() -> packaged.recognize(line))
                .isInstanceOf(HandlerException.class)
                .hasMessage("invalid character 'b' looking for beginning of object key string");
    }

    @Test
    void makesNoEventOfItsOwnLog() {
        assertThat(Specs.recognize(packaged, "cloud_events", "ERROR -- x")).isEmpty();
    }

    @Test
    void writesTheEventAsItTravels() throws Exception {
        SystailLine line = SystailLine.of(
                "kato",
                "INVOKE-ADMIN-ACTION {\"status\":\"ok\\n\",\"command\":\"a \\\"b\\\"\"}",
                "10.0.0.5",
                1366305302);
        var out = new ByteBuilder(64);

        packaged.recognize(line).orElseThrow().append(line, ZoneOffset.ofHours(-7), out);

        assertThat(out)
                .hasToString(
                        "event.kato_action {\"type\":\"kato_action\",\"desc\":\"a \\\"b\\\" (ok\\n)\",\"severity\":\"INFO\","
                                + "\"info\":{\"command\":\"a \\\"b\\\"\",\"status\":\"ok\\n\"},\"process\":\"kato\",\"text\":\"a \\\"b\\\" (ok\\n)\","
                                + "\"node_id\":\"10.0.0.5\",\"unix_time\":1366305302,\"human_time\":\"2013-04-18T10:15:02-07:00\","
                                + "\"syslog\":{\"priority\":\"13\",\"time\":\"Apr 18 10:15:02\"}}");
    }

    /** As the table of events in spec 02 §7. */
    @Test
    void keepsTheNullOfASimpleEvent() {
        assertThat(Specs.recognize(packaged, "dea", "WARN -- x").orElseThrow().info())
                .isEqualTo("null");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"command":9007199254740993,"x":{"b":[],"a":{}}} | {"command":9007199254740993,"x":{"a":{},"b":[]}}
            {"a":1,"a":2,"a":[1.50,1e3,true,null,"\\u00e9<"]} | {"a":[1.5,1000.0,true,null,"é<"]}
            null | null
            """)
    void keepsWhatJsonSays(String json, String info) {
        Sieve sieve = Specs.sieve("{'g':{'t':{'substring':'J','regex':'J (.+)','handlertype':'json'}}}");

        assertThat(Specs.recognize(sieve, "g", "J " + json).orElseThrow().info())
                .isEqualTo(info);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            $1-$2-$0   | b--ab
            $1$        | b$
            $$1 {{.x}} | $b {{.x}}
            $01x       | bx
            ``         | ``
            """)
    void fillsGroupsIntoASimpleFormat(String format, String description) {
        Sieve sieve = Specs.sieve("{'g':{'t':{'substring':'a','regex':'a(b)(c)?','format':'" + format + "'}}}");

        assertThat(Specs.recognize(sieve, "g", "ab").orElseThrow().description())
                .isEqualTo(description);
    }

    @Test
    void letsOnlyTheProcessesOfASpecGiveItsEvent() {
        Sieve sieve = Specs.sieve("{'__all__':{"
                + "'timeline':{'substring':'TIMELINE','regex':'TIMELINE','processes':['cc','cc_ng']},"
                + "'error':{'substring':'ERROR','regex':'ERROR'}}}");

        assertThat(Specs.recognize(sieve, "cc_ng", "TIMELINE ERROR")
                        .orElseThrow()
                        .type())
                .isEqualTo("timeline");
        assertThat(Specs.recognize(sieve, "cc", "ERROR TIMELINE").orElseThrow().type())
                .isEqualTo("error");
        assertThat(Specs.recognize(sieve, "dea", "TIMELINE ERROR").orElseThrow().type())
                .as("that spec is not there for the lines of dea")
                .isEqualTo("error");
        assertThat(Specs.recognize(sieve, "dea", "TIMELINE")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"regex":"x"}                                         | events/g/bad/substring is missing
            {"substring":"","regex":"x"}                          | events/g/bad: substring must not be empty
            {"substring":"x","regex":""}                          | events/g/bad: regex must not be empty
            {"substring":"x","regex":"("}                         | events/g/bad: regex is none that RE2 knows: error parsing regexp
            {"substring":"x","regex":"x","severity":"FATAL"}      | events/g/bad: severity must be INFO, WARNING or ERROR, got "FATAL"
            {"substring":"x","regex":"x","handlertype":"xml"}     | events/g/bad: handlertype must be simple or json, got "xml"
            {"substring":"x","regex":"x","handlertype":"json"}    | events/g/bad: handlertype json needs a regex with a group
            {"substring":"x","regex":"(x)","handlertype":"json","format":"{{.a"} | events/g/bad: format is no template: template: bad:1:
            {"substring":"x","regex":"(x)","format":"$2"}         | events/g/bad: format names $2, but the regex has groups up to $1
            {"substring":"x","regex":"x","format":"$1"}           | events/g/bad: format names $1, but the regex has no group, only $0
            {"substring":"x","regex":"x","format":"$99999999999"} | events/g/bad: format names $99999999999
            {"substring":"x","regex":"x","type":"a.b"}            | events/g/bad: type must have letters, digits, _ and - only, got "a.b"
            {"substring":"x","regex":"x","processes":["a b"]}     | events/g/bad: processes must be names of logs
            {"substring":"x","regex":"x","processes":["h"]}       | events/g/bad: processes must name g
            {"substring":"good","regex":"x"}                      | events/g/bad: the substring "good" is that of a, too; it must be unique in its group
            {"substring":"x","regex":"x","foo":1}                 | unknown key events/g/bad/foo
            "text"                                                | events/g/bad must be an object
            """)
    void leavesOutABadSpecAndSaysWhy(String spec, String problem) {
        Sieve sieve = Specs.sieve("{'g':{'a':{'substring':'good','regex':'good'},'bad':" + spec
                + ",'c':{'substring':'also','regex':'also'}}}");

        assertThat(sieve.problems()).singleElement().asString().startsWith(problem);
        assertThat(sieve.size()).isEqualTo(2);
        assertThat(Specs.recognize(sieve, "g", "good x").orElseThrow().type()).isEqualTo("a");
        assertThat(Specs.recognize(sieve, "g", "also x").orElseThrow().type()).isEqualTo("c");
    }

    @Test
    void leavesOutGroupsThatAreNone() {
        assertThat(Specs.sieve("{'cloud_events':{},'*':{},'g':5}").problems())
                .satisfiesExactly(
                        own -> assertThat(own).contains("never make events"),
                        star -> assertThat(star)
                                .startsWith("events/*: no log has such a name")
                                .contains("__all__"),
                        five -> assertThat(five).isEqualTo("events/g must be an object of specs, got 5"));
        assertThat(Specs.sieve("5").problems()).containsExactly("events must be an object of groups, got 5");
        assertThat(Specs.sieve("{}").size()).isZero();
    }

    @Test
    void takesTheSeverityThatTheManualOfTheOriginalNames() {
        Sieve sieve = Specs.sieve("{'g':{'t':{'substring':'x','regex':'x','severity':'WARN'}}}");

        assertThat(Specs.recognize(sieve, "g", "x").orElseThrow().severity()).isEqualTo("WARNING");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            y            | it does not hold the substring
            x            | the regex is not found in it
            other xz     | the substring of o comes first in it; that spec decides
            xz {         | unexpected end of JSON input
            """)
    void saysWhichSampleDoesNotGiveItsEvent(String sample, String reason) {
        Sieve sieve = Specs.sieve("{'g':{'o':{'substring':'other','regex':'other'},"
                + "'t':{'substring':'x','regex':'xz (.*)','handlertype':'json','sample':'" + sample + "'}}}");

        assertThat(sieve.sampleProblems()).containsExactly("events/g/t/sample must give this event, but " + reason);
    }

    @Test
    void describesNothingThatIsTooLong() {
        Sieve sieve = Specs.sieve("{'g':{'t':{'substring':'x','regex':'.*','format':'" + "$0".repeat(30_000) + "'}}}");
        SystailLine line = SystailLine.of("g", "x".repeat(4096), "n", 0);

        assertThatThrownBy(() -> sieve.recognize(line)).hasMessage("the description is longer than 65536 bytes");
    }
}
