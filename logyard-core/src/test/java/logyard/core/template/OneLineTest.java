package logyard.core.template;

import static logyard.core.template.TemplateOption.ONE_LINE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An event stays one line, whatever a client put into it. */
class OneLineTest {
    private static final String RECORD = "{\"a\":\"x\\r\\ny\\tz\",\"b\":{\"c\":\"\\u000a\"},\"\\u000d\":1}";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "{{.a}} | `x  y\tz`",
                "{{.b}} | map[c: ]",
                "{{.b.c}}! | ` !`",
                "{{if true}}{{.a}}{{end}} | `x  y\tz`",
                "{{println .a}}! | `x  y\tz !`",
                "{{.}} | `map[ :1 a:x  y\tz b:map[c: ]]`",
            })
    void breaksNoLineInAValue(String template, String output) {
        assertThat(Rendered.of(template, RECORD, ONE_LINE)).isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {"`{{.b.x}}\n` | `<no value>\n`"})
    void keepsTheLineBreaksOfTheTemplate(String template, String output) {
        assertThat(Rendered.of(template, RECORD, ONE_LINE)).isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {"{{.a}} | `x\r\ny\tz`"})
    void isAnOption(String template, String output) {
        assertThat(Rendered.of(template, RECORD)).isEqualTo(output);
    }
}
