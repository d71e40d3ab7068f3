package logyard.core.appcopy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Optional;
import java.util.stream.Stream;
import logyard.core.event.AppInstance;
import logyard.core.event.Message;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Events as in spec 02 §7 and 05 §9, and what only an enemy would send. */
class AppEventReaderTest {
    private static final String APP = "'app':{'guid':'8c1e-g','space_guid':'51d0','name':'env'}";
    private static final String INFO_2013 = "{'app_name':'env','app_id':7,'group':'dev','instance':2,'dea_id':'hash'}";

    private final AppEventReader reader = new AppEventReader(() -> "helion");

    private static String event(String type, String process, String info) {
        return "event." + type + " {'type':'" + type + "','desc':'it happened','severity':'INFO','info':" + info
                + ",'process':'" + process + "','text':'it happened','node_id':'10.0.0.7','unix_time':1366305304}";
    }

    private Optional<AppLine> read(String event) throws MalformedAppEventException {
        byte[] frame = event.replace('\'', '"').getBytes(UTF_8);
        var message = new Message();
        return message.pointAt(frame, 0, frame.length) ? reader.read(message) : Optional.empty();
    }

    private static AppInstance instance(int index) {
        return new AppInstance("8c1e-g", "env", "51d0", "", "", index);
    }

    static Stream<Arguments> timelines() {
        return Stream.of(
                arguments("{" + APP + ",'instance_index':0}", instance(0), "helion[dea_ng.0]"),
                arguments("{" + APP + ",'instance_index':-1}", instance(-1), "helion[dea_ng]"),
                arguments("{" + APP + ",'instance_index':-7}", instance(-1), "helion[dea_ng]"),
                arguments("{" + APP + ",'instance_index':null}", instance(-1), "helion[dea_ng]"),
                arguments("{" + APP + "}", instance(-1), "helion[dea_ng]"),
                arguments(
                        "{'app':{'id':1,'name':'foo'}}",
                        new AppInstance("1", "foo", "", "", "1", -1),
                        "helion[dea_ng]"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("timelines")
    void aTimelineIsOfTheApplicationThatItNames(String info, AppInstance app, String source) throws Exception {
        assertThat(read(event("timeline", "dea_ng", info)))
                .contains(new AppLine(app, source, "it happened", 1366305304));
    }

    @Test
    void whatApptailTellsIsAmongTheLinesAlready() throws Exception {
        assertThat(read(event("timeline", "apptail", "{" + APP + "}"))).isEmpty();
    }

    static Stream<Arguments> eventsOf2013() {
        return Stream.of(
                arguments("dea_start", "stackato.dea", 2),
                arguments("dea_ready", "stackato.dea", 2),
                arguments("dea_stop", "stackato.dea", 2),
                arguments("stager_start", "stackato.stager", -1),
                arguments("stager_end", "stackato.stager", -1),
                arguments("cc_app_update", "stackato.controller", -1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("eventsOf2013")
    void thoseOf2013HaveTheirSourcesAndIndexes(String type, String source, int index) throws Exception {
        assertThat(read(event(type, "dea", INFO_2013)))
                .contains(new AppLine(
                        new AppInstance("7", "env", "", "dev", "7", index), source, "it happened", 1366305304));
        String inTheWordsOf2013 = event(type, "dea", INFO_2013)
                .replace("'info'", "'Info'")
                .replace("'desc'", "'Desc'")
                .replace("'unix_time'", "'UnixTime'");
        assertThat(read(inTheWordsOf2013)).isEqualTo(read(event(type, "dea", INFO_2013)));
        assertThat(AppEventReader.prefixes()).contains("event." + type + " ");
    }

    @Test
    void otherEventsAreOfNoApplication() throws Exception {
        assertThat(AppEventReader.prefixes()).hasSize(7);
        assertThat(read(event("timeline2", "dea", "{" + APP + "}"))).isEmpty();
        assertThat(read(event("process_exit", "supervisord", "null"))).isEmpty();
        assertThat(read("no event")).isEmpty();
        assertThat(read("")).isEmpty();
    }

    static Stream<String> malformed() {
        String timeline = event("timeline", "dea", "{" + APP + "}");
        String ofDea = event("dea_start", "dea", INFO_2013);
        return Stream.of(
                "event.timeline ",
                "event.timeline {",
                "event.timeline []",
                "event.timeline " + "[".repeat(100_000),
                "event.timeline " + "{'info':".repeat(5000),
                event("timeline", "dea", "null"),
                event("timeline", "dea", "{}"),
                event("timeline", "", "{" + APP + "}"),
                event("timeline", "dea", "{'app':{'guid':'a.b'}}"),
                event("timeline", "dea", "{'app':{'guid':'" + "g".repeat(129) + "'}}"),
                event("timeline", "dea", "{'app':{'guid':7}}"),
                event("timeline", "dea", "{'app':{'id':-7}}"),
                event("timeline", "dea", "{'app':{'id':1e99}}"),
                event("timeline", "dea", "{'app':{'id':99999999999999999999}}"),
                event("timeline", "dea", "{" + APP + ",'instance_index':'0'}"),
                event("timeline", "dea", "{" + APP + ",'instance_index':99999999999}"),
                event("timeline", "p".repeat(600), "{" + APP + "}"),
                timeline.replace("'desc':'it happened'", "'desc':{}"),
                timeline.replace(",'unix_time':1366305304", ""),
                timeline.replace("1366305304", "253402300800"),
                timeline.replace("1366305304", "-1"),
                timeline.replace("1366305304", "1e3"),
                ofDea.replace(",'instance':2", ""),
                ofDea.replace("'app_id':7", "'app_id':'7'"),
                ofDea.replace("'app_id':7,", ""),
                ofDea.replace(",'group':'dev'", ""),
                ofDea.replace("'app_name':'env',", ""),
                event("stager_start", "stager", "null"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsNotSaidClearlyIsRefused(String event) {
        assertThatThrownBy(() -> read(event))
                .isInstanceOf(MalformedAppEventException.class)
                .message()
                .isNotEmpty()
                .hasSizeLessThan(200);
    }

    @Test
    void aLongTextIsCutBetweenCharacters() throws Exception {
        String text = "x".repeat((64 << 10) - 1) + "\ud83d\ude00";

        assertThat(read(event("timeline", "dea", "{" + APP + "}").replace("it happened", text)))
                .map(AppLine::text)
                .contains("x".repeat((64 << 10) - 1));
    }
}
