package logyard.core.template.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import logyard.core.template.value.MapValue;
import logyard.core.template.value.NilValue;
import logyard.core.template.value.StringValue;
import logyard.core.template.value.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTreeTest {
    @ParameterizedTest
    @CsvSource({
        "\\u00e9,é",
        "\\ud83d\\ude00,😀",
        "\\ud83d,\uFFFD",
        "\\ud83d\\u0041,\uFFFDA",
        "\\ude00\\ud83d,\uFFFD\uFFFD",
        "\\ud83d\\ud83d\\ude00,\uFFFD😀",
        "a\\/b\\\\c\\\"d,a/b\\c\"d",
        "日本 and more than eight bytes,日本 and more than eight bytes"
    })
    void readsStringsAsGo(String escaped, String text) {
        assertThat(read(("\"" + escaped + "\"").getBytes(StandardCharsets.UTF_8)))
                .hasToString(text);
    }

    /** As spec/02 §9 has it, and Go's decoder, but not Java's. */
    @Test
    void repairsBrokenUtf8ByteByByte() {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        for (int b : new int[] {'"', 0x61, 0xFF, 0xFE, 0x62, 0xE2, 0x82, 0x63, 0xED, 0xA0, 0x80, 0xC0, 0x80, '"'}) {
            json.write(b);
        }

        assertThat(read(json.toByteArray())).hasToString("a\uFFFD\uFFFDb\uFFFD\uFFFDc\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
    }

    @Test
    void letsTheLastOfSeveralEqualKeysWin() {
        MapValue map = (MapValue) read("{\"a\":{\"x\":1},\"\\u0061\":{\"y\":2}}".getBytes(StandardCharsets.UTF_8));

        assertThat(map.entries()).hasSize(1);
        MapValue inner = (MapValue) map.get(StringValue.of("a"));
        assertThat(inner.get(StringValue.of("x"))).isEqualTo(NilValue.MISSING);
    }

    @Test
    void sortsKeysByTheirBytes() {
        MapValue map = (MapValue) read("{\"😀\":1,\"\uFF21\":2,\"a\":3,\"B\":4}".getBytes(StandardCharsets.UTF_8));

        assertThat(map.entries().keySet()).extracting(StringValue::toString).containsExactly("B", "a", "\uFF21", "😀");
    }

    private static Value read(byte[] json) {
        return new JsonTree().read(json, 0, json.length);
    }
}
