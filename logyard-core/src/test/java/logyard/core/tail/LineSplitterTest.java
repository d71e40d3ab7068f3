package logyard.core.tail;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSplitterTest {
    @Test
    void anLfEndsALine() {
        assertThat(split(10, "a\nb\nc\n")).containsExactly("a", "b", "c");
    }

    @Test
    void anEmptyLineIsALine() {
        assertThat(split(10, "\n\n")).containsExactly("", "");
    }

    @Test
    void oneCrBeforeTheLfGoesToo() {
        assertThat(split(10, "q\r\nr\r\r\n\r\ns\rt\n")).containsExactly("q", "r\r", "", "s\rt");
    }

    @Test
    void anIncompleteLineIsNotHandedOut() {
        assertThat(split(10, "a\nbcd")).containsExactly("a");
    }

    @Test
    void aLongLineIsCutIntoPieces() {
        assertThat(split(10, "zzzzzzzzzzzzzzzzzzzzzzz\n")).containsExactly("zzzzzzzzzz", "zzzzzzzzzz", "zzz");
    }

    @Test
    void aLineOfExactlyTheLimitIsOneRecord() {
        assertThat(split(10, "0123456789\n")).containsExactly("0123456789");
        assertThat(split(10, "0123456789\r\n")).containsExactly("0123456789");
        assertThat(split(5, "0123456789\n")).containsExactly("01234", "56789");
    }

    @Test
    void noCharacterIsCut() {
        assertThat(split(3, "éééää\n")).containsExactly("é", "é", "é", "ä", "ä");
        assertThat(split(4, "é世😀a\n")).containsExactly("é", "世", "😀", "a");
    }

    @Test
    void aCharacterLongerThanTheLimitIsCutAllTheSame() {
        assertThat(lengths(1, "é\n".getBytes(UTF_8))).containsExactly(1, 1);
        assertThat(lengths(3, "😀\n".getBytes(UTF_8))).containsExactly(3, 1);
    }

    @Test
    void bytesThatAreNotUtf8AreCutAtTheLimit() {
        byte[] continuations = {'x', 'x', (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, '\n'};

        assertThat(lengths(4, continuations)).containsExactly(4, 3);
    }

    @Test
    void aStrayContinuationBelongsToNoCharacterBeforeIt() {
        byte[] stray = {'x', 'x', (byte) 0xC3, (byte) 0xA9, (byte) 0x80, 'y', '\n'};

        assertThat(lengths(4, stray)).containsExactly(4, 2);
    }

    @Test
    void aPieceIsHandedOutAsSoonAsMoreOfItsLineIsCertain() {
        assertThat(split(3, "abc")).isEmpty();
        assertThat(split(3, "abc\r")).isEmpty();
        assertThat(split(3, "abcd")).containsExactly("abc");
        assertThat(split(3, "abc\rd")).containsExactly("abc");
    }

    @Test
    void noLimitMeansOneMebibyte() {
        String line = "n".repeat(LineSplitter.LARGEST_RECORD);

        assertThat(split(0, line + "\n")).containsExactly(line);
        assertThat(split(0, line + "nn\n")).containsExactly(line, "nn");
    }

    @Test
    void refusesANegativeLimit() {
        assertThatThrownBy(() -> new LineSplitter(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }

    @Test
    void theEndOfAPieceIsWhereTheNextOneBegins() {
        byte[] bytes = "ab\r\ncdefg\nh".getBytes(UTF_8);
        var ends = new ArrayList<Integer>();

        int rest = new LineSplitter(3).split(bytes, 0, 0, bytes.length, (buffer, offset, length, end) -> ends.add(end));

        assertThat(ends).containsExactly(4, 7, 10);
        assertThat(rest).isEqualTo(10);
    }

    @Test
    void aLineWithoutItsLfCanBeFinished() {
        var pieces = new ArrayList<String>();
        byte[] bytes = "abcdefgh".getBytes(UTF_8);

        new LineSplitter(3)
                .finish(
                        bytes,
                        0,
                        bytes.length,
                        (buffer, offset, length, end) ->
                                pieces.add(new String(buffer, offset, length, UTF_8) + "@" + end));

        assertThat(pieces).containsExactly("abc@3", "def@6", "gh@8");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 31})
    void findsAnLfAnywhereInAWord(int before) {
        for (byte filler : new byte[] {0, 'x', 0x0B, 0x09, (byte) 0x8A, (byte) 0xFF, (byte) 0x80}) {
            byte[] bytes = new byte[64];
            Arrays.fill(bytes, filler);
            bytes[3 + before] = '\n';
            bytes[40] = '\n';

            assertThat(LineSplitter.indexOfLf(bytes, 3, 64)).isEqualTo(3 + before);
            assertThat(LineSplitter.indexOfLf(bytes, 3, 3 + before)).isEqualTo(-1);
        }
    }

    @Test
    void howTheBytesArriveMakesNoDifference() {
        var random = new Random(42);
        byte[] alphabet = "ab\n\n\ré世😀".getBytes(UTF_8);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = alphabet[random.nextInt(alphabet.length)];
            }
            int limit = 1 + random.nextInt(12);
            var splitter = new AppendingSplitter(limit);
            for (int from = 0; from < bytes.length; ) {
                int to = Math.min(bytes.length, from + 1 + random.nextInt(7));
                splitter.append(Arrays.copyOfRange(bytes, from, to));
                from = to;
            }

            assertThat(splitter.pieces()).isEqualTo(LineRules.CLONE.split(bytes, limit));
        }
    }

    private static List<String> split(int limit, String text) {
        var splitter = new AppendingSplitter(limit);
        splitter.append(text.getBytes(UTF_8));
        return splitter.pieces().stream()
                .map(piece -> new String(piece.getBytes(ISO_8859_1), UTF_8))
                .toList();
    }

    private static List<Integer> lengths(int limit, byte[] bytes) {
        var splitter = new AppendingSplitter(limit);
        splitter.append(bytes);
        return splitter.pieces().stream().map(String::length).toList();
    }
}
