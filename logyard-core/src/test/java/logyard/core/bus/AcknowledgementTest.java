package logyard.core.bus;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import logyard.core.event.MalformedFrameException;
import logyard.core.event.StreamId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcknowledgementTest {
    private static final StreamId A = new StreamId(0, 0xA);
    private static final StreamId B = new StreamId(-1, 0xB);
    private static final byte[] TOPIC = Acknowledgement.topic("tail");

    @Test
    void isWrittenAsDocumented() {
        byte[] frame = new Acknowledgement("e1", Map.of(A, 7L), Map.of(B, 1L << 40)).toFrame("tail");

        assertThat(new String(frame, UTF_8))
                .isEqualTo("tail {\"core\":\"e1\",\"streams\":{\"0000000000000000000000000000000a\":7},"
                        + "\"resend\":{\"ffffffffffffffff000000000000000b\":1099511627776}}");
    }

    @Test
    void readsWhatWasWritten() throws Exception {
        var written = new Acknowledgement("\"é\n", Map.of(A, 0L, B, Long.MAX_VALUE), Map.of(A, 3L));

        assertThat(Acknowledgement.parse(written.toFrame("tail"), TOPIC)).isEqualTo(written);
    }

    @Test
    void passesOverWhatLaterVersionsAdd() throws Exception {
        var read = parse("tail {\"new\":{\"a\":[{\"core\":\"x\"}]},\"core\":\"e1\",\"streams\":{},\"more\":1}");

        assertThat(read).isEqualTo(new Acknowledgement("e1", Map.of(), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tail",
                "tail ",
                "tail []",
                "tail {",
                "tail {\"core\":\"e\"",
                "tail {\"core\":{\"core\":\"e\"}}",
                "tail {\"core\":7}",
                "tail {\"core\":null}",
                "tail {\"streams\":[]}",
                "tail {\"streams\":{\"0a\":7}}",
                "tail {\"streams\":{\"0000000000000000000000000000000g\":7}}",
                "tail {\"streams\":{\"0000000000000000000000000000000a\":\"7\"}}",
                "tail {\"streams\":{\"0000000000000000000000000000000a\":7.5}}",
                "tail {\"streams\":{\"0000000000000000000000000000000a\":-7}}",
                "tail {\"streams\":{\"0000000000000000000000000000000a\":9223372036854775808}}",
                "tail {\"core\":\"e\",\"streams\":{},\"resend\":{}} x",
                "tailor {\"core\":\"e\",\"streams\":{}}",
            })
    void refusesAnythingElse(String frame) {
        assertThatThrownBy(() -> parse(frame)).isInstanceOf(MalformedFrameException.class);
    }

    @Test
    void isUnderstoodOrRefusedWhateverItsBytes() {
        var random = new Random(5);
        byte[] frame = new Acknowledgement("e1", Map.of(A, 7L, B, 8L), Map.of(B, 9L)).toFrame("tail");
        for (int i = 0; i < 30_000; i++) {
            byte[] changed =
                    Arrays.copyOf(frame, random.nextInt(10) == 0 ? random.nextInt(frame.length) : frame.length);
            for (int flips = random.nextInt(4); flips > 0 && changed.length > 5; flips--) {
                changed[5 + random.nextInt(changed.length - 5)] = (byte) random.nextInt();
            }
            try {
                Acknowledgement.parse(changed, TOPIC);
            } catch (MalformedFrameException e) {
                assertThat(e.reason()).startsWith("acknowledgement");
            }
        }
    }

    private static Acknowledgement parse(String frame) throws MalformedFrameException {
        return Acknowledgement.parse(frame.getBytes(UTF_8), TOPIC);
    }
}
