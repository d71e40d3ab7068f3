package logyard.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ByteBuilderTest {
    @Test
    void growsAsNeeded() {
        var out = new ByteBuilder(0);

        out.append("a")
                .append('b')
                .appendByte(0x1ff)
                .appendInt(-2)
                .appendLong(1)
                .append(new byte[] {7, 8, 9}, 1, 1);

        assertThat(out.toByteArray()).containsExactly('a', 'b', 0xff, 255, 255, 255, 254, 0, 0, 0, 0, 0, 0, 0, 1, 8);
        assertThat(out.length()).isEqualTo(16);
    }

    @Test
    void canBeCutAndOverwritten() {
        var out = new ByteBuilder(4).appendInt(1).append("xyz");

        out.setInt(0, 0x61626364);
        out.truncate(5);

        assertThat(out).hasToString("abcdx");
        assertThatIllegalArgumentException().isThrownBy(() -> out.truncate(6)).withMessage("Cannot cut 5 bytes to 6");
    }

    @Test
    void letsOthersWriteIntoItsArray() {
        var out = new ByteBuilder(1).append("a");

        byte[] array = out.reserve(100);
        array[out.length()] = 'b';
        out.advance(1);

        assertThat(out).hasToString("ab");
        assertThat(out.array()).isSameAs(array);
    }
}
