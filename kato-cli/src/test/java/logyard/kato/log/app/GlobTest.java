package logyard.kato.log.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.TypeConversionException;

class GlobTest {
    @ParameterizedTest(name = "{0} / {1}")
    @CsvSource({
        "stdout,stdout,true",
        "stdout,stdout2,false",
        "std*,stderr,true",
        "*error*,an error here,true",
        "error,an error,false",
        "*,'',true",
        "?,x,true",
        "?,xy,false",
        "a.b,axb,false",
        "(a|b),a,false",
        "(a|b),(a|b),true",
        "[a-c]x,bx,true",
        "[a-c]x,dx,false",
        "[!a-c]x,dx,true",
        "[^a-c]x,ax,false",
        "[]]x,]x,true",
        "[a[]x,[x,true",
        "\\*,*,true",
        "\\*,x,false",
        "\\[a,[a,true",
        "ü*,über,true"
    })
    void fitsTheWholeText(String glob, String text, boolean fits) {
        assertThat(new Glob().convert(glob).matches(text)).isEqualTo(fits);
    }

    @Test
    void anyTextMayHaveLineEnds() {
        assertThat(new Glob().convert("a*d").matches("a\nb\r\nd")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"[a,has a [ without its ]", "a\\,ends in a backslash", "[z-a],\"[z-a]\""})
    void whatIsNoneIsNamed(String glob, String reason) {
        assertThatThrownBy(() -> new Glob().convert(glob))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining(glob)
                .hasMessageContaining(reason);
    }

    @Test
    void noneIsTooLongForAnyTextToBeSearched() {
        assertThatThrownBy(() -> new Glob().convert("*".repeat(5000))).isInstanceOf(TypeConversionException.class);
    }
}
