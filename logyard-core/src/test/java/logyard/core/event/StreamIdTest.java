package logyard.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamIdTest {
    @Test
    void isWrittenAsHexadecimalDigits() {
        var id = new StreamId(0x0102030405060708L, -2);

        assertThat(id).hasToString("0102030405060708fffffffffffffffe");
        assertThat(StreamId.parse(id.toString())).isEqualTo(id);
    }

    @Test
    void isTheSameInBytes() {
        var id = new StreamId(Long.MIN_VALUE, Long.MAX_VALUE);
        var out = new ByteBuilder(1).append("xx");
        id.write(out);

        assertThat(StreamId.read(out.toByteArray(), 2)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "01", "0102030405060708fffffffffffffffg", "0102030405060708fffffffffffffffe0"})
    void refusesAnythingElse(String hex) {
        assertThatIllegalArgumentException().isThrownBy(() -> StreamId.parse(hex));
    }
}
