package logyard.core.template.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ByteOutputTest {
    private final ByteOutput out = new ByteOutput(0);

    @Test
    void growsAsNeeded() {
        for (int i = 0; i < 1000; i++) {
            out.write("0123456789");
        }

        assertThat(out.length()).isEqualTo(10_000);
        assertThat(out.toString()).startsWith("01234567890123").endsWith("56789");
    }

    @Test
    void forgetsWhatCameAfterAMark() {
        out.write("kept");
        int mark = out.length();
        out.write("forgotten");

        out.truncate(mark);

        assertThat(out).hasToString("kept");
        assertThatThrownBy(() -> out.truncate(5)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesNoMoreThanIsAllowedHoweverLargeItIsAlready() {
        out.fill('x', 5000);
        out.truncate(100);
        out.allowMore(10);
        out.fill('y', 10);

        assertThatThrownBy(() -> out.write('z')).isInstanceOf(OutputLimitException.class);

        out.allowAny();
        out.fill('z', 10_000);
        assertThat(out.length()).isEqualTo(10_110);
    }

    @Test
    void writesCodePointsAsUtf8() {
        for (int rune : new int[] {'a', 0xE9, 0x20AC, 0x1F600, 0xD800, -1, 0x110000}) {
            out.writeRune(rune);
        }

        assertThat(out).hasToString("aé€😀\uFFFD\uFFFD\uFFFD");
    }
}
