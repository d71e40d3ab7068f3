package logyard.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one difference from Go that is on purpose: what a record writes as an integer is one. */
class IntegersTest {
    private static final String RECORD =
            "{\"n\":2,\"letter\":65,\"time\":1366305302,\"big\":12345678901234567890123,\"odd\":9007199254740993,\"even\":9007199254740992,"
                    + "\"zero\":0,\"minus\":-1000000,\"f\":2.0,\"list\":[\"a\",\"b\",\"c\"],\"nested\":[1000000,{\"x\":1000000}]}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            quoteCharacter = '`',
            value = {
                "{{.time}} ^ 1366305302",
                "{{.minus}} ^ -1000000",
                "{{.big}} ^ 12345678901234567890123",
                "{{.odd}} ^ 9007199254740993",
                "{{.nested}} ^ [1000000 map[x:1000000]]",
                "{{print .time}} ^ 1366305302",
                "{{printf \"%v\" .time}} ^ 1366305302",
                "{{printf \"%12v|%-12v|%012v\" .time .time .minus}} ^ `  1366305302|1366305302  |-00001000000`",
                "{{html .time}} ^ 1366305302",
            })
    void printAsTheyAreWritten(String template, String output) {
        assertThat(Rendered.of(template, RECORD)).isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            quoteCharacter = '`',
            value = {
                "{{printf \"%d\" .time}} ^ 1366305302",
                "{{printf \"%d\" .big}} ^ 12345678901234567890123",
                "{{printf \"%05d|%+d\" .n .n}} ^ 00002|+2",
                "{{printf \"%o %c %U %q\" .n .letter .letter .letter}} ^ 2 A U+0041 'A'",
                "{{printf \"%*d\" .n .n}} ^ ` 2`",
                "{{index .list .n}} ^ c",
                "{{slice .list .n}} ^ [c]",
                "{{eq .n 2}} ^ true",
                "{{lt .n 3}} ^ true",
                "{{gt .big 3}} ^ true",
                "{{eq .odd .even}} ^ false",
            })
    void areIntegersWhereGoRefusesAFloat(String template, String output) {
        assertThat(Rendered.of(template, RECORD)).isEqualTo(output);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            quoteCharacter = '`',
            value = {
                "{{printf \"%.0f\" .time}} ^ 1366305302",
                "{{printf \"%.1f\" .n}} ^ 2.0",
                "{{printf \"%e\" .time}} ^ 1.366305e+09",
                "{{printf \"%g\" .minus}} ^ -1e+06",
                "{{printf \"%x\" .n}} ^ 0x1p+01",
                "{{printf \"%T\" .n}} ^ float64",
                "{{printf \"%s\" .n}} ^ %!s(float64=2)",
                "{{eq .n 2.0}} ^ true",
                "{{eq .n .f}} ^ true",
                "{{lt .n 2.5}} ^ true",
                "{{if .zero}}yes{{else}}no{{end}} ^ no",
            })
    void areFloatsInAllThatGoDoesWithFloats(String template, String output) {
        assertThat(Rendered.of(template, RECORD)).isEqualTo(output);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{index .list .f}}", "{{eq .f 2}}", "{{lt .f 3}}", "{{eq 2 2.0}}", "{{range .n}}{{end}}"})
    void areNotWhatIsWrittenWithAPointOrWhatGoNeverIterates(String template) {
        assertThatThrownBy(() -> Rendered.of(template, RECORD)).isInstanceOf(TemplateFailure.class);
    }

    @Test
    void writtenWithAnExponentAreFloats() {
        assertThat(Rendered.of("{{.a}} {{.b}} {{.c}}", "{\"a\":1e3,\"b\":1e6,\"c\":1.0}"))
                .isEqualTo("1000 1e+06 1");
    }

    @Test
    void areAsLargeAsAFloatCanBeAndNoLarger() {
        String largest = "1" + "0".repeat(308);

        assertThat(Rendered.of("{{.a}}", "{\"a\":" + largest + "}")).isEqualTo(largest);
        assertThatThrownBy(() -> Rendered.of("{{.b}}", "{\"a\":" + largest + "0}"))
                .isInstanceOf(TemplateFailure.class)
                .hasMessageContaining("out of range");
    }
}
