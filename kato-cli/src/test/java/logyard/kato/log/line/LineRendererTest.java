package logyard.kato.log.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import logyard.core.template.Template;
import logyard.core.template.TemplateOption;
import logyard.kato.output.Colors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LineRendererTest {
    private static final LineView PLAIN = LineView.of(false, false, false, false, LineFilter.ALL);
    private static final LineView RAW = LineView.of(true, false, false, false, LineFilter.ALL);
    private static final LineView DEBUG = LineView.of(false, false, true, false, LineFilter.ALL);
    private static final LineView JSON = LineView.of(false, true, false, false, LineFilter.ALL);

    private static final String SYSTAIL = systail("logyard", "2013/04/18 10:15:02 WARN -- [drain:mydrain] gone");
    private static final String EVENT =
            "event.process_exit {\"type\":\"process_exit\",\"desc\":\"Process 'dea' crashed on a"
                    + " node (exit status 1; not expected)\",\"severity\":\"ERROR\",\"info\":null,\"process\":\"supervisord\","
                    + "\"node_id\":\"192.168.68.5\"}";
    private static final String APPTAIL =
            "apptail.8c1e {\"source\":\"app\",\"app_name\":\"env\",\"text\":\"GET / 200\","
                    + "\"node_id\":\"192.168.68.7\"}";

    private static String systail(String name, String text) {
        return "systail." + name + ".192.168.68.5 {\"name\":\"" + name + "\",\"text\":\"" + text
                + "\",\"node_id\":\"192.168.68.5\"}";
    }

    private static String plain(String line) {
        return new LineRenderer(PLAIN, Colors.NONE).render(line).orElseThrow();
    }

    private static String colored(String line) {
        return new LineRenderer(PLAIN, Colors.XTERM_256).render(line).orElseThrow();
    }

    /** The whole lines of spec 07 §16. */
    @Test
    void showsLinesAsTheOriginal() {
        String dropped = systail(
                "logyard",
                "2013/04/18 10:15:02 WARN -- [drain:mydrain] [STM] Drain exited abruptly -- connection refused -- retrying now.");

        assertThat(plain(dropped))
                .isEqualTo(
                        "logyard@192.168.68.5: WARN -- [drain:mydrain] [STM] Drain exited abruptly -- connection refused --"
                                + " retrying now.");
        assertThat(plain(EVENT))
                .isEqualTo("process_exit[supervisord]@192.168.68.5: Process 'dea' crashed on a node (exit status 1; not"
                        + " expected)");
        assertThat(plain(APPTAIL)).isEqualTo("env[app]@192.168.68.7: GET / 200");
    }

    @Test
    void coloursLinesAsTheOriginal() {
        assertThat(colored(SYSTAIL))
                .isEqualTo("\033[38;5;66mlogyard\033[0m@\033[38;5;102m192.168.68.5\033[0m: \033[38;5;226mWARN --"
                        + " [drain:mydrain] gone\033[0m");
        assertThat(colored(systail("dea", "ERROR x"))).endsWith(": \033[38;5;196mERROR x\033[0m");
        assertThat(colored(systail("dea", "x"))).endsWith(": x");
        assertThat(colored(EVENT))
                .startsWith(
                        "\033[38;5;201mprocess_exit\033[0m[\033[38;5;21msupervisord\033[0m]@\033[38;5;102m192.168.68.5"
                                + "\033[0m: \033[48;5;196mProcess 'dea'");
        assertThat(colored(EVENT.replace("ERROR", "WARNING"))).contains(": \033[38;5;0m\033[48;5;226mProcess 'dea'");
        assertThat(colored(EVENT.replace("ERROR", "INFO"))).contains(": Process 'dea'");
        assertThat(colored(EVENT.replace("severity", "gravity"))).contains(": Process 'dea'");
        assertThat(colored(APPTAIL))
                .isEqualTo("\033[38;5;21menv\033[0m[app]@\033[38;5;102m192.168.68.7\033[0m: GET / 200");
    }

    /** As the packaged format {@code apptail} (spec 02 §5.2), but what is about no log of an instance names none. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'filename':'stderr','source':'app','instance_index':1,'text':'x','human_time':'T' | T app.1: x",
                "'filename':'','source':'stackato[dea_ng.0]','instance_index':0,'text':'x','human_time':'T' | T stackato[dea_ng.0]: x",
                "'filename':'','source':'stackato[cc]','instance_index':-1,'text':'x','human_time':'T' | T stackato[cc]: x",
                "'LogFilename':'a.log','Source':'app','InstanceIndex':0,'Text':'x','HumanTime':'T' | T app.0: x",
                "'filename':'a','source':'a^p','instance_index':0,'text':'a^[2Jb','human_time':'T' | T a^[p.0: a^[[2Jb",
                "'filename':'a','source':'app','text':'x' | INTERNAL: an event of apptail.7 without \"human_time\""
            })
    void showsTheLogOfOneApplication(String fields, String line) {
        String json = "{" + fields.replace('\'', '"').replace("^", "\\u001b") + "}";

        assertThat(new LineRenderer(LineView.ofOneApp(false), Colors.NONE).render("apptail.7 " + json))
                .hasValue(line);
        assertThat(new LineRenderer(LineView.ofOneApp(true), Colors.NONE).render("apptail.7 " + json))
                .hasValue(json);
    }

    @Test
    void coloursTheLogOfOneApplication() {
        String line =
                "apptail.7 {\"filename\":\"a\",\"source\":\"app\",\"instance_index\":0,\"text\":\"x\",\"human_time\":\"T\"}";

        assertThat(new LineRenderer(LineView.ofOneApp(false), Colors.XTERM_256).render(line))
                .hasValue("\033[38;5;102mT\033[0m \033[38;5;21mapp.0\033[0m: x");
    }

    @Test
    void leavesOutWhatTheCoreSaysOfItsDailyWork() {
        String info = systail("logyard", "2013/04/18 10:15:02 INFO -- [drain:tmp.x] Opened");

        assertThat(new LineRenderer(PLAIN, Colors.NONE).render(info)).isEmpty();
        assertThat(new LineRenderer(RAW, Colors.NONE).render(info))
                .contains("logyard@192.168.68.5: 2013/04/18 10:15:02 INFO -- [drain:tmp.x] Opened");
        assertThat(new LineRenderer(DEBUG, Colors.NONE).render(info))
                .contains("logyard@192.168.68.5: INFO -- [drain:tmp.x] Opened");
        assertThat(plain(systail("systail", "INFO -- x"))).isEqualTo("systail@192.168.68.5: INFO -- x");
    }

    @ParameterizedTest
    @EnumSource(Colors.class)
    void cutsTimesOffWithAndWithoutColours(Colors colors) {
        String shown = new LineRenderer(PLAIN, colors).render(SYSTAIL).orElseThrow();

        assertThat(shown).contains("WARN -- [drain:mydrain] gone").doesNotContain("10:15:02");
    }

    @Test
    void showsOneNodeOnlyIfAskedTo() {
        LineFilter ofOneNode = LineFilter.of(Optional.of("192.168.68.5"));
        var one = LineView.of(false, false, false, false, ofOneNode);
        var oneAsJson = LineView.of(false, true, false, false, ofOneNode);

        assertThat(new LineRenderer(one, Colors.NONE).render(EVENT)).isPresent();
        assertThat(new LineRenderer(one, Colors.NONE).render(APPTAIL)).isEmpty();
        assertThat(new LineRenderer(oneAsJson, Colors.NONE).render(EVENT)).contains(EVENT);
        assertThat(new LineRenderer(oneAsJson, Colors.NONE).render(APPTAIL)).isEmpty();
    }

    @Test
    void showsEventsAsTheyCameIfAskedForJson() {
        assertThat(new LineRenderer(JSON, Colors.NONE).render(EVENT)).contains(EVENT);
        assertThat(new LineRenderer(JSON, Colors.NONE).render("other.x not json"))
                .contains("other.x not json");
        assertThat(new LineRenderer(JSON, Colors.XTERM_256).render("event.x {}"))
                .contains("\033[38;5;44mevent.x\033[0m {}");
    }

    /** Such a record ended the original (09 F-81). */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nokey                                          | an event without a key: nokey",
                "' {}'                                          | an event without a key:  {}",
                "''                                             | an event without a key: ",
                "other.x {\"node_id\":\"1\"}                    | an event of an unknown stream: other.x",
                "systail.x {\"name\":\"x\",\"node_id\":\"1\"}   | an event of systail.x without \"text\"",
                "event.x {\"desc\":null}                        | an event of event.x without \"desc\"",
                "apptail.x []                                   | an event of apptail.x without \"app_name\""
            })
    void saysWhichEventItCannotShow(String line, String message) {
        assertThat(plain(line)).isEqualTo("INTERNAL: " + (message.endsWith(":") ? message + " " : message));
    }

    @Test
    void saysWhatIsNoJson() {
        assertThat(plain("event.x {\"type\":")).startsWith("INTERNAL: an event of event.x that is not JSON: ");
        assertThat(plain("event.x")).isEqualTo("INTERNAL: an event without a key: event.x");
        assertThat(plain("x".repeat(1 << 20))).isEqualTo("INTERNAL: an event without a key: " + "x".repeat(100) + "…");
        assertThat(plain("event.x " + "[".repeat(100_000)))
                .startsWith("INTERNAL: an event of event.x that is not JSON: ");
        assertThat(colored("nokey"))
                .isEqualTo(
                        "\033[38;5;231m\033[48;5;196mINTERNAL\033[0m: \033[38;5;196man event without a key: nokey\033[0m");
    }

    @Test
    void letsNoEventReachTheTerminalAsAnEscapeSequence() {
        String hostile =
                "systail.\u001b[1m.x {\"name\":\"a\\u001b[31m\",\"text\":\"b\\u009b\\nc\",\"node_id\":\"\\u0007\"}";

        assertThat(plain(hostile)).isEqualTo("a^[[31m@^G: bM-^[^Jc");
        assertThat(plain("\u001b]0;x")).isEqualTo("INTERNAL: an event without a key: ^[]0;x");
        assertThat(new LineRenderer(JSON, Colors.NONE).render("a\u001b[1m {\"x\":\"\u009b\"}"))
                .contains("a^[[1m {\"x\":\"\\u009b\"}");
    }

    private static LineView with(LineFilter filter) {
        return LineView.of(false, false, false, false, filter);
    }

    private static LineView by(String template) {
        return new LineView(
                false,
                false,
                false,
                false,
                LineFilter.ALL,
                List.of(),
                Optional.of(Template.parse("line", template, TemplateOption.ONE_LINE)),
                false);
    }

    @Test
    void looksForPatternsInTheLineAsItIsShown() {
        var dea = new LineFilter(
                Optional.empty(), Optional.empty(), List.of(Pattern.compile("^dea@")), List.of(Pattern.compile("no$")));
        var renderer = new LineRenderer(with(dea), Colors.XTERM_256);

        assertThat(renderer.render(systail("dea", "10:15 yes"))).isPresent();
        assertThat(renderer.render(systail("dea", "no"))).isEmpty();
        assertThat(renderer.render(systail("dea_ng", "yes"))).isEmpty();
        assertThat(renderer.render("nonsense")).isPresent();
    }

    @Test
    void marksWhatIsFoundAcrossThePiecesOfALine() {
        var marking = new LineView(
                false,
                false,
                false,
                false,
                LineFilter.ALL,
                List.of(Pattern.compile("5: ER"), Pattern.compile("x*")),
                Optional.empty(),
                false);
        String line = systail("dea", "ERROR x");

        assertThat(new LineRenderer(marking, Colors.XTERM_256).render(line))
                .hasValue("\033[38;5;43mdea\033[0m@\033[38;5;102m192.168.68.\033[0m\033[38;5;0m\033[48;5;44m5\033[0m"
                        + "\033[38;5;0m\033[48;5;44m: \033[0m\033[38;5;0m\033[48;5;44mER\033[0m\033[38;5;196mROR \033[0m"
                        + "\033[38;5;0m\033[48;5;44mx\033[0m");
        assertThat(new LineRenderer(marking, Colors.NONE).render(line)).contains("dea@192.168.68.5: ERROR x");
    }

    @ParameterizedTest
    @CsvSource({"ERROR, true, false, false", "WARNING, true, true, false"})
    void showsWhatIsGraveEnough(Severity least, boolean errors, boolean warnings, boolean others) {
        var filter = new LineFilter(Optional.empty(), Optional.of(least), List.of(), List.of());
        var renderer = new LineRenderer(with(filter), Colors.NONE);

        assertThat(renderer.render(systail("dea", "ERROR x")).isPresent()).isEqualTo(errors);
        assertThat(renderer.render(systail("dea", "WARN x")).isPresent()).isEqualTo(warnings);
        assertThat(renderer.render(systail("dea", "x")).isPresent()).isEqualTo(others);
        assertThat(renderer.render(EVENT).isPresent()).isEqualTo(errors);
        assertThat(renderer.render(EVENT.replace("ERROR", "WARNING")).isPresent())
                .isEqualTo(warnings);
        assertThat(renderer.render(EVENT.replace("\"ERROR\"", "\"INFO\"").replace("crashed", "ERROR"))
                        .isPresent())
                .isEqualTo(others);
        assertThat(renderer.render(APPTAIL.replace("GET", "ERROR")).isPresent()).isEqualTo(errors);
        assertThat(renderer.render(APPTAIL).isPresent()).isEqualTo(others);
    }

    /** What a core tells of events that never come (LossNotice). */
    @Test
    void showsWhatTellsOfLostEventsWhateverIsLookedFor() {
        String loss = "systail.dea.logyard {\"name\":\"logyard\",\"text\":\"12 messages dropped\",\"node_id\":"
                + "\"10.0.0.7\",\"process\":\"logyard\",\"type\":\"messages_dropped\",\"severity\":\"ERROR\"}";
        var filter = new LineFilter(
                Optional.empty(),
                Optional.of(Severity.ERROR),
                List.of(Pattern.compile("x")),
                List.of(Pattern.compile("dropped")));

        assertThat(new LineRenderer(with(filter), Colors.NONE).render(loss))
                .contains("logyard@10.0.0.7: 12 messages dropped");
        assertThat(new LineRenderer(with(LineFilter.of(Optional.of("10.0.0.8"))), Colors.NONE).render(loss))
                .isEmpty();
    }

    @Test
    void makesLinesByTheTemplateOfTheOperator() {
        assertThat(new LineRenderer(by("{{.process}} {{.severity}}: {{.desc}}"), Colors.NONE).render(EVENT))
                .contains("supervisord ERROR: Process 'dea' crashed on a node (exit status 1; not expected)");
        assertThat(new LineRenderer(by("{{.nothing}}"), Colors.NONE).render("other.x {}"))
                .contains("<no value>");
        assertThat(new LineRenderer(by("{{.text.more}}"), Colors.NONE).render(SYSTAIL))
                .hasValueSatisfying(line -> assertThat(line)
                        .startsWith("INTERNAL: an event of systail.logyard.192.168.68.5 of which --template makes no"
                                + " line: "));
        assertThat(new LineRenderer(by("{{.text}}"), Colors.NONE).render(systail("logyard", "INFO -- Opened")))
                .isEmpty();
    }

    /** OSC, CSI, C1 and what turns the direction of writing around, in every form of line. */
    @ParameterizedTest
    @ValueSource(strings = {"\u001b]0;x\u0007", "\u001b[2J", "\u009b31m", "\u202egnp.exe", "\u2066x\u2069"})
    void letsNothingOfAnEventObeyItselfInAnyForm(String hostile) throws Exception {
        String json = new JsonMapper()
                .writeValueAsString(Map.of("name", hostile, "text", hostile, "node_id", hostile, "type", hostile));
        for (LineView view : List.of(PLAIN, RAW, JSON, by("{{.text}}{{.name}}" + hostile))) {
            String line = new LineRenderer(view, Colors.NONE)
                    .render("systail." + hostile + ".x " + json)
                    .orElseThrow();

            assertThat(line.chars().filter(c -> Character.isISOControl(c) || (c >= 0x2028 && c <= 0x2069)))
                    .as(line)
                    .isEmpty();
        }
    }
}
