package logyard.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Neither a template nor a record can crash, stall or fill the process. */
@Timeout(120)
class HostileInputTest {
    private static final int MANY = 100_000;

    /** What the smallest daemon gives a thread. */
    private static final long SMALL_STACK_BYTES = 256 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":[", " [ "})
    void nestingInARecordIsAFailure(String opening) {
        String record = "{\"x\":" + opening.repeat(MANY);

        assertThatThrownBy(() -> Rendered.of("{{.y}}", record)).isInstanceOf(TemplateFailure.class);
        assertThatThrownBy(() -> Rendered.of("{{if .y}}{{end}}", record)).isInstanceOf(TemplateFailure.class);
    }

    @Test
    void aRecordAsDeepAsAllowedFitsASmallStack() throws InterruptedException {
        String record = "{\"x\":" + "[".repeat(99) + "]".repeat(99) + "}";

        assertThat(onSmallStack(() -> Rendered.of("{{.x}}{{printf \"%q\" .x}}{{.}}", record)))
                .isNull();
        assertThat(onSmallStack(() -> Rendered.of("{{.x}}", record))).isNull();
    }

    @Test
    void aDeepRecordAtTheBottomOfDeepTemplatesFitsASmallStack() throws InterruptedException {
        String record = "{\"n\":[" + "0,".repeat(38) + "[".repeat(98) + "]".repeat(98) + "]}";
        String print = "(".repeat(45) + "printf \"%q\" (index . 0)" + ")".repeat(45);
        String template = "{{define \"f\"}}{{if slice . 1}}{{template \"f\" slice . 1}}{{else}}{{" + print
                + "}}{{end}}{{end}}{{template \"f\" .n}}";

        assertThat(onSmallStack(() -> Rendered.of(template, record))).isNull();
    }

    @Test
    void aRecordDeeperThanAllowedFailsOnBothWays() {
        String record = "{\"x\":" + "[".repeat(100) + "]".repeat(100) + "}";

        assertThatThrownBy(() -> Rendered.of("{{.a}}", record)).hasMessageContaining("nested deeper than 100 levels");
        assertThatThrownBy(() -> Rendered.of("{{print .a}}", record))
                .hasMessageContaining("nested deeper than 100 levels");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{(",
                "{{print (",
                "{{if .x}}",
                "{{range .x}}",
                "{{with .x}}{{else}}",
                "{{if .x}}{{else if .y}}",
                "{{block \"b\" .}}",
                "{{if (",
                "{{.x | print (",
            })
    void nestingInATemplateIsRefused(String opening) throws InterruptedException {
        Throwable failure = onSmallStack(() -> Template.parse("t", opening.repeat(MANY)));

        assertThat(failure).isInstanceOf(InvalidTemplateException.class);
    }

    @Test
    void aChainOfFieldsWithoutEndIsRefused() {
        assertThatThrownBy(() -> Template.parse("t", "{{" + ".a".repeat(MANY) + "}}"))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessage("template: t:1:4: nested deeper than 50 levels");
    }

    @Test
    void aTemplateAsDeepAsAllowedFitsASmallStack() throws InterruptedException {
        String parens = "{{" + "(".repeat(49) + ".x" + ")".repeat(49) + "}}";
        String blocks =
                "{{with .x}}".repeat(25) + "{{" + "(".repeat(24) + ".x" + ")".repeat(24) + "}}" + "{{end}}".repeat(25);

        assertThat(onSmallStack(() -> Rendered.of(parens, "{\"x\":1}"))).isNull();
        assertThat(onSmallStack(() -> Rendered.of(blocks, "{\"x\":1}"))).isInstanceOf(TemplateFailure.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{define \"f\"}}{{template \"f\" .}}{{end}}{{template \"f\" .}}",
                "{{define \"f\"}}{{range .x}}{{template \"f\" $}}{{end}}{{end}}{{template \"f\" .}}",
                "{{template \"t\"}}",
            })
    void templatesThatCallThemselvesFail(String template) throws InterruptedException {
        Throwable failure = onSmallStack(() -> Rendered.of(template, "{\"x\":[1,2]}"));

        assertThat(failure).isInstanceOf(TemplateFailure.class).hasMessageContaining("nested deeper than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{range .x}}{{range $.x}}{{range $.x}}{{end}}{{end}}{{end}}",
                "{{range .x}}{{range $.x}}{{range $.x}}{{$y := len $.x}}{{end}}{{end}}{{end}}",
                "{{$s := print .x}}{{range .x}}{{range $.x}}{{$r := eq $s $s}}{{end}}{{end}}",
                "{{define \"f\"}}{{if .}}{{template \"f\" slice . 1}}{{template \"f\" slice . 1}}{{end}}{{end}}"
                        + "{{template \"f\" slice .x 0 35}}",
            })
    void workWithoutEndFails(String template) {
        String record = "{\"x\":[" + "\"item\",".repeat(1000) + "0]}";

        assertThatThrownBy(() -> Rendered.of(template, record))
                .isInstanceOf(TemplateFailure.class)
                .hasMessage("template: t: more than 1000000 steps on one record");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{range .x}}{{range $.x}}0123456789{{end}}{{end}}",
                "{{range .x}}{{$.x}}{{end}}",
                "{{$s := \"0123456789\"}}{{range .x}}{{$s = print $s $s}}{{end}}",
                "{{range .x}}{{printf \"%999999d\" 1}}{{end}}",
                "{{range .x}}{{printf \"%.999999f\" 1.5}}{{end}}",
            })
    void outputWithoutEndFails(String template) {
        String record = "{\"x\":[" + "\"item\",".repeat(1000) + "0]}";

        assertThatThrownBy(() -> Rendered.of(template, record))
                .isInstanceOf(TemplateFailure.class)
                .hasMessage("template: t: output is larger than 1048576 bytes");
    }

    @Test
    void aLongNumberIsRefusedRatherThanComputed() {
        String digits = "9".repeat(1_000_000);

        assertThatThrownBy(() -> Rendered.of("{{if eq .x 1}}{{end}}", "{\"x\":" + digits + "}"))
                .isInstanceOf(TemplateFailure.class);
        assertThatThrownBy(() -> Template.parse("t", "{{" + digits + "}}"))
                .isInstanceOf(InvalidTemplateException.class);
    }

    @Test
    void aLongTemplateIsParsedInTimeThatGrowsWithIt() {
        String template = "{{.a}} and {{/* c */}}{{if .b}}{{.c}}{{end}} ".repeat(20_000);

        assertThat(Rendered.of(template, "{}")).hasSize(20_000 * "<no value> and  ".length());
    }

    /** What the action throws on a thread with a small stack, or null. */
    private static Throwable onSmallStack(Runnable action) throws InterruptedException {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread =
                new Thread(null, () -> thrown.set(catchThrowable(action::run)), "small-stack", SMALL_STACK_BYTES);
        thread.start();
        thread.join(Duration.ofSeconds(15).toMillis());
        return thrown.get();
    }
}
