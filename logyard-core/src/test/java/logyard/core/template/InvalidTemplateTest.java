package logyard.core.template;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A mistake is refused when a drain is added, with its place and, where there is one, the remedy. */
class InvalidTemplateTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '^',
            quoteCharacter = '~',
            value = {
                "{{.a ^ 1:4: unclosed action",
                "{{(.a}} ^ 1:5: unclosed left paren",
                "{{.a)}} ^ 1:4: unexpected right paren",
                "{{/* a ^ 1:0: unclosed comment",
                "{{/* a */ }} ^ 1:0: comment ends before closing delimiter",
                "{{\"a}} ^ 1:2: unterminated quoted string",
                "{{'a}} ^ 1:2: unterminated character constant",
                "{{`a}} ^ 1:2: unterminated raw quoted string",
                "{{.a-b}} ^ ~1:2: bad character U+002D '-'; a field a-b is written {{index . \"a-b\"}}~",
                "{{€}} ^ 1:2: unrecognized character in action: U+20AC '€'",
                "{{.x :1}} ^ 1:5: expected :=",
                "{{name}} ^ 1:2: function \"name\" not defined; a field of the record is written .name",
                "{{}} ^ 1:2: missing value for command",
                "{{if}}{{end}} ^ 1:4: missing value for if",
                "{{.a | }}{{print (}} ^ 1:18: unclosed left paren",
                "{{()}} ^ 1:3: missing value for parenthesized pipeline",
                "{{.a}}{{end}} ^ 1:8: unexpected {{end}}",
                "{{else}} ^ 1:2: unexpected {{else}}",
                "{{if .a}}b ^ 1:10: unexpected EOF; {{if}} is not closed by {{end}}",
                "{{if .a}}b{{else}}c{{else}}{{end}} ^ 1:21: expected end; found {{else}}",
                "{{range .a}}{{else if .b}}{{end}} ^ 1:19: unexpected <if> in input",
                "{{break}} ^ 1:2: {{break}} outside {{range}}",
                "{{$x}} ^ 1:2: undefined variable \"$x\"",
                "{{range $a, $b, $c := .x}}{{end}} ^ 1:14: too many declarations in range",
                "{{range $a, .x}}{{end}} ^ 1:10: range can only initialize variables",
                "{{.a | 1}} ^ 1:7: non executable command in pipeline stage 2",
                "{{.a | | len}} ^ 1:7: unexpected \"|\" in command",
                "{{.a,}} ^ 1:4: unexpected \",\" in operand",
                "{{1.}}{{.}}{{..a}} ^ 1:14: unexpected . after term \".\"",
                "{{3-}} ^ 1:2: bad number syntax: \"3-\"",
                "{{1e400}} ^ 1:2: illegal number syntax: \"1e400\"",
                "{{99999999999999999999}} ^ 1:2: integer overflow: \"99999999999999999999\"; the largest is 9223372036854775807",
                "{{08}} ^ 1:2: integer overflow: \"08\" is not octal; without the 0 it is decimal",
                "{{'ab'}} ^ 1:2: malformed character constant: 'ab'",
                "{{\"\\q\"}} ^ 1:2: invalid syntax: unknown escape \\q",
                "{{\"\\400\"}} ^ 1:2: invalid syntax: unknown escape \\4",
                "{{template x}} ^ 1:11: unexpected \"x\" in template clause",
                "{{if .a}}{{define \"a\"}}{{end}}{{end}} ^ 1:11: unexpected <define> in command",
                "{{define \"a\"}}1{{end}}{{define \"a\"}}2{{end}} ^ 1:24: multiple definition of template \"a\"",
                "~one\ntwo {{.a}}\n  {{.b} three~ ^ 3:4: bad character U+007D '}'",
            })
    void isToldWithItsPlace(String template, String message) {
        assertThatThrownBy(() -> Template.parse("d", template))
                .isInstanceOf(InvalidTemplateException.class)
                .hasMessage("template: d:" + message);
    }
}
