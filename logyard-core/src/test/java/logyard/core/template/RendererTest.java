package logyard.core.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import logyard.core.template.text.ByteOutput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RendererTest {
    private final ByteOutput out = new ByteOutput(4);

    @Test
    void appendsToWhatIsThere() {
        Renderer renderer = Template.parse("t", "{{.a}};").renderer();

        render(renderer, "{\"a\":1}");
        render(renderer, "{\"a\":\"x\"}");

        assertThat(out).hasToString("1;x;");
    }

    @Test
    void readsOnlyThePartOfTheBytesItIsGiven() {
        byte[] batch = "{\"a\":1}{\"a\":2}{\"a\":3}".getBytes(StandardCharsets.UTF_8);

        Template.parse("t", "{{.a}}").renderer().render(batch, 7, 7, out);

        assertThat(out).hasToString("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":", "[1]", "\"text\"", "12", "", "{\"a\":1} x", "{'a':1}"})
    void leavesNothingOfARecordThatIsNoObject(String record) {
        Renderer renderer = Template.parse("t", "before {{.a}}").renderer();
        render(renderer, "{\"a\":1}");

        assertThatThrownBy(() -> render(renderer, record)).isInstanceOf(TemplateFailure.class);

        assertThat(out).hasToString("before 1");
    }

    @Test
    void leavesNothingOfARecordThatFailsHalfway() {
        Renderer renderer = Template.parse("t", "before {{.a}} {{len .n}}").renderer();

        assertThatThrownBy(() -> render(renderer, "{\"a\":1,\"n\":2}"))
                .isInstanceOf(TemplateFailure.class)
                .hasMessage("template: t:1:16: executing \"t\" at <len .n>: error calling len: len of type float64");

        assertThat(out.length()).isZero();
    }

    @Test
    void goesOnAfterAFailure() {
        Renderer renderer = Template.parse("t", "{{.a.b}}").renderer();
        assertThatThrownBy(() -> render(renderer, "{\"a\":\"x\"}")).isInstanceOf(TemplateFailure.class);

        render(renderer, "{\"a\":{\"b\":\"fine\"}}");

        assertThat(out).hasToString("fine");
    }

    @Test
    void rendersAnyNumberOfFields() {
        render(Template.parse("t", "{{.a}},".repeat(1000)).renderer(), "{\"a\":\"x\"}");

        assertThat(out).hasToString("x,".repeat(1000));
    }

    @Test
    void takesNullForAnEmptyRecord() {
        render(Template.parse("t", "{{.a}} {{.}}").renderer(), "null");

        assertThat(out).hasToString("<no value> map[]");
    }

    @Test
    void readsTheGroupsOfAMatch() {
        Template.parse("t", "{{index . 1}} of {{len .}}").renderer().render(List.of("a b", "b"), out);

        assertThat(out).hasToString("b of 2");
    }

    @Test
    void refusesAGroupThatIsNotThere() {
        Renderer renderer = Template.parse("t", "{{index . 3}}").renderer();

        assertThatThrownBy(() -> renderer.render(List.of("all"), out))
                .isInstanceOf(TemplateFailure.class)
                .hasMessageEndingWith("error calling index: index out of range: 3");
    }

    private void render(Renderer renderer, String record) {
        byte[] json = record.getBytes(StandardCharsets.UTF_8);
        renderer.render(json, 0, json.length, out);
    }
}
