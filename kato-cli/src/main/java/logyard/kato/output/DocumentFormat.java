package logyard.kato.output;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;

/** A form for data that is to be read by programs. */
public enum DocumentFormat {
    /** On one line. */
    JSON {
        @Override
        ObjectMapper mapper() {
            return new JsonMapper();
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
    };

    /** Made when needed: loading YAML takes longer than most commands. */
    abstract ObjectMapper mapper();

    /** The data in this form, without a line end. */
    public String render(JsonNode data) {
        try {
            String text = mapper().writeValueAsString(data).stripTrailing();
            return this == JSON ? Printable.json(text) : text;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e); // a tree of nodes can always be written
        }
    }
}
