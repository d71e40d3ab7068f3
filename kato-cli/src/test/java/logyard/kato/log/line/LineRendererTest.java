package logyard.kato.log.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import logyard.kato.output.Colors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class LineRendererTest {
    private static final LineView PLAIN = new LineView(false, false, false, false, Optional.empty());
    private static final LineView RAW = new LineView(true, false, false, false, Optional.empty());
    private static final LineView DEBUG = new LineView(false, false, true, false, Optional.empty());
    private static final LineView JSON = new LineView(false, true, false, false, Optional.empty());

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
        var one = new LineView(false, false, false, false, Optional.of("192.168.68.5"));
        var oneAsJson = new LineView(false, true, false, false, Optional.of("192.168.68.5"));

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
}
