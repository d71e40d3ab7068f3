package logyard.core.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrefixTrieTest {
    /** Spec 01 §11, vector 1. */
    @Test
    void matchesOnTheLeadingBytes() {
        var trie = new PrefixTrie.Builder<Integer>();
        List<String> prefixes = List.of("a", "a.b", "a.b ", "a.c", "");
        IntStream.range(0, 5).forEach(i -> trie.add(prefixes.get(i).getBytes(UTF_8), i + 1));
        byte[] frame = "a.b {\"x\":1}".getBytes(UTF_8);

        assertThat(trie.build().match(frame, 0, frame.length)).containsExactlyInAnyOrder(1, 2, 3, 5);
    }

    @Test
    void namesAValueOnce() {
        byte[] key = "a.b".getBytes(UTF_8);
        PrefixTrie<String> trie = new PrefixTrie.Builder<String>()
                .add("a".getBytes(UTF_8), "drain")
                .add("a.b".getBytes(UTF_8), "drain")
                .add("a.b".getBytes(UTF_8), "drain")
                .build();

        assertThat(trie.match(key, 0, key.length)).containsExactly("drain");
    }

    @Test
    void givesTheSameListForTheSamePrefixes() {
        PrefixTrie<String> trie = new PrefixTrie.Builder<String>()
                .add("systail.".getBytes(UTF_8), "drain")
                .build();

        assertThat(match(trie, "systail.dea")).isSameAs(match(trie, "systail.kato"));
    }

    private static List<String> match(PrefixTrie<String> trie, String key) {
        return trie.match(key.getBytes(UTF_8), 0, key.length());
    }

    @Test
    void takesAPrefixOfAnyLength() {
        byte[] prefix = "x".repeat(200_000).getBytes(UTF_8);
        PrefixTrie<String> trie =
                new PrefixTrie.Builder<String>().add(prefix, "long").build();

        assertThat(trie.match(prefix, 0, prefix.length)).containsExactly("long");
        assertThat(trie.match(prefix, 1, prefix.length)).isEmpty();
    }

    @Test
    void agreesWithLookingAtEachPrefix() {
        var random = new Random(4);
        for (int round = 0; round < 300; round++) {
            Map<Integer, List<byte[]>> prefixes = new HashMap<>();
            var builder = new PrefixTrie.Builder<Integer>();
            for (int i = random.nextInt(30); i > 0; i--) {
                int value = random.nextInt(10);
                byte[] prefix = bytes(random, 5);
                prefixes.computeIfAbsent(value, v -> new ArrayList<>()).add(prefix);
                builder.add(prefix, value);
            }
            PrefixTrie<Integer> trie = builder.build();
            for (int i = 0; i < 100; i++) {
                byte[] key = bytes(random, 8);
                int start = random.nextInt(key.length + 1);

                assertThat(trie.match(key, start, key.length))
                        .doesNotHaveDuplicates()
                        .containsExactlyInAnyOrderElementsOf(naive(prefixes, key, start));
            }
        }
    }

    private static List<Integer> naive(Map<Integer, List<byte[]>> prefixes, byte[] key, int start) {
        return prefixes.entrySet().stream()
                .filter(entry -> entry.getValue().stream()
                        .anyMatch(prefix -> prefix.length <= key.length - start
                                && Arrays.equals(prefix, Arrays.copyOfRange(key, start, start + prefix.length))))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Few different bytes, so that prefixes meet; the ends of the range among them. */
    private static byte[] bytes(Random random, int atMost) {
        byte[] bytes = new byte[random.nextInt(atMost + 1)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = new byte[] {0, 'a', 'b', 127, -128, -1}[random.nextInt(6)];
        }
        return bytes;
    }
}
