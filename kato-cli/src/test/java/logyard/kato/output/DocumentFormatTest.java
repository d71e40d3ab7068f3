package logyard.kato.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentFormatTest {
    private static JsonNode data(String text) {
        var data = new JsonMapper().createObjectNode().put("value", text).put("other", "Gr\u00f6\u00dfe");
        data.put("key" + text, 5);
        data.putArray("list").add(text);
        return data;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u202eb",
                "a\u2066b\u2069",
                "a\u009b31m",
                "a\u0085b",
                "a\u2028b",
                "a\u001b[31mb\u0007",
                "a\u007fb",
                "\u202e: #",
                "\ud83d\ude00 \u202e",
                "x\n\ty\u202e\r\n"
            })
    void escapesWhatATerminalWouldObeyAndReadsBackTheSame(String text) throws Exception {
        JsonNode data = data(text);

        String yaml = DocumentFormat.YAML.render(data);
        String json = DocumentFormat.JSON.render(data);

        assertThat(yaml.lines()).allMatch(Printable::isHarmless);
        assertThat(json).matches(Printable::isHarmless);
        assertThat(new YAMLMapper().readTree(yaml)).isEqualTo(data);
        assertThat(new JsonMapper().readTree(json)).isEqualTo(data);
    }

    @Test
    void leavesOtherTextAsItIs() {
        assertThat(DocumentFormat.YAML.render(
                        new JsonMapper().createObjectNode().put("gr\u00f6\u00dfe", "\u4e16")))
                .isEqualTo("gr\u00f6\u00dfe: \"\u4e16\"");
    }

    @Test
    void escapesInsideOfDoubleQuotes() {
        assertThat(DocumentFormat.YAML.render(
                        new JsonMapper().createObjectNode().put("note", "a\u202eb")))
                .isEqualTo("note: \"a\\u202eb\"");
    }
}
