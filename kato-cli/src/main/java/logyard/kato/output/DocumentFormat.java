package logyard.kato.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import org.yaml.snakeyaml.DumperOptions;

/** A form for data that is to be read by programs. */
public enum DocumentFormat {
    /** On one line. */
    JSON {
        @Override
        ObjectMapper mapper() {
            return new JsonMapper();
        }

        @Override
        String harmless(String text, JsonNode data) {
            return Printable.json(text);
        }
    },
    YAML {
        @Override
        ObjectMapper mapper() {
            return YAMLMapper.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES)
                    .build();
        }

        /** The library escapes some of what is harmful; all of it only if it escapes whatever is not ASCII. */
        @Override
        String harmless(String text, JsonNode data) throws JsonProcessingException {
            if (text.lines().allMatch(Printable::isHarmless)) {
                return text;
            }
            var ascii = new DumperOptions();
            ascii.setAllowUnicode(false);
            ascii.setSplitLines(false);
            var factory = YAMLFactory.builder()
                    .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .dumperOptions(ascii)
                    .build();
            return new YAMLMapper(factory).writeValueAsString(data);
        }
    };

    /** Made when needed: loading YAML takes longer than most commands. */
    abstract ObjectMapper mapper();

    /**
     * The text without escape sequences and without what turns the direction of writing around; it stays the same data.
     *
     * @param data what it is the text of
     */
    abstract String harmless(String text, JsonNode data) throws JsonProcessingException;

    /** The data in this form, harmless to a terminal, without a line end. */
    public String render(JsonNode data) {
        try {
            return harmless(mapper().writeValueAsString(data), data).stripTrailing();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of nodes can always be written
        }
    }
}
