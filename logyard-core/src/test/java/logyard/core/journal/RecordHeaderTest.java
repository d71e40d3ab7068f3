package logyard.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class RecordHeaderTest {
    private static final byte[] PAYLOAD = "systail.test {}".getBytes(StandardCharsets.US_ASCII);

    private final RecordHeader header = new RecordHeader();

    @Test
    void looksAsDocumented() {
        byte[] bytes = header.of(0x1_0000_0014L, 1_795_338_000_000_000_000L, false, PAYLOAD);

        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo("0000000f" + "93e72a98" + "18ea52661dc2a000" + "02" + "a3d040ea");
    }

    @Test
    void isReadAsItWasMade() {
        byte[] bytes = header.of(20, 123, true, PAYLOAD).clone();
        var read = new RecordHeader();

        boolean intact = read.read(bytes, 0, 20);

        assertThat(intact).isTrue();
        assertThat(read.length()).isEqualTo(PAYLOAD.length);
        assertThat(read.timeNanos()).isEqualTo(123);
        assertThat(read.describes(PAYLOAD)).isTrue();
        assertThat(read.describes("systail.test []".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
    }

    @Test
    void isNoneWithAnyBitDamaged() {
        byte[] bytes = header.of(20, 123, true, PAYLOAD).clone();

        for (int bit = 0; bit < 8 * RecordHeader.BYTES; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(header.read(damaged, 0, 20)).as("bit %d", bit).isFalse();
        }
    }

    @Test
    void isNoneAtAnotherPosition() {
        byte[] bytes = header.of(20, 123, true, PAYLOAD).clone();

        assertThat(header.read(bytes, 0, 21)).isFalse();
        assertThat(header.read(bytes, 0, 20 + (1L << 32))).isFalse();
    }

    @Test
    void aPayloadOfZerosIsNoHeader() {
        assertThat(header.read(new byte[RecordHeader.BYTES], 0, 0)).isFalse();
    }
}
