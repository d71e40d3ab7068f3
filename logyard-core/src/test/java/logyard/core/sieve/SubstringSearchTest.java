package logyard.core.sieve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubstringSearchTest {
    private static int find(List<String> substrings, String text) {
        byte[] bytes = ("x" + text + "ERROR").getBytes(UTF_8); // what is around it must not count
        return new SubstringSearch(substrings).find(bytes, 1, bytes.length - 5);
    }

    @ParameterizedTest
    @CsvSource({
        "WARN|ERROR, 'a WARNING then ERROR', 0",
        "WARN|ERROR, 'an ERROR and WARN', 1",
        "WARN|ERROR, 'WAR ERRO', -1",
        "INVOKE |INVOKE-ADMIN-ACTION, 'INVOKE-ADMIN-ACTION x', 1",
        "INVOKE |INVOKE-ADMIN-ACTION, 'INVOKE x', 0",
        "bc|abcd, 'xabcd', 1",
        "bc|abcd, 'xabc', 0",
        "a|ab|abc, 'xabc', 2",
        "abcd|bc|b, 'abce', 1",
        "b|abcde, 'abcdf', 0",
        "é世, 'a é世', 0",
        "x, '', -1"
    })
    void findsTheLeftmostAndOfThoseTheLongest(String substrings, String text, int found) {
        assertThat(find(List.of(substrings.split("\\|")), text)).isEqualTo(found);
    }

    @Test
    void findsNothingWhereNothingIsWanted() {
        assertThat(find(List.of(), "text")).isEqualTo(SubstringSearch.NONE);
    }

    @Test
    void takesEveryByteForWhatItIs() {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }

        assertThat(new SubstringSearch(List.of("~\u007f")).find(all, 0, all.length))
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void findsWhatAComparisonAtEachPlaceFinds(long seed) {
        var random = new Random(seed);
        for (int round = 0; round < 2_000; round++) {
            List<String> substrings = new ArrayList<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                String substring = text(random, 1 + random.nextInt(5));
                if (!substrings.contains(substring)) {
                    substrings.add(substring);
                }
            }
            String text = text(random, random.nextInt(24));

            assertThat(find(substrings, text)).as("%s in %s", substrings, text).isEqualTo(slowly(substrings, text));
        }
    }

    private static String text(Random random, int length) {
        var text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(3)));
        }
        return text.toString();
    }

    private static int slowly(List<String> substrings, String text) {
        for (int at = 0; at < text.length(); at++) {
            int longest = SubstringSearch.NONE;
            for (int i = 0; i < substrings.size(); i++) {
                boolean isLonger = longest == SubstringSearch.NONE
                        || substrings.get(i).length() > substrings.get(longest).length();
                if (isLonger && text.startsWith(substrings.get(i), at)) {
                    longest = i;
                }
            }
            if (longest != SubstringSearch.NONE) {
                return longest;
            }
        }
        return SubstringSearch.NONE;
    }
}
