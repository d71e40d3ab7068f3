package logyard.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Go's printf, from the documentation of package fmt and the outputs known from it. */
class PrintfTest {
    private static final String RECORD =
            "{\"s\":\"abc\",\"u\":\"⌘x\",\"list\":[\"a\",\"b\"],\"mixed\":[1,\"x\",null,true,1.5],"
                    + "\"map\":{\"b\":1,\"a\":\"x\",\"c\":null},\"f\":3.25,\"nul\":null,\"yes\":true,\"empty\":\"\",\"bad\":\"\\u0007\\u00a0\"}";

    static Stream<Arguments> strings() {
        return Stream.of(
                arguments("%s|%10s|%-10s|%.2s|%5.1s|", ".s .s .s .s .s", "abc|       abc|abc       |ab|    a|"),
                arguments("%5s|%.1s", ".u .u", "   ⌘x|⌘"),
                arguments("%05s", ".s", "00abc"),
                arguments("%q %+q %#q", ".u .u .u", "\"⌘x\" \"\\u2318x\" `⌘x`"),
                arguments("%q %10q %-10q|", ".bad .s .s", "\"\\a\\u00a0\"      \"abc\" \"abc\"     |"),
                arguments("%x %X % x %# x %#x", ".s .s .s .s .s", "616263 616263 61 62 63 0x61 0x62 0x63 0x616263"),
                arguments("%x|%5x|%.2x|%-8x|", ".empty .empty .s .s", "|     |6162|616263  |"),
                arguments("%v %+v %#v", ".s .s .s", "abc abc \"abc\""),
                arguments(
                        "%d %z %t %U",
                        ".s .s .s .s", "%!d(string=abc) %!z(string=abc) %!t(string=abc) %!U(string=abc)"),
                arguments("%5d|%T", ".s .s", "%!d(string=  abc)|string"));
    }

    static Stream<Arguments> integers() {
        return Stream.of(
                arguments("%d|%5d|%-5d|%05d|%+d|% d", "42 42 42 42 42 42", "42|   42|42   |00042|+42| 42"),
                arguments(
                        "%05d|%+05d|%.4d|%8.4d|%-8.4d|%08.4d",
                        "-7 7 7 7 7 7", "-0007|+0007|0007|    0007|0007    |    0007"),
                arguments(
                        "%b %o %O %x %X %#b %#o %#x %#X",
                        "10 10 10 10 10 10 10 10 10", "1010 12 0o12 a A 0b1010 012 0xa 0XA"),
                arguments("%x %X %+x", "-255 -255 255", "-ff -FF +ff"),
                arguments(
                        "%c|%3c|%q|%+q|%#q|%U|%#U",
                        "65 65 0x1F600 0x1F600 65 0x1F600 0x1F600",
                        "A|  A|'😀'|'\\U0001f600'|'A'|U+1F600|U+1F600 '😀'"),
                arguments("%c %q", "0x110000 -1", "� '�'"),
                arguments("%.d|%.0d|%5.0d|", "0 0 0", "||     |"),
                arguments("%v %+v %#v %T", "42 42 42 42", "42 42 42 int"),
                arguments("%s %t", "42 42", "%!s(int=42) %!t(int=42)"),
                arguments("%6.2f|%e", "42 42", "%!f(int=    42)|%!e(int=42)"),
                arguments("%*d|%-*d|%*d|%.*d", "5 42 5 42 -5 42 4 42", "   42|42   |42   |0042"));
    }

    static Stream<Arguments> floats() {
        return Stream.of(
                arguments("%f %.1f %.0f %8.2f|", ".f .f .f .f", "3.250000 3.2 3     3.25|"),
                arguments(
                        "%e %E %.0e %g %G",
                        "1234.5678 1234.5678 1234.5678 1e-7 1e21", "1.234568e+03 1.234568E+03 1e+03 1e-07 1E+21"),
                arguments("%g %g %g %g", "100000.0 1000000.0 0.0001 0.00001", "100000 1e+06 0.0001 1e-05"),
                arguments(
                        "%.3g %.10g %.1g %.0g",
                        "1234.5678 1234.5678 1234.5678 1234.5678", "1.23e+03 1234.5678 1e+03 1e+03"),
                arguments("%#g %#.3g %#.0f %#v", "1.0 1.0 1.0 1.0", "1.00000 1.00 1. 1"),
                arguments(
                        "%+f %+.1f % .1f %06.1f %-8.1f|",
                        "1.5 -1.5 1.5 -1.5 1.5", "+1.500000 -1.5  1.5 -001.5 1.5     |"),
                arguments("%+08.2f|%08.2f|% 8.2f", "1.5 1.5 1.5", "+0001.50|00001.50|    1.50"),
                arguments(
                        "%x %X %.2x %.0x %b",
                        "1.0 1.5 1.999 1.999 1.0", "0x1p+00 0X1.8P+00 0x1.00p+01 0x1p+01 4503599627370496p-52"),
                arguments("%x %x %x", "0.0 -3.25 5e-324", "0x0p+00 -0x1.ap+01 0x1p-1074"),
                arguments("%v %.3v %8v %T", "1e6 3.14159 1.5 1.5", "1e+06 3.14      1.5 float64"),
                arguments(
                        "%d %s %c %q",
                        "1.5 1.5 1.5 1.5", "%!d(float64=1.5) %!s(float64=1.5) %!c(float64=1.5) %!q(float64=1.5)"),
                arguments("%v %.1f", "1i 1+2i", "(0+1i) (1.0+2.0i)"));
    }

    static Stream<Arguments> otherTypes() {
        return Stream.of(
                arguments("%t %v %5t %-6t|", "true false .yes .yes", "true false  true true  |"),
                arguments("%d %s %T", "true true true", "%!d(bool=true) %!s(bool=true) bool"),
                arguments("%v %s %d %T %5v|", "nil .nul .missing nil nil", "<nil> %!s(<nil>) %!d(<nil>) <nil> <nil>|"),
                arguments(
                        "%v %s %q %d",
                        ".list .list .list .list", "[a b] [a b] [\"a\" \"b\"] [%!d(string=a) %!d(string=b)]"),
                arguments("%5v|%-3v|", ".list .list", "[    a     b]|[a   b  ]|"),
                arguments(
                        "%v|%s",
                        ".mixed .mixed",
                        "[1 x <nil> true 1.5]|[%!s(float64=1) x <nil> %!s(bool=true) %!s(float64=1.5)]"),
                arguments("%#v", ".mixed", "[]interface {}{1, \"x\", interface {}(nil), true, 1.5}"),
                arguments(
                        "%v %#v",
                        ".map .map",
                        "map[a:x b:1 c:<nil>] map[string]interface {}{\"a\":\"x\", \"b\":1, \"c\":interface {}(nil)}"),
                arguments("%T %T", ".map .list", "map[string]interface {} []interface {}"));
    }

    @ParameterizedTest
    @MethodSource({"strings", "integers", "floats", "otherTypes"})
    void printsAsGo(String format, String values, String output) {
        assertThat(Rendered.of("{{printf \"" + format + "\" " + values + "}}", RECORD))
                .isEqualTo(output);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                arguments("\"%[3]d\" 1", "%!d(BADINDEX)"),
                arguments("\"%[0]d\" 1", "%!d(BADINDEX)"),
                arguments("\"%[x]d\" 1", "%!d(BADINDEX)"),
                arguments("\"%[]d\" 1", "%!d(BADINDEX)"),
                arguments("\"%[]\" 1", "%!](BADINDEX)"),
                arguments("\"%[1\" 1 2", "%!(NOVERB)"),
                arguments("\"%[3]2d\" 1 2 3", "%!d(BADINDEX)"),
                arguments("\"%[3].2d\" 1 2 3", "%!d(BADINDEX)"),
                arguments("\"%[3]*.[2]*[1]f|\" 12.0 2 6", " 12.00|"),
                arguments("\"%*d\" \"x\" 1", "%!(BADWIDTH)1"),
                arguments("\"%.*d\" -1 1", "%!(BADPREC)1"),
                arguments("\"%d %d %#[1]x\" 16 17", "16 17 0x10"),
                arguments("\"%\"", "%!(NOVERB)"),
                arguments("\"%% 100%%\"", "% 100%"),
                arguments("\"%5%|\"", "%|"),
                arguments("\"%d %d\" 1", "1 %!d(MISSING)"),
                arguments("\"%d\" 1 2 .s nil", "1%!(EXTRA int=2, string=abc, <nil>)"),
                arguments("\"none\" 1", "none%!(EXTRA int=1)"),
                arguments("\"%!\" 1", "%!!(int=1)"),
                arguments("\"%世\" 1", "%!世(int=1)"),
                arguments("\"%9999999999d\" 1", "%!(NOVERB)%!(EXTRA int=1)"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void marksMistakesAsGo(String call, String output) {
        assertThat(Rendered.of("{{printf " + call + "}}", RECORD)).isEqualTo(output);
    }
}
