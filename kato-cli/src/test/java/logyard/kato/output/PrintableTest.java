package logyard.kato.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

class PrintableTest {
    @Test
    void showsControlCharactersInsteadOfObeyingThem() {
        assertThat(Printable.text("a\u001b[31mb\rc\u0000\u007f\u009b\td\n")).isEqualTo("a^[[31mb^Mc^@^?M-^[\td^J");
    }

    @Test
    void leavesOtherTextAsItIs() {
        String text = "Größe 世界 \u00a0\ud83d\ude00\t|";

        assertThat(Printable.text(text)).isSameAs(text);
        assertThat(Printable.json(text)).isSameAs(text);
    }

    @Test
    void keepsJsonTheSame() throws Exception {
        String json = "{\"a\":\"\u007fx\u009b31m\"}";

        String printable = Printable.json(json);

        assertThat(printable).isEqualTo("{\"a\":\"\\u007fx\\u009b31m\"}");
        assertThat(new JsonMapper().readTree(printable)).isEqualTo(new JsonMapper().readTree(json));
    }

    @Test
    void showsWhatTurnsTheDirectionOfWritingAround() {
        assertThat(Printable.text("a\u202egnp.exe\u2069\u2028")).isEqualTo("a<U+202E>gnp.exe<U+2069><U+2028>");
        assertThat(Printable.text("\u200e\u05d0\u200f")).isEqualTo("\u200e\u05d0\u200f");
    }

    @Test
    void keepsJsonTheSameThatHasLineEndsBetweenItsTokens() throws Exception {
        String json = "{\r\n\"a\\\\\":\r\"x\\\"\u202e\"\n}";

        String printable = Printable.json(json);

        assertThat(printable).isEqualTo("{  \"a\\\\\": \"x\\\"\\u202e\" }");
        assertThat(new JsonMapper().readTree(printable)).isEqualTo(new JsonMapper().readTree(json));
    }
}
