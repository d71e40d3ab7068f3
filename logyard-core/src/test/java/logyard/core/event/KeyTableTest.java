package logyard.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyTableTest {
    private final KeyTable<Integer> table = new KeyTable<>();

    @Test
    void findsAKeyWhereverItLies() {
        byte[] frame = bytes("systail.dea {}");
        table.put(frame, 0, 11, 7);

        assertThat(table.get(bytes("xsystail.dea"), 1, 12)).isEqualTo(7);
        assertThat(table.get(frame, 0, 10)).isNull();
        assertThat(table.get(frame, 0, 12)).isNull();
    }

    @Test
    void keepsItsOwnCopyOfAKey() {
        byte[] key = bytes("a");
        table.put(key, 0, 1, 1);
        key[0] = 'b';

        assertThat(table.get(bytes("a"), 0, 1)).isEqualTo(1);
        assertThat(table.get(key, 0, 1)).isNull();
    }

    @Test
    void keysThatAreTheSameAsTextOnlyAreNotTheSame() {
        byte[] one = {'a', (byte) 0xfe};
        byte[] other = {'a', (byte) 0xff};
        table.put(one, 0, 2, 1);
        table.put(other, 0, 2, 2);

        assertThat(table.get(one, 0, 2)).isEqualTo(1);
        assertThat(table.get(other, 0, 2)).isEqualTo(2);
    }

    @Test
    void doesAsAMapDoes() {
        var random = new Random(1);
        Map<String, Integer> model = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            String key = "k" + random.nextInt(3000);
            byte[] bytes = bytes(key);
            assertThat(table.get(bytes, 0, bytes.length)).isEqualTo(model.get(key));
            model.put(key, i);
            table.put(bytes, 0, bytes.length, i);
            if (random.nextInt(10_000) == 0) {
                model.clear();
                table.clear();
            }
            assertThat(table.size()).isEqualTo(model.size());
        }

        Map<String, Integer> all = new HashMap<>();
        table.forEach((key, value) -> all.put(new String(key, StandardCharsets.UTF_8), value));
        assertThat(all).isEqualTo(model);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
