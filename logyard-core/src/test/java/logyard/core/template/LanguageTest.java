package logyard.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The language of text/template, beyond what the vectors show. */
class LanguageTest {
    private static final String RECORD =
            "{\"s\":\"hello\",\"e\":\"\",\"z\":0,\"t\":true,\"nul\":null,\"arr\":[\"a\",\"b\",\"c\"],\"earr\":[],"
                    + "\"m\":{\"x\":\"ex\",\"y\":{\"z\":\"deep\"},\"a-b\":\"dash\"},\"mixed\":[null,{\"k\":\"v\"}]}";

    static Stream<Arguments> fields() {
        return Stream.of(
                arguments("{{.missing.foo.bar}}", "<no value>"),
                arguments("{{(.nul).foo}} {{$x := .nul}}{{$x.foo}}", "<no value> <no value>"),
                arguments("{{(.m).y.z}} {{$.m.x}} {{(index .mixed 1).k}}", "deep ex v"),
                arguments(
                        "{{index .m \"a-b\"}} {{index . \"m\" \"y\" \"z\"}} {{index .m \"none\"}}",
                        "dash deep <no value>"));
    }

    static Stream<Arguments> control() {
        return Stream.of(
                arguments("{{if .e}}1{{else if .z}}2{{else if .t}}3{{else}}4{{end}}", "3"),
                arguments("{{with .e}}1{{else with .s}}[{{.}}]{{else}}2{{end}}", "[hello]"),
                arguments("{{with $x := .m}}{{$x.x}}{{.x}}{{end}}", "exex"),
                arguments("{{range $k, $v := .m}}{{$k}}={{$v}};{{end}}", "a-b=dash;x=ex;y=map[z:deep];"),
                arguments("{{range .m}}[{{.}}]{{end}}", "[dash][ex][map[z:deep]]"),
                arguments("{{range .arr}}{{if eq . \"b\"}}{{break}}{{end}}{{.}}{{end}}", "a"),
                arguments("{{range .arr}}{{with .}}{{if eq . \"b\"}}{{continue}}{{end}}{{.}}{{end}}{{end}}", "ac"),
                arguments("{{range $m := .arr}}{{range $.arr}}{{break}}{{end}}{{$m}}{{end}}", "abc"),
                arguments("{{range .earr}}x{{else}}none{{end}}", "none"),
                arguments("{{range .arr}}{{break}}{{else}}none{{end}}", ""));
    }

    static Stream<Arguments> variables() {
        return Stream.of(
                arguments("{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}", "2"),
                arguments("{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}", "21"),
                arguments("{{$x := \"\"}}{{range .arr}}{{$x = print . $x}}{{end}}{{$x}}", "cba"),
                arguments("{{$x := \"\"}}{{range $x = .arr}}{{end}}{{$x}}", "c"),
                arguments("{{range $i, $x := .arr}}{{$y := $i}}{{$y}}{{$x}}{{end}}", "0a1b2c"),
                arguments("{{ $x:=.s }}{{$x}}", "hello"));
    }

    static Stream<Arguments> pipelinesAndFunctions() {
        return Stream.of(
                arguments("{{.s | len | eq 5}} {{(.s | len) | printf \"%03d\"}}", "true 005"),
                arguments("{{and 1 0 (index .arr 99)}} {{or \"\" \"x\" (index .arr 99)}} {{.e | or .s}}", "0 x hello"),
                arguments(
                        "{{slice .s 1 3}} {{slice .arr 1}} {{slice .s}} {{slice .arr 0 1 2}}|", "el [b c] hello [a]|"),
                arguments("{{index .s 0}} {{eq (index .s 0) 'h'}} {{printf \"%c\" (index .s 0)}}", "104 true h"),
                arguments("{{print 1 2 \"a\" \"b\" 3}} {{print nil}} {{println \"x\" 1}}", "1 2ab3 <nil> x 1\n"),
                arguments(
                        "{{html .m}} {{js \"it's\"}} {{urlquery \"a b\" \"&\"}}",
                        "map[a-b:dash x:ex y:map[z:deep]] it\\'s a+b%26"),
                arguments(
                        "{{eq .nul nil}} {{eq .m nil}} {{eq \"a\" \"b\" \"a\"}} {{ge \"b\" \"a\"}} {{le 2 2}}",
                        "true false true true true"));
    }

    static Stream<Arguments> literals() {
        return Stream.of(
                arguments("{{0x1F}} {{0b101}} {{0o17}} {{017}} {{1_000}} {{-0}} {{+3}}", "31 5 15 15 1000 0 3"),
                arguments("{{.5}} {{5.}} {{1e3}} {{1E-7}} {{0x1p4}} {{-0.0}}", "0.5 5 1000 1e-07 16 -0"),
                arguments("{{'a'}} {{'\\''}} {{'\\x41'}} {{'\\101'}} {{'\\n'}} {{'世'}}", "97 39 65 65 10 19990"),
                arguments("{{\"\\a\\\\\\\"\\u65e5\\U0001f600\\x41\\101\"}}", "\u0007\\\"日😀AA"),
                arguments("{{`a\r\nb\\n`}}", "a\nb\\n"),
                arguments("{{1i}} {{1+2i}} {{eq 1i 1i}}", "(0+1i) (1+2i) true"));
    }

    static Stream<Arguments> textAndTrimming() {
        return Stream.of(
                arguments("a {{- .s -}} \t\r\n b", "ahellob"),
                arguments("a {{- /* c */ -}} b{{/* }} */}}", "ab"),
                arguments("{{\n.s\n|\nlen\n}}", "5"),
                arguments("{{- 3 -}} x {{3 -}} y {{-3}}", "3x 3y -3"),
                arguments("{ {{\"}}\"}} }", "{ }} }"));
    }

    static Stream<Arguments> definitions() {
        return Stream.of(
                arguments(
                        "{{define \"a\"}}<{{.}}>{{end}}{{template \"a\" .s}}{{template \"a\"}}", "<hello><<no value>>"),
                arguments("{{range .arr}}{{template \"a\" .}}{{end}}{{define \"a\"}}<{{.}}>{{end}}", "<a><b><c>"),
                arguments("{{block \"b\" .m}}{{.x}}{{$.x}}{{end}}{{template `b` .}}", "exex<no value><no value>"),
                arguments("{{define \"a\"}} {{end}}{{define \"a\"}}late{{end}}{{template \"a\"}}", "late"));
    }

    @ParameterizedTest
    @MethodSource({
        "fields",
        "control",
        "variables",
        "pipelinesAndFunctions",
        "literals",
        "textAndTrimming",
        "definitions"
    })
    void doesAsGo(String template, String output) {
        assertThat(Rendered.of(template, RECORD)).isEqualTo(output);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(
                        "{{.nul.foo}}", "1:6: executing \"t\" at <.nul.foo>: nil pointer evaluating interface {}.foo"),
                arguments("{{.s.foo}}", "1:4: executing \"t\" at <.s.foo>: can't evaluate field foo in type string"),
                arguments(
                        "ab\n {{len\n.z}}",
                        "2:3: executing \"t\" at <len\n.z>: error calling len: len of type float64"),
                arguments(
                        "{{len .s .s}}",
                        "1:2: executing \"t\" at <len .s .s>: wrong number of args for len: want 1 got 2"),
                arguments("{{.s .z}}", "1:2: executing \"t\" at <.s .z>: can't give argument to non-function"),
                arguments("{{1 | .s}}", "1:6: executing \"t\" at <.s>: can't give argument to non-function"),
                arguments("{{$x = 1}}", "1:2: executing \"t\" at <$x = 1>: undefined variable: $x"),
                arguments(
                        "{{index .arr 3}}",
                        "1:2: executing \"t\" at <index .arr 3>: error calling index: index out of range: 3"),
                arguments(
                        "{{slice .s 3 1}}",
                        "1:2: executing \"t\" at <slice .s 3 1>: error calling slice: invalid slice index: 3 > 1"),
                arguments(
                        "{{lt .t true}}",
                        "1:2: executing \"t\" at <lt .t true>: error calling lt: invalid type for comparison"),
                arguments("{{range .s}}{{end}}", "1:8: executing \"t\" at <.s>: range can't iterate over type string"),
                arguments("{{template \"x\"}}", "1:2: executing \"t\" at <template \"x\">: template \"x\" not defined"),
                arguments(
                        "{{18446744073709551615}}",
                        "1:2: executing \"t\" at <18446744073709551615>: 18446744073709551615 overflows int"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failsInTheWordsOfGo(String template, String message) {
        assertThatThrownBy(() -> Rendered.of(template, RECORD))
                .isInstanceOf(TemplateFailure.class)
                .hasMessage("template: t:" + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{index .m 1}}",
                "{{index .m nil}}",
                "{{index .arr nil}}",
                "{{index .arr true}}",
                "{{index .nul 0}}",
                "{{index .mixed 0 0}}",
                "{{slice .m 1}}",
                "{{slice .s 1 2 3}}",
                "{{slice .arr 0 1 2 3}}",
                "{{slice nil}}",
                "{{call .s}}",
                "{{call nil}}",
                "{{call}}",
                "{{printf .m}}",
                "{{printf nil}}",
                "{{eq 1}}",
                "{{eq .arr .arr}}",
                "{{eq .s 1}}",
                "{{lt nil 1}}",
                "{{lt 1i 2i}}",
                "{{nil}}",
                "{{nil | print}}",
                "{{range .t}}{{end}}",
                "{{range 3}}{{end}}",
                "{{template \"a\" nil}}{{define \"a\"}}{{end}}",
                "{{(print 1).x}}",
                "{{not not .t}}"
            })
    void failsWhereGoFails(String template) {
        assertThatThrownBy(() -> Rendered.of(template, RECORD)).isInstanceOf(TemplateFailure.class);
    }
}
