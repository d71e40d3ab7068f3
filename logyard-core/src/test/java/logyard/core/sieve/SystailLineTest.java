package logyard.core.sieve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SystailLineTest {
    private final SystailLine line = new SystailLine();

    private void read(String json) throws MalformedLineException {
        byte[] bytes = ("key " + json).getBytes(UTF_8);
        line.read(bytes, 4, bytes.length - 4);
    }

    private String seen() {
        return line.name() + "|" + line.text() + "|" + line.node() + "|" + line.unixTime();
    }

    @Test
    void readsALineAsSystailWritesIt() throws Exception {
        read("{\"name\":\"dea\",\"text\":\"INFO -- Ready\",\"node_id\":\"10.0.0.5\",\"unix_time\":1366305302,"
                + "\"human_time\":\"2013-04-18T10:15:02-07:00\",\"syslog\":{\"priority\":\"13\",\"time\":\"x\"}}");

        assertThat(seen()).isEqualTo("dea|INFO -- Ready|10.0.0.5|1366305302");
    }

    @Test
    void readsALineAsOthersMayWriteIt() throws Exception {
        read(" { \"unix_time\" : 0 , \"te\\u0078t\" : \"\\u0045RROR \\\"q\\\" \\\\ \\t é\\ud83d\\ude00\", \"x\":[{}],"
                + "\"node_id\":\"\\/\",\"name\":\"d\\u0065a\"} ");

        assertThat(seen()).isEqualTo("dea|ERROR \"q\" \\ \t é😀|/|0");
    }

    @Test
    void takesTheLastOfEqualKeys() throws Exception {
        read(
                "{\"name\":\"a\",\"text\":\"1\",\"text\":\"\\n2\",\"text\":\"3\",\"node_id\":\"n\",\"unix_time\":1,\"unix_time\":2}");

        assertThat(seen()).isEqualTo("a|3|n|2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{",
                "{}",
                "{\"name\":\"a\",\"text\":\"b\",\"node_id\":\"c\"}",
                "{\"name\":\"a\",\"text\":\"b\",\"node_id\":\"c\",\"unix_time\":1} x",
                "{\"name\":\"a\",\"text\":null,\"node_id\":\"c\",\"unix_time\":1}",
                "{\"name\":\"a\",\"text\":5,\"node_id\":\"c\",\"unix_time\":1}",
                "{\"name\":\"a\",\"text\":\"b\",\"node_id\":{},\"unix_time\":1}",
                "{\"name\":\"a\",\"text\":\"b\",\"node_id\":\"c\",\"unix_time\":\"1\"}",
                "{\"name\":\"a\",\"text\":\"b\",\"node_id\":\"c\",\"unix_time\":-1}",
                "{\"name\":\"a\",\"text\":\"b\",\"node_id\":\"c\",\"unix_time\":1.5}",
                "{\"name\":\"a\",\"text\":\"b\",\"node_id\":\"c\",\"unix_time\":253402300800}",
                "{\"name\":\"a\",\"text\":\"b\",\"node_id\":\"c\",\"unix_time\":99999999999999999999999}",
                "{\"name\":\"a\",\"text\":\"b\\x\",\"node_id\":\"c\",\"unix_time\":1}",
                "{\"name\":\"a\",\"text\":\"b\n\",\"node_id\":\"c\",\"unix_time\":1}"
            })
    void refusesWhatIsNoLine(String json) {
        assertThatThrownBy(() -> read(json)).isInstanceOf(MalformedLineException.class);
    }

    @Test
    void refusesJsonThatIsNestedTooDeep() {
        String bomb = "{\"x\":".repeat(10_000) + "1" + "}".repeat(10_000);

        assertThatThrownBy(() -> read(bomb)).hasMessage("the line is not JSON: nested deeper than 100 levels");
    }

    @Test
    void repairsWhatIsNoUtf8() throws Exception {
        byte[] bytes = "{\"name\":\"a\",\"text\":\"b\u00ff\u00e2\u0082c\",\"node_id\":\"n\",\"unix_time\":1}"
                .getBytes(ISO_8859_1);

        line.read(bytes, 0, bytes.length);

        assertThat(seen()).isEqualTo("a|b\ufffd\ufffd\ufffdc|n|1");
    }
}
