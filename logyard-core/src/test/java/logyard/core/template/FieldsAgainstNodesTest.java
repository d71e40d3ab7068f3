package logyard.core.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import logyard.core.template.text.ByteOutput;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way and the long way make the same of every record: the same bytes, or the same failure. */
class FieldsAgainstNodesTest {
    private static final int RECORDS_PER_TEMPLATE = 25;
    private static final int TEMPLATES = 200;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void agree(long seed) {
        RandomJson random = new RandomJson(new Random(seed));
        for (int i = 0; i < TEMPLATES; i++) {
            Template template = Template.parse("t", random.fieldTemplate(), random.options());
            Renderer fields = template.renderer();
            Renderer nodes = template.treeRenderer();
            for (int j = 0; j < RECORDS_PER_TEMPLATE; j++) {
                byte[] record = random.record();

                assertThat(outcome(fields, record))
                        .as("%s of %s", template, new String(record, StandardCharsets.ISO_8859_1))
                        .isEqualTo(outcome(nodes, record));
            }
        }
    }

    private static String outcome(Renderer renderer, byte[] record) {
        ByteOutput out = new ByteOutput(8);
        try {
            renderer.render(record, 0, record.length, out);
            return "rendered " + new String(out.toByteArray(), StandardCharsets.ISO_8859_1);
        } catch (TemplateFailure e) {
            assertThat(out.length()).isZero();
            return "failed: " + e.getMessage();
        }
    }
}
