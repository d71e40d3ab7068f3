package logyard.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Spec 02 §4 and §9. */
class JsonTextTest {
    private static final String REPLACEMENT = "\ufffd";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void replacesEachOffendingByteAsInTheSpecification() {
        assertThat(append(HexFormat.of().parseHex("61fffe62e28263")))
                .isEqualTo("a" + REPLACEMENT.repeat(2) + "b" + REPLACEMENT.repeat(2) + "c");
    }

    @Test
    void escapesAsInTheSpecification() {
        assertThat(append("\"\\\t\u001bé\n\r\u0000\u007f".getBytes(UTF_8)))
                .isEqualTo("\\\"\\\\\\t\\u001bé\\n\\r\\u0000\u007f");
    }

    @Test
    void keepsWhatIsValid() {
        String text = "plain, \u00e9, \u4e2d, \ud83d\ude00, \u2028, \ufffd, <>&";

        assertThat(append(text.getBytes(UTF_8))).isEqualTo(text);
    }

    @Test
    void repairsEveryPairOfBytesAsGoDoes() throws Exception {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                repairsAsGo(new byte[] {'a', (byte) first, (byte) second, 'b'});
            }
        }
    }

    @Test
    void repairsRandomBytesAsGoDoes() throws Exception {
        var random = new Random(3);
        byte[] leads = HexFormat.of().parseHex("c0c1c2dfe0e1ecedeeeff0f1f3f4f5ff80809fa0bf8f90bf22095c7f41");
        for (int i = 0; i < 50_000; i++) {
            byte[] text = new byte[random.nextInt(12)];
            for (int j = 0; j < text.length; j++) {
                text[j] = random.nextInt(3) == 0 ? (byte) random.nextInt() : leads[random.nextInt(leads.length)];
            }
            repairsAsGo(text);
        }
    }

    private static void repairsAsGo(byte[] text) throws Exception {
        assertThat(MAPPER.readTree("\"" + append(text) + "\"").textValue()) // refuses raw control characters
                .as(() -> HexFormat.of().formatHex(text))
                .isEqualTo(asGo(text));
    }

    /** Go's rule, by trial: the shortest valid character that begins here, or else a replacement for one byte. */
    private static String asGo(byte[] text) {
        var result = new StringBuilder();
        int i = 0;
        next:
        while (i < text.length) {
            for (int length = 1; length <= Math.min(4, text.length - i); length++) {
                try {
                    result.append(UTF_8.newDecoder().decode(ByteBuffer.wrap(text, i, length)));
                    i += length;
                    continue next;
                } catch (CharacterCodingException e) {
                    // Not a character of this length.
                }
            }
            result.append(REPLACEMENT);
            i++;
        }
        return result.toString();
    }

    private static String append(byte[] text) {
        byte[] within = new byte[text.length + 4];
        Arrays.fill(within, (byte) 0xBF); // would complete a character if it were looked at
        System.arraycopy(text, 0, within, 2, text.length);
        var out = new ByteBuilder(1);
        JsonText.append(within, 2, text.length, out);
        return out.toString();
    }
}
