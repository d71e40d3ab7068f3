package logyard.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageTest {
    private final Message message = new Message();

    @Test
    void splitsAtTheFirstSpace() {
        assertThat(point("key v1 v2")).isTrue();

        assertThat(message.key()).isEqualTo("key");
        assertThat(message.value()).isEqualTo("v1 v2");
    }

    @Test
    void takesAnEmptyValue() {
        assertThat(point("key ")).isTrue();

        assertThat(message.value()).isEmpty();
        assertThat(message.valueLength()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", " value", "nospace", "ke\ny value", "ke\u0000y value", "\u0001 value", "k\u007f v"})
    void refusesWhatIsNoEvent(String frame) {
        assertThat(point(frame)).isFalse();
    }

    @Test
    void takesKeysUpToTheLongest() {
        assertThat(point("k".repeat(Keys.MAX_BYTES) + " v")).isTrue();
        assertThat(point("k".repeat(Keys.MAX_BYTES + 1) + " v")).isFalse();
    }

    @Test
    void looksAtItsPartOfTheArrayOnly() {
        byte[] bytes = "xx a.ü é\u4e2d yy".getBytes(UTF_8);

        assertThat(message.pointAt(bytes, 3, bytes.length - 3)).isTrue();

        assertThat(message.key()).isEqualTo("a.ü");
        assertThat(message.value()).isEqualTo("é中");
        assertThat(message.keyLength()).isEqualTo(4);
        assertThat(message.valueStart()).isEqualTo(8);
        assertThat(message.pointAt(bytes, 3, 7))
                .as("the space lies behind its end")
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'',true",
        "apptail.7,true",
        "'apptail.7 ',true",
        "apptail.70,false",
        "'apptail.7 {',false",
        "'apptail. ',false"
    })
    void aPrefixMayEndWithTheBlankBehindTheKey(String prefix, boolean fits) {
        point("apptail.7 {}");

        assertThat(message.keyStartsWith(prefix.getBytes(UTF_8))).isEqualTo(fits);
    }

    @Test
    void aWholeKeyIsNotTheBeginningOfAnother() {
        point("apptail.70 {}");

        assertThat(message.keyStartsWith("apptail.7".getBytes(UTF_8))).isTrue();
        assertThat(message.keyStartsWith("apptail.7 ".getBytes(UTF_8))).isFalse();
    }

    @Test
    void pointsAtWhatWasCheckedBefore() {
        byte[] bytes = "xx a.b {}".getBytes(UTF_8);

        message.pointAt(bytes, 3, 3, bytes.length);

        assertThat(message.key()).isEqualTo("a.b");
        assertThat(message.value()).isEqualTo("{}");
    }

    @Test
    void comparesKeysByTheirBytes() {
        point("systail.dea.10.0.0.5 {}");

        assertThat(message.keyStartsWith("".getBytes(UTF_8))).isTrue();
        assertThat(message.keyStartsWith("systail.dea".getBytes(UTF_8))).isTrue();
        assertThat(message.keyStartsWith("systail.dea.10.0.0.5".getBytes(UTF_8)))
                .isTrue();
        assertThat(message.keyStartsWith("systail.dea.10.0.0.5 {".getBytes(UTF_8)))
                .isFalse();
        assertThat(message.keyStartsWith("systail.dea_".getBytes(UTF_8))).isFalse();
        byte[] other = "--systail.dea.10.0.0.5--".getBytes(UTF_8);
        assertThat(message.keyEquals(other, 2, other.length - 2)).isTrue();
        assertThat(message.keyEquals(other, 2, other.length - 3)).isFalse();
    }

    private boolean point(String frame) {
        byte[] bytes = frame.getBytes(UTF_8);
        return message.pointAt(bytes, 0, bytes.length);
    }
}
